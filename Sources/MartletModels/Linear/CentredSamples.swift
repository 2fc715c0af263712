import MartletNumerics

/// Samples as a linear method without an intercept learns from them: features and targets shifted to mean zero, and each
/// row times the root of its weight.
struct CentredSamples {
  /// Shape `[n, d]`.
  let x: Matrix
  /// Shape `[n]`.
  let y: Matrix
  /// What was taken from each feature.
  let centre: Matrix
  /// What was taken from the targets.
  let level: Double

  /// Checks the samples first.
  ///
  /// - Parameter normalized: whether the weights are made to have the mean 1, for losses that are a mean.
  init(
    _ x: Matrix, _ y: [Double], weights: [Double]?, fitsIntercept: Bool, normalized: Bool = false
  ) throws(FitError) {
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.finite(y, "target", width: 1)
    try SampleChecks.weights(weights, count: y.count)
    centre = fitsIntercept ? WeightedMeans.columns(x, weights) : .zeros(x.shape[1])
    level = fitsIntercept ? WeightedMeans.mean(y, weights) : 0
    let (shiftedX, shiftedY) = (x - centre, Matrix(y) - level)
    guard let weights else {
      (self.x, self.y) = (shiftedX, shiftedY)
      return
    }
    let scale = normalized ? Double(y.count) / weights.reduce(0, +) : 1
    let roots = Matrix(weights.map { ($0 * scale).squareRoot() })
    (self.x, self.y) = (shiftedX * roots.reshaped(-1, 1), shiftedY * roots)
  }

  /// The weights for features as they were given.
  func weights(_ coefficients: [Double]) -> LinearWeights {
    LinearWeights(coefficients: coefficients, intercept: level - centre.dot(Matrix(coefficients)))
  }
}
