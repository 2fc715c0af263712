import CMartletRuntime
import MartletModels
import MartletNumerics

/// Finds what each state of a known process is worth when a policy is followed.
///
/// Repeats `V(s) ← ∑_a π(a|s) ∑ p · (r + discount · V(s′))` until nothing changes.
///
///     let process = RandomWalk(states: 5).process
///     let policy = TabularPolicy.uniform(states: 5, actions: 1)
///     try PolicyEvaluation(discount: 1).solve(process, policy).values      // sixths: 1/6, 2/6, …
public struct PolicyEvaluation: Sendable {
  /// How much the next reward counts for each step that it is later; from 0 to 1. With 1, episodes must end.
  public var discount: Double
  /// It has settled when no value changes by more than this in a sweep.
  public var tolerance: Double
  /// The most sweeps over the states.
  public var maximumSweeps: Int

  public init(discount: Double, tolerance: Double = 1e-12, maximumSweeps: Int = 100_000) {
    self.discount = discount
    self.tolerance = tolerance
    self.maximumSweeps = maximumSweeps
  }

  /// - Throws: `FitError` of kind `parameter` or `shape`.
  public func solve(_ process: MarkovDecisionProcess, _ policy: TabularPolicy) throws(FitError) -> DynamicProgram {
    try solve(process, policy, from: [Double](repeating: 0, count: process.stateCount))
  }

  /// The same from a first guess.
  func solve(
    _ process: MarkovDecisionProcess, _ policy: TabularPolicy, from start: [Double]
  ) throws(FitError) -> DynamicProgram {
    try DynamicProgramChecks.parameters(discount: discount, tolerance: tolerance, sweeps: maximumSweeps)
    guard policy.probabilities.shape == [process.stateCount, process.actionCount] else {
      throw FitError(
        .shape, expected: "a policy of \(process.stateCount) states and \(process.actionCount) actions",
        found: "shape \(policy.probabilities.shape)", advice: "Make the policy for this process.")
    }
    let shares = policy.probabilities.scalars
    var values = start
    var changes: [Double] = []
    while changes.count < maximumSweeps, changes.last ?? .infinity > tolerance {
      martlet_poll()
      var change = 0.0
      for state in values.indices {
        var value = 0.0
        for action in 0..<process.actionCount {
          let share = shares[state * process.actionCount + action]
          if share > 0 { value += share * process.actionValue(state, action, values, discount: discount) }
        }
        change = max(change, abs(value - values[state]))
        values[state] = value
      }
      changes.append(change)
    }
    return DynamicProgram(
      process, values, discount: discount, policy: policy, changes: changes,
      hasConverged: changes.last ?? 0 <= tolerance)
  }
}
