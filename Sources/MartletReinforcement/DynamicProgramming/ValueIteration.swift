import CMartletRuntime
import MartletModels
import MartletNumerics

/// Finds the best policy of a known process by making each state worth what its best action gives.
///
/// Repeats `V(s) ← max_a ∑ p · (r + discount · V(s′))` for all states in turn.
///
///     let best = try ValueIteration(discount: 0.99).solve(FrozenLake().process)
///     best.values[0]           // 0.5420259…
///     best.policy.actions      // what to do in each state
///
/// ``PolicyIteration`` takes fewer but longer steps; ``QLearning`` needs no table of what may happen.
///
/// Reference: Bellman (1957), Dynamic programming.
public struct ValueIteration: Sendable {
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

  /// - Throws: `FitError` of kind `parameter`.
  /// - Complexity: O(outcomes) a sweep; about `log(tolerance) / log(discount)` sweeps.
  public func solve(_ process: MarkovDecisionProcess) throws(FitError) -> DynamicProgram {
    try DynamicProgramChecks.parameters(discount: discount, tolerance: tolerance, sweeps: maximumSweeps)
    var values = [Double](repeating: 0, count: process.stateCount)
    var changes: [Double] = []
    while changes.count < maximumSweeps, changes.last ?? .infinity > tolerance {
      martlet_poll()
      var change = 0.0
      for state in values.indices {
        var best = -Double.infinity
        for action in 0..<process.actionCount {
          best = max(best, process.actionValue(state, action, values, discount: discount))
        }
        change = max(change, abs(best - values[state]))
        values[state] = best
      }
      changes.append(change)
    }
    return DynamicProgram(
      process, values, discount: discount, changes: changes, hasConverged: changes.last ?? 0 <= tolerance)
  }
}
