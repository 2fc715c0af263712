import MartletFrames
import MartletNumerics

/// Predicts a quantile of the target by a weighted sum: below the 0.9 quantile lie nine of ten targets.
///
/// Minimises `∑ᵢ vᵢ ρ(yᵢ − xᵢw − b) / ∑ᵢ vᵢ + α‖w‖₁` with `ρ(e) = q · e` above and `(q − 1) · e` below zero: at `q = 0.5` the
/// absolute error, which wild targets do not pull away. A linear program, solved from within by ``QuantileProgram``, and
/// then exactly at its corner.
///
///     let upper = try QuantileRegressor(quantile: 0.9, regularization: 0).fit(x, y)
///
/// Reference: Koenker and Bassett (1978), Regression quantiles. (scikit-learn: `QuantileRegressor`)
public struct QuantileRegressor: WeightedEstimator {
  /// Which quantile; between 0 and 1.
  public var quantile: Double
  /// How much weights are held back; at least 0. (scikit-learn: `alpha`)
  public var regularization: Double
  /// Whether the prediction for features of zero is learned, too, or fixed at zero. (scikit-learn: `fit_intercept`)
  public var fitsIntercept: Bool

  /// - Parameters:
  ///   - quantile: between 0 and 1.
  ///   - regularization: at least 0.
  ///   - fitsIntercept: `false` forces the line through the origin.
  public init(quantile: Double = 0.5, regularization: Double = 1, fitsIntercept: Bool = true) {
    self.quantile = quantile
    self.regularization = regularization
    self.fitsIntercept = fitsIntercept
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` targets, every one finite.
  ///   - weights: how much each sample counts; all the same by default.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, `parameter` or `notConverged`.
  /// - Complexity: O(n · d²) a step, some 20 steps.
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter(quantile > 0 && quantile < 1, "quantile", "between 0 and 1", quantile)
    try SampleChecks.parameter(
      regularization >= 0 && regularization.isFinite, "regularization", "of at least 0", regularization)
    let samples = try CentredSamples(x, y, weights: nil, fitsIntercept: fitsIntercept)
    try SampleChecks.weights(weights, count: y.count)
    let (count, width) = (y.count, x.shape[1])
    // In the features' and the target's own spreads; a feature that never varies stays without weight.
    let spreads = (samples.x * samples.x).sum(axis: 0).scalars.map { ($0 / Double(count)).squareRoot() }
    let used = spreads.indices.filter { spreads[$0] > 1e-12 * (1 + abs(samples.centre[$0])) }
    let unit = max((samples.y.dot(samples.y) / Double(count)).squareRoot(), .leastNormalMagnitude)
    let targets = unit > 1e-300 ? samples.y / unit : samples.y
    var rows = fitsIntercept ? [Matrix.ones(count, 1)] : []
    for feature in used { rows.append(samples.x.column(feature).reshaped(-1, 1) / spreads[feature]) }
    guard !rows.isEmpty else {
      return Model(
        weights: LinearWeights(coefficients: .init(repeating: 0, count: width), intercept: 0), quantile: quantile,
        sampleCount: count)
    }
    var program = QuantileProgram(
      x: Matrix.concatenated(rows, axis: 1), y: targets.scalars, quantiles: .init(repeating: quantile, count: count),
      weights: weights ?? .init(repeating: 1, count: count))
    let total = weights?.reduce(0, +) ?? Double(count)
    if regularization > 0 {
      // A size is a sample at zero whose misses count the same on both sides.
      let offset = fitsIntercept ? 1 : 0
      for (place, feature) in used.enumerated() {
        program.add(column: place + offset, weight: 2 * regularization * total / spreads[feature])
      }
    }
    let found = try program.solved()
    var coefficients = [Double](repeating: 0, count: width)
    for (place, feature) in used.enumerated() {
      coefficients[feature] = found[place + (fitsIntercept ? 1 : 0)] * unit / spreads[feature]
    }
    let centred = samples.weights(coefficients)
    let shift = fitsIntercept ? found[0] * unit : 0
    return Model(
      weights: LinearWeights(coefficients: coefficients, intercept: centred.intercept + shift), quantile: quantile,
      sampleCount: count)
  }

  /// What `QuantileRegressor` has learned: `y = intercept + ∑ coefficient · feature`.
  public struct Model: LinearRegressor, Codable, Equatable {
    let weights: LinearWeights
    /// Which quantile it predicts.
    public let quantile: Double
    /// How many samples it has learned from.
    public let sampleCount: Int

    public var coefficients: [Double] { weights.coefficients }
    public var intercept: Double { weights.intercept }
    public static let title = "Quantile regression"
    public var facts: [String] { ["the \(quantile) quantile, from \(sampleCount) samples"] }
  }
}
