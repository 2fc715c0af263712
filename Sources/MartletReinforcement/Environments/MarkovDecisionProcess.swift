import MartletModels

/// A world that is known: for every state and action, what may happen and how likely it is.
///
///     let process = FrozenLake().process
///     process.outcomes[0][2].count      // 3: on ice, "right" may also end up or down
///
/// Dynamic programming (``ValueIteration``, ``PolicyIteration``) finds the best policy from this table alone.
public struct MarkovDecisionProcess: Sendable, Hashable {
  /// One thing that may happen.
  public struct Outcome: Sendable, Hashable {
    /// How likely it is, from 0 to 1.
    public let probability: Double
    /// The state that it leads to.
    public let state: Int
    /// What it earns.
    public let reward: Double
    /// Whether the episode ends with it.
    public let isTerminal: Bool

    public init(probability: Double, state: Int, reward: Double, isTerminal: Bool = false) {
      self.probability = probability
      self.state = state
      self.reward = reward
      self.isTerminal = isTerminal
    }
  }

  /// What may happen, by state and action: `outcomes[state][action]`.
  public let outcomes: [[[Outcome]]]
  /// How likely an episode begins in each state.
  public let startProbabilities: [Double]

  /// How many states there are.
  public var stateCount: Int { outcomes.count }
  /// How many actions there are.
  public var actionCount: Int { outcomes.first?.count ?? 0 }

  /// A process of your own.
  ///
  /// - Parameters:
  ///   - outcomes: by state and action; the probabilities of each pair add up to 1.
  ///   - startProbabilities: one for each state, adding up to 1; by default state 0 is the start.
  /// - Throws: `FitError` of kind `shape` or `parameter` when they do not fit together.
  public init(outcomes: [[[Outcome]]], startProbabilities: [Double]? = nil) throws(FitError) {
    let starts = startProbabilities ?? outcomes.indices.map { $0 == 0 ? 1 : 0 }
    self.init(checked: outcomes, startProbabilities: starts)
    try check()
  }

  /// A process that is known to be sound.
  init(checked outcomes: [[[Outcome]]], startProbabilities: [Double]) {
    self.outcomes = outcomes
    self.startProbabilities = startProbabilities
  }

  private func check() throws(FitError) {
    guard actionCount > 0, outcomes.allSatisfy({ $0.count == actionCount }) else {
      throw FitError(
        .shape, expected: "the same actions in every state, at least one",
        found: "\(Set(outcomes.map(\.count)).sorted()) actions", advice: "Give every state a list for each action.")
    }
    guard startProbabilities.count == stateCount, Self.addUp(startProbabilities) else {
      throw FitError(
        .parameter, expected: "\(stateCount) start probabilities that add up to 1", found: "\(startProbabilities)",
        advice: "Leave them out to start in state 0.")
    }
    for (state, actions) in outcomes.enumerated() {
      for (action, outcomes) in actions.enumerated() {
        let place = "for action \(action) in state \(state)"
        guard Self.addUp(outcomes.map(\.probability)) else {
          throw FitError(
            .parameter, expected: "probabilities that add up to 1 \(place)", found: "\(outcomes.map(\.probability))",
            advice: "Scale them to a sum of 1.")
        }
        guard outcomes.allSatisfy({ self.outcomes.indices.contains($0.state) && $0.reward.isFinite }) else {
          throw FitError(
            .parameter, expected: "finite rewards, and states below \(stateCount), \(place)",
            found: "\(outcomes.map { ($0.state, $0.reward) })", advice: "Number the states from 0.")
        }
      }
    }
  }

  private static func addUp(_ probabilities: [Double]) -> Bool {
    probabilities.allSatisfy { $0 >= 0 } && abs(probabilities.reduce(0, +) - 1) < 1e-9
  }

  /// What an action earns next and, discounted, from where it leads: `∑ p · (r + discount · value)`.
  func actionValue(_ state: Int, _ action: Int, _ values: [Double], discount: Double) -> Double {
    outcomes[state][action].reduce(0) {
      $0 + $1.probability * ($1.reward + ($1.isTerminal ? 0 : discount * values[$1.state]))
    }
  }
}
