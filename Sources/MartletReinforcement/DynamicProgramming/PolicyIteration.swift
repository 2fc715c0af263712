import CMartletRuntime
import MartletModels
import MartletNumerics

/// Finds the best policy of a known process by turns: what is the policy worth, and which actions would be worth more?
///
///     let best = try PolicyIteration(discount: 0.99).solve(FrozenLake().process)
///     best.changes.count      // how many policies were tried
///
/// Every policy is at least as good as the one before, so it ends. It starts with the policy that always takes the first
/// action; with `discount` 1 a policy that never ends an episode may have no value: take a discount below 1 then.
///
/// Reference: Howard (1960), Dynamic programming and Markov processes.
public struct PolicyIteration: Sendable {
  /// How much the next reward counts for each step that it is later; from 0 to 1.
  public var discount: Double
  /// A policy's values have settled when none changes by more than this in a sweep.
  public var tolerance: Double
  /// The most sweeps over the states for each policy.
  public var maximumSweeps: Int

  public init(discount: Double, tolerance: Double = 1e-12, maximumSweeps: Int = 100_000) {
    self.discount = discount
    self.tolerance = tolerance
    self.maximumSweeps = maximumSweeps
  }

  /// - Returns: the best policy; `changes` has, for each policy, how much the next one improved a state at most.
  /// - Throws: `FitError` of kind `parameter`, or `notConverged` when a policy's values do not settle.
  public func solve(_ process: MarkovDecisionProcess) throws(FitError) -> DynamicProgram {
    let evaluation = PolicyEvaluation(discount: discount, tolerance: tolerance, maximumSweeps: maximumSweeps)
    var actions = [Int](repeating: 0, count: process.stateCount)
    var values = [Double](repeating: 0, count: process.stateCount)
    var changes: [Double] = []
    while true {
      martlet_poll()
      let policy = TabularPolicy.deterministic(actions, of: process.actionCount)
      let found = try evaluation.solve(process, policy, from: values)
      guard found.hasConverged else {
        throw FitError(
          .notConverged, expected: "values of policy \(changes.count + 1) that settle",
          found: "a change of \(found.changes.last ?? 0) in sweep \(found.changes.count)",
          advice: "Take a discount below 1, or allow more sweeps.")
      }
      values = found.values
      let improvement = improve(&actions, found.actionValues.scalars, process.actionCount)
      changes.append(improvement)
      if improvement == 0 {
        return DynamicProgram(
          process, values, discount: discount, policy: policy, changes: changes, hasConverged: true)
      }
    }
  }

  /// Takes the better action where there is one by more than rounding; says how much better it is at most.
  private func improve(_ actions: inout [Int], _ actionValues: [Double], _ count: Int) -> Double {
    var largest = 0.0
    for state in actions.indices {
      let best = Greedy.place(actionValues, state * count..<(state + 1) * count)
      let gain = actionValues[state * count + best] - actionValues[state * count + actions[state]]
      let scale = 1 + abs(actionValues[state * count + best])
      if gain > max(1e-9, 1000 * tolerance) * scale {
        actions[state] = best
        largest = max(largest, gain)
      }
    }
    return largest
  }
}
