import MartletNumerics

/// Weights of draws whose largest are replaced by the quantiles of a generalized Pareto distribution.
///
/// References: Vehtari, Simpson, Gelman, Yao and Gabry (2024), Pareto smoothed importance sampling; Zhang and Stephens
/// (2009), A new and efficient estimation method for the generalized Pareto distribution.
struct ParetoSmoothing {
  /// The logarithms of the weights, which sum to 1.
  let logWeights: [Double]
  /// The tail's shape.
  let shape: Double

  init(logWeights logs: [Double], relativeEfficiency: Double) {
    let largest = logs.max() ?? 0
    var logs = logs.map { $0 - largest }
    let count = Double(logs.count)
    let wanted = min(count / 5, 3 * (count / relativeEfficiency).squareRoot()).rounded(.up)
    let order = logs.indices.sorted { (logs[$0], $0) < (logs[$1], $1) }
    let place = max(logs.count - Int(wanted) - 1, 0)
    let cut = max(logs[order[place]], log(Double.leastNormalMagnitude))
    let tail = order.filter { logs[$0] > cut }
    var shape = Double.infinity
    if tail.count > 4 {
      let excesses = tail.map { exp(logs[$0]) - exp(cut) }
      let fit = ParetoTail(ascending: excesses)
      shape = fit.shape
      if shape.isFinite {
        for (rank, draw) in tail.enumerated() {
          let quantile = fit.quantile((Double(rank) + 0.5) / Double(tail.count))
          logs[draw] = min(log(quantile + exp(cut)), 0)
        }
      }
    }
    let sum = logSum(logs)
    logWeights = logs.map { $0 - sum }
    self.shape = shape
  }
}

/// A generalized Pareto distribution from 0, fitted to the excesses over a threshold.
struct ParetoTail {
  let shape: Double
  let scale: Double

  /// The mean over a profile posterior, with a weak prior that draws the shape towards a half.
  init(ascending excesses: [Double]) {
    let count = Double(excesses.count)
    let candidates = 30 + Int(count.squareRoot())
    let quartile = excesses[Int(count / 4 + 0.5) - 1]
    let largest = excesses[excesses.count - 1]
    let inverses = (1...candidates).map { place in
      (1 - (Double(candidates) / (Double(place) - 0.5)).squareRoot()) / (3 * quartile) + 1 / largest
    }
    func meanLog(_ inverse: Double) -> Double { excesses.reduce(0) { $0 + log1p(-inverse * $1) } / count }
    let logs = inverses.map { inverse in
      let shape = meanLog(inverse)
      return count * (log(-inverse / shape) - shape - 1)
    }
    let total = logSum(logs)
    let weights = logs.map { exp($0 - total) }
    // Candidates that weigh nothing only add rounding.
    let kept = weights.indices.filter { weights[$0] >= 10 * .ulpOfOne }
    let sum = kept.reduce(0) { $0 + weights[$1] }
    let inverse = kept.reduce(0) { $0 + inverses[$1] * weights[$1] / sum }
    let fitted = meanLog(inverse)
    scale = -fitted / inverse
    shape = (count * fitted + 5) / (count + 10)
  }

  /// The value that a share of all lies below.
  func quantile(_ share: Double) -> Double {
    abs(shape) < .ulpOfOne ? -scale * log1p(-share) : scale * expm1(-shape * log1p(-share)) / shape
  }
}
