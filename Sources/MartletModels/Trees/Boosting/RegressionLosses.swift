import MartletNumerics

/// `½ (score − y)²`.
struct SquaredLoss: BoostingObjective {
  var outputCount: Int { 1 }
  func baseline(_ targets: [Double], _ weights: [Double]?) -> [Double] { [WeightedSamples.mean(targets, weights)] }

  func differentiate(
    _ rows: Range<Int>, of count: Int, _ scores: UnsafePointer<Double>, _ targets: UnsafePointer<Double>,
    _ gradients: UnsafeMutablePointer<Double>, _ hessians: UnsafeMutablePointer<Double>
  ) {
    for row in rows {
      gradients[row] = scores[row] - targets[row]
      hessians[row] = 1
    }
  }

  func loss(_ scores: UnsafePointer<Double>, _ target: Double) -> Double {
    (scores[0] - target) * (scores[0] - target) / 2
  }
}

/// The distance from a quantile, weighted by the side: `q (y − score)` above the score and `(1 − q) (score − y)` below. A
/// leaf answers that quantile of its residuals.
struct QuantileLoss: BoostingObjective {
  /// Between 0 and 1; 0.5 for half the distance from the median.
  let quantile: Double
  /// 2 for the whole distance from the median.
  var scale = 1.0

  var outputCount: Int { 1 }
  var answersResiduals: Bool { true }
  func answer(toResiduals residuals: [Double], _ weights: [Double]?) -> Double {
    WeightedSamples.quantile(residuals, weights, quantile)
  }

  func baseline(_ targets: [Double], _ weights: [Double]?) -> [Double] {
    [WeightedSamples.quantile(targets, weights, quantile)]
  }

  func differentiate(
    _ rows: Range<Int>, of count: Int, _ scores: UnsafePointer<Double>, _ targets: UnsafePointer<Double>,
    _ gradients: UnsafeMutablePointer<Double>, _ hessians: UnsafeMutablePointer<Double>
  ) {
    for row in rows {
      gradients[row] = scale * (scores[row] < targets[row] ? -quantile : 1 - quantile)
      hessians[row] = 1
    }
  }

  func loss(_ scores: UnsafePointer<Double>, _ target: Double) -> Double {
    let above = target - scores[0]
    return scale * (above > 0 ? quantile * above : (quantile - 1) * above)
  }
}

/// `exp(score) − y · score`: the negative log-likelihood of counts whose mean is `exp(score)`, but for a constant.
struct PoissonLoss: BoostingObjective {
  var outputCount: Int { 1 }
  func baseline(_ targets: [Double], _ weights: [Double]?) -> [Double] { [log(WeightedSamples.mean(targets, weights))] }

  func differentiate(
    _ rows: Range<Int>, of count: Int, _ scores: UnsafePointer<Double>, _ targets: UnsafePointer<Double>,
    _ gradients: UnsafeMutablePointer<Double>, _ hessians: UnsafeMutablePointer<Double>
  ) {
    for row in rows {
      let mean = exp(scores[row])
      gradients[row] = mean - targets[row]
      hessians[row] = mean
    }
  }

  func loss(_ scores: UnsafePointer<Double>, _ target: Double) -> Double { exp(scores[0]) - target * scores[0] }
}

/// Squared for small misses, linear for large ones: outliers pull less. (Huber)
///
/// What is small is the given quantile of the distances so far.
struct HuberLoss: BoostingObjective {
  /// Between 0 and 1.
  let quantile: Double
  /// Where the loss turns linear.
  var border = 1.0

  var outputCount: Int { 1 }
  var answersResiduals: Bool { true }

  func baseline(_ targets: [Double], _ weights: [Double]?) -> [Double] {
    [WeightedSamples.quantile(targets, weights, 0.5)]
  }

  func adapted(_ scores: [Double], _ targets: [Double], _ weights: [Double]?) -> HuberLoss {
    let distances = zip(scores, targets).map { abs($1 - $0) }
    return HuberLoss(quantile: quantile, border: WeightedSamples.quantile(distances, weights, quantile))
  }

  /// The median, and from there the mean of what is left with outliers cut off.
  func answer(toResiduals residuals: [Double], _ weights: [Double]?) -> Double {
    let median = WeightedSamples.quantile(residuals, weights, 0.5)
    let cut = residuals.map { min(max($0 - median, -border), border) }
    return median + WeightedSamples.mean(cut, weights)
  }

  func differentiate(
    _ rows: Range<Int>, of count: Int, _ scores: UnsafePointer<Double>, _ targets: UnsafePointer<Double>,
    _ gradients: UnsafeMutablePointer<Double>, _ hessians: UnsafeMutablePointer<Double>
  ) {
    for row in rows {
      gradients[row] = min(max(scores[row] - targets[row], -border), border)
      hessians[row] = 1
    }
  }

  func loss(_ scores: UnsafePointer<Double>, _ target: Double) -> Double {
    let distance = abs(scores[0] - target)
    return distance <= border ? distance * distance / 2 : border * (distance - border / 2)
  }
}
