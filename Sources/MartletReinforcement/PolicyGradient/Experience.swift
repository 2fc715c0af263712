import MartletNets
import MartletNumerics

/// What was seen, done and earned by several worlds, one after the other.
struct Experience {
  /// Steps of one world without a break.
  struct Stretch {
    var observations: [[Float]] = []
    var actions: [Int] = []
    var rewards: [Double] = []
    /// How likely each action was, as a logarithm.
    var logProbabilities: [Float] = []
    /// What the critic expected at each step.
    var values: [Double] = []
    /// What was seen after the last step, unless the episode has ended there.
    var next: [Float]?
    /// What the critic expects from `next`.
    var nextValue = 0.0
  }

  var stretches: [Stretch] = []

  var count: Int { stretches.reduce(0) { $0 + $1.actions.count } }
  var actions: [Int] { stretches.flatMap(\.actions) }
  var logProbabilities: [Float] { stretches.flatMap(\.logProbabilities) }
  var observations: Tensor<Float> {
    let rows = stretches.flatMap(\.observations)
    return Tensor(rows.flatMap(\.self), shape: [rows.count, rows.first?.count ?? 0])
  }

  /// How much better each step went than expected, and what was to be expected in hindsight.
  ///
  /// `A_t = ∑ (discount · decay)ᵏ δ_{t+k}` with `δ_t = r_t + discount · V(s_{t+1}) − V(s_t)`; with a decay of 1 it is the
  /// return less what was expected.
  ///
  /// Reference: Schulman et al. (2016), High-dimensional continuous control using generalized advantage estimation.
  func advantages(discount: Double, decay: Double) -> (advantages: [Double], targets: [Double]) {
    var (advantages, targets): ([Double], [Double]) = ([], [])
    for stretch in stretches {
      var found = [Double](repeating: 0, count: stretch.actions.count)
      var (next, sum) = (stretch.nextValue, 0.0)
      for step in found.indices.reversed() {
        sum = stretch.rewards[step] + discount * next - stretch.values[step] + discount * decay * sum
        found[step] = sum
        next = stretch.values[step]
      }
      advantages += found
      targets += zip(found, stretch.values).map { $0 + $1 }
    }
    return (advantages, targets)
  }

  /// Numbers with mean 0 and standard deviation 1.
  static func standardized(_ values: [Double]) -> [Double] {
    let (centre, spread) = (mean(values), standardDeviation(values))
    return values.map { ($0 - centre) / (spread + 1e-8) }
  }
}
