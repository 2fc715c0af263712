/// A walk left and right by chance, which earns 1 at the right end and 0 at the left: the usual test of prediction.
///
///     RandomWalk(states: 5).trueValues      // [0.1666…, 0.3333…, 0.5, 0.6666…, 0.8333…]
///
/// There is nothing to decide: its single action goes either way with probability ½.
///
/// Reference: Sutton and Barto (2018), Reinforcement learning, example 6.2.
public struct RandomWalk: MarkovEnvironment {
  public let process: MarkovDecisionProcess
  public var walk = MarkovWalk()
  public let actionSpace = DiscreteSpace(names: ["go on"])

  /// - Parameter states: how many places there are between the ends; at least 1. It begins in the middle.
  public init(states: Int = 5) {
    guard states > 0 else { fatalError("A random walk needs at least 1 state; found \(states).") }
    let outcomes = (0..<states).map { state -> [[MarkovDecisionProcess.Outcome]] in
      let (isFirst, isLast) = (state == 0, state == states - 1)
      return [
        [
          .init(probability: 0.5, state: isFirst ? state : state - 1, reward: 0, isTerminal: isFirst),
          .init(probability: 0.5, state: isLast ? state : state + 1, reward: isLast ? 1 : 0, isTerminal: isLast),
        ]
      ]
    }
    process = MarkovDecisionProcess(
      checked: outcomes, startProbabilities: (0..<states).map { $0 == states / 2 ? 1 : 0 })
  }

  /// How likely the walk ends on the right from each state: `(state + 1) / (states + 1)`.
  public var trueValues: [Double] { (1...stateCount).map { Double($0) / Double(stateCount + 1) } }
}
