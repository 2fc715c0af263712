import MartletNumerics

/// Samples as a linear method without an intercept learns from them: features and targets shifted to mean zero, and each
/// row times the root of its weight.
struct CentredSamples {
  /// Shape `[n, d]`.
  let x: Matrix
  /// Shape `[n]`, or `[n, k]` for several targets.
  let y: Matrix
  /// What was taken from each feature.
  let centre: Matrix
  /// What was taken from each target.
  let levels: [Double]

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
    let level = fitsIntercept ? WeightedMeans.mean(y, weights) : 0
    let scale = normalized ? weights.map { Double(y.count) / $0.reduce(0, +) } ?? 1 : 1
    self.init(x, shifted: Matrix(y) - level, [level], weights, fitsIntercept, scale)
  }

  /// Samples that have been checked, with several targets: shape `[n, k]`.
  init(checked x: Matrix, targets: Matrix, weights: [Double]?, fitsIntercept: Bool) {
    let levels = fitsIntercept ? WeightedMeans.columns(targets, weights) : .zeros(targets.shape[1])
    self.init(x, shifted: targets - levels, levels.scalars, weights, fitsIntercept, 1)
  }

  private init(
    _ x: Matrix, shifted y: Matrix, _ levels: [Double], _ weights: [Double]?, _ fitsIntercept: Bool, _ scale: Double
  ) {
    self.levels = levels
    centre = fitsIntercept ? WeightedMeans.columns(x, weights) : .zeros(x.shape[1])
    guard let weights else {
      (self.x, self.y) = (x - centre, y)
      return
    }
    let roots = Matrix(weights.map { ($0 * scale).squareRoot() })
    let column = roots.reshaped(-1, 1)
    (self.x, self.y) = ((x - centre) * column, y * (y.rank == 1 ? roots : column))
  }

  /// The weights of one target for features as they were given.
  func weights(_ coefficients: [Double]) -> LinearWeights {
    LinearWeights(coefficients: coefficients, intercept: levels[0] - centre.dot(Matrix(coefficients)))
  }

  /// The intercepts of several targets, for coefficients of shape `[k, d]`.
  func intercepts(_ coefficients: Matrix) -> [Double] { (Matrix(levels) - coefficients • centre).scalars }
}
