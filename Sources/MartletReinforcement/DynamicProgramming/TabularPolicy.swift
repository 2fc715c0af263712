import MartletModels
import MartletNumerics

/// What to do in each state: a probability for each action.
///
///     let policy = TabularPolicy.greedy(actionValues)
///     policy.action(in: 0)      // the likeliest action
public struct TabularPolicy: Sendable, Hashable, Codable {
  /// How likely each action is: shape `[states, actions]`, each row summing to 1.
  public let probabilities: Matrix

  /// How many states it knows.
  public var stateCount: Int { probabilities.shape[0] }
  /// How many actions there are.
  public var actionCount: Int { probabilities.shape[1] }

  /// - Parameter probabilities: shape `[states, actions]`, each row summing to 1.
  /// - Throws: `FitError` of kind `shape` or `parameter`.
  public init(probabilities: Matrix) throws(FitError) {
    try SampleChecks.features(probabilities)
    self.init(checked: probabilities)
    for state in 0..<stateCount {
      let row = self.probabilities(in: state)
      guard row.allSatisfy({ $0 >= 0 }), abs(row.reduce(0, +) - 1) < 1e-9 else {
        throw FitError(
          .parameter, expected: "probabilities that add up to 1 in state \(state)", found: "\(row)",
          advice: "Scale each row to a sum of 1.")
      }
    }
  }

  init(checked probabilities: Matrix) { self.probabilities = probabilities }

  /// Reads what was encoded; throws `DecodingError` where it is no policy.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let matrix = try file.decode(Matrix.self, forKey: .probabilities)
    do {
      try self.init(probabilities: matrix)
    } catch {
      throw DecodingError.dataCorruptedError(forKey: .probabilities, in: file, debugDescription: "\(error)")
    }
  }

  /// Always the action that is worth most, the first of equals.
  ///
  /// - Parameter actionValues: shape `[states, actions]`.
  public static func greedy(_ actionValues: Matrix) -> TabularPolicy { epsilonGreedy(actionValues, epsilon: 0) }

  /// Mostly the action that is worth most, and with probability `epsilon` any of them.
  public static func epsilonGreedy(_ actionValues: Matrix, epsilon: Double) -> TabularPolicy {
    let (states, actions) = (actionValues.shape[0], actionValues.shape[1])
    let scalars = actionValues.scalars
    var probabilities = [Double](repeating: epsilon / Double(actions), count: states * actions)
    for state in 0..<states {
      probabilities[state * actions + Greedy.place(scalars, state * actions..<(state + 1) * actions)] += 1 - epsilon
    }
    return TabularPolicy(checked: Matrix(probabilities, shape: [states, actions]))
  }

  /// Each action as likely as any other.
  public static func uniform(states: Int, actions: Int) -> TabularPolicy {
    TabularPolicy(
      checked: Matrix([Double](repeating: 1 / Double(actions), count: states * actions), shape: [states, actions]))
  }

  /// The same action in a state every time.
  ///
  /// - Parameters:
  ///   - actions: one for each state, below `count`. Stops the cell otherwise.
  ///   - count: how many actions there are.
  public static func deterministic(_ actions: [Int], of count: Int) -> TabularPolicy {
    guard actions.allSatisfy({ (0..<count).contains($0) }) else {
      fatalError("A policy of \(count) actions needs numbers from 0 to \(count - 1); found \(actions).")
    }
    let shares = actions.flatMap { action in (0..<count).map { $0 == action ? 1.0 : 0 } }
    return TabularPolicy(checked: Matrix(shares, shape: [actions.count, count]))
  }

  /// How likely each action is in a state.
  public func probabilities(in state: Int) -> [Double] {
    Array(probabilities.scalars[state * actionCount..<(state + 1) * actionCount])
  }

  /// The likeliest action in a state, the first of equals.
  public func action(in state: Int) -> Int {
    Greedy.place(probabilities.scalars, state * actionCount..<(state + 1) * actionCount)
  }

  /// The likeliest action in every state.
  public var actions: [Int] { (0..<stateCount).map { action(in: $0) } }

  /// An action at random, as likely as the policy says.
  public func sample(in state: Int, using random: inout PCG64) -> Int {
    Greedy.sample(probabilities(in: state), using: &random)
  }
}

/// Choices among a few numbers.
enum Greedy {
  /// How far into a range its largest number is, the first of equals.
  static func place(_ values: [Double], _ range: Range<Int>) -> Int {
    var best = range.lowerBound
    for place in range where values[place] > values[best] { best = place }
    return best - range.lowerBound
  }

  /// One of the largest numbers of a range, each of equals as likely.
  static func randomPlace(_ values: [Double], _ range: Range<Int>, using random: inout PCG64) -> Int {
    let best = values[range.lowerBound + place(values, range)]
    let count = range.count { values[$0] == best }
    var chosen = count == 1 ? 0 : random.integer(below: count)
    for place in range where values[place] == best {
      if chosen == 0 { return place - range.lowerBound }
      chosen -= 1
    }
    return 0
  }

  /// A place as likely as its share.
  static func sample(_ shares: [Double], using random: inout PCG64) -> Int {
    let place = random.uniform()
    var sum = 0.0
    for (action, share) in shares.enumerated() {
      sum += share
      if sum > place { return action }
    }
    // Rounding may leave the sum a little below 1.
    return shares.lastIndex { $0 > 0 } ?? 0
  }
}
