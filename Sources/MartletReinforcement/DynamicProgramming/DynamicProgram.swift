import MartletModels
import MartletNumerics

/// What dynamic programming has found out about a process.
public struct DynamicProgram: Sendable {
  /// What each state is worth: the expected sum of discounted rewards from there on.
  public let values: [Double]
  /// What each action is worth in each state: shape `[states, actions]`.
  public let actionValues: Matrix
  /// What to do.
  public let policy: TabularPolicy
  /// The largest change of a value in each sweep over the states.
  public let changes: [Double]
  /// Whether the last change was small enough.
  public let hasConverged: Bool

  init(
    _ process: MarkovDecisionProcess, _ values: [Double], discount: Double, policy: TabularPolicy? = nil,
    changes: [Double], hasConverged: Bool
  ) {
    self.values = values
    actionValues = process.actionValues(values, discount: discount)
    self.policy = policy ?? .greedy(actionValues)
    self.changes = changes
    self.hasConverged = hasConverged
  }

  /// What an episode is worth from where it starts.
  public func startValue(of process: MarkovDecisionProcess) -> Double {
    zip(process.startProbabilities, values).reduce(0) { $0 + $1.0 * $1.1 }
  }
}

extension MarkovDecisionProcess {
  /// What each action is worth when the states that it leads to are worth `values`: shape `[states, actions]`.
  ///
  ///     q(s, a) = ∑ p · (r + discount · values[s′])
  public func actionValues(_ values: [Double], discount: Double) -> Matrix {
    guard values.count == stateCount else {
      fatalError("actionValues needs a value for each of \(stateCount) states; found \(values.count).")
    }
    let scalars = (0..<stateCount).flatMap { state in
      (0..<actionCount).map { actionValue(state, $0, values, discount: discount) }
    }
    return Matrix(scalars, shape: [stateCount, actionCount])
  }
}

enum DynamicProgramChecks {
  static func parameters(discount: Double, tolerance: Double, sweeps: Int) throws(FitError) {
    try SampleChecks.parameter((0...1).contains(discount), "discount", "from 0 to 1", discount)
    try SampleChecks.parameter(tolerance >= 0, "tolerance", "of at least 0", tolerance)
    try SampleChecks.parameter(sweeps > 0, "maximumSweeps", "above 0", sweeps)
  }
}
