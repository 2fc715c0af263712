import MartletFrames
import MartletNumerics

/// Predicts amounts that cannot be negative: counts, claims, waiting times.
///
/// A generalized linear model with `E[y] = exp(xw + b)`, or `xw + b` with ``link`` `.identity`. Minimises half the mean
/// deviance of the Tweedie distribution of ``power`` plus `½α‖w‖²`. Power 0 is the normal distribution, 1 Poisson's for counts,
/// between 1 and 2 amounts with many zeros, 2 the gamma distribution, 3 the inverse Gaussian.
///
///     let model = try TweedieRegressor(power: 1, regularization: 0).fit(x, counts)
///     try model.score(x, counts)        // R²; model.devianceExplained on the samples it learned from
///
/// Reference: Jørgensen (1987), Exponential dispersion models; McCullagh and Nelder (1989), Generalized linear models.
public struct TweedieRegressor: WeightedEstimator {
  /// How the expected value follows from the weighted sum.
  public enum Link: String, Sendable, Codable {
    /// It is the sum.
    case identity
    /// It is `exp` of the sum.
    case log
  }

  /// How the variance grows with the mean: as its power. 0, or at least 1.
  public var power: Double
  /// How much weights are held back; at least 0. (scikit-learn: `alpha`)
  public var regularization: Double
  /// How the expected value follows from the weighted sum. (scikit-learn: `link`)
  public var link: Link
  /// Whether the prediction for features of zero is learned, too. (scikit-learn: `fit_intercept`)
  public var fitsIntercept: Bool
  /// The most steps taken. (scikit-learn: `max_iter`)
  public var maximumIterations: Int
  /// It has arrived when no component of the gradient is larger than this. (scikit-learn: `tol`)
  public var tolerance: Double

  /// - Parameters:
  ///   - power: 0, or at least 1.
  ///   - regularization: at least 0.
  ///   - link: `.log` for every power but 0 by default.
  ///   - fitsIntercept: `false` fixes the sum for features of zero at 0.
  ///   - maximumIterations: at least 1.
  ///   - tolerance: at least 0.
  public init(
    power: Double = 0, regularization: Double = 1, link: Link? = nil, fitsIntercept: Bool = true,
    maximumIterations: Int = 1_000, tolerance: Double = 1e-8
  ) {
    self.power = power
    self.regularization = regularization
    self.link = link ?? (power <= 0 ? .identity : .log)
    self.fitsIntercept = fitsIntercept
    self.maximumIterations = maximumIterations
    self.tolerance = tolerance
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` targets, at least 0 where the power is at least 1, above 0 where it is at least 2.
  ///   - weights: how much each sample counts, such as its exposure; all the same by default.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(n · d) a step.
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try check(x, y, weights)
    let centre = WeightedMeans.columns(x, weights)
    let loss = DevianceLoss(
      x: fitsIntercept ? x - centre : x, y: y, weights: weights ?? [Double](repeating: 1, count: y.count),
      power: power, link: link, regularization: regularization, fitsIntercept: fitsIntercept)
    let level = WeightedMeans.mean(y, weights)
    var start = [Double](repeating: 0, count: x.shape[1])
    // Without weights, the best prediction is the mean; without an intercept, `.identity` has to start above 0.
    start.append(!fitsIntercept ? 0 : link == .log ? log(max(level, .leastNormalMagnitude)) : level)
    let search = LBFGS(memory: 20, gradientTolerance: tolerance, maximumIterations: maximumIterations)
    let found = search.minimize(from: start) { loss.evaluate($0) }
    let coefficients = Array(found.point.dropLast())
    let shift = fitsIntercept ? found.point[coefficients.count] - centre.dot(Matrix(coefficients)) : 0
    let unexplained = loss.meanDeviance(found.point)
    let total = loss.meanDeviance(ofConstant: level)
    return Model(
      weights: LinearWeights(coefficients: coefficients, intercept: shift), power: power, link: link,
      devianceExplained: total > 0 ? 1 - unexplained / total : 0, iterations: found.iterations,
      hasConverged: found.hasConverged, sampleCount: y.count)
  }

  private func check(_ x: Matrix, _ y: [Double], _ weights: [Double]?) throws(FitError) {
    try SampleChecks.parameter(power == 0 || power >= 1, "power", "of 0 or at least 1", power)
    try SampleChecks.parameter(regularization >= 0, "regularization", "of at least 0", regularization)
    try SampleChecks.parameter(maximumIterations > 0, "maximumIterations", "above 0", maximumIterations)
    try SampleChecks.parameter(tolerance >= 0, "tolerance", "of at least 0", tolerance)
    try SampleChecks.parameter(link == .log || power == 0, "link", ".log for any power but 0", link)
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.finite(y, "target", width: 1)
    try SampleChecks.weights(weights, count: y.count)
    let smallest = y.min() ?? 0
    guard power == 0 || smallest >= 0, power < 2 || smallest > 0 else {
      throw FitError(
        .parameter, expected: "targets \(power < 2 ? "of at least" : "above") 0 for power \(power)",
        found: "\(smallest)",
        advice: "Leave such samples out, or choose another power.")
    }
  }

  /// What `TweedieRegressor` has learned: `E[y] = exp(intercept + ∑ coefficient · feature)`, or the sum itself.
  public struct Model: LinearRegressor, Codable, Equatable {
    let weights: LinearWeights
    /// How the variance was taken to grow with the mean.
    public let power: Double
    /// How the expected value follows from the weighted sum.
    public let link: Link
    /// The share of the deviance that it explains on the samples it has learned from. (scikit-learn: `score`)
    public let devianceExplained: Double
    /// How many steps it took.
    public let iterations: Int
    /// Whether it arrived within the steps it was given.
    public let hasConverged: Bool
    /// How many samples it has learned from.
    public let sampleCount: Int

    public var coefficients: [Double] { weights.coefficients }
    public var intercept: Double { weights.intercept }
    public static let title = "Generalized linear regression"
    public var facts: [String] {
      let texts = FrameNumberFormat.texts([power, devianceExplained])
      return ["\(sampleCount) samples, Tweedie power \(texts[0]), link \(link), deviance explained \(texts[1])"]
    }

    /// - Parameter x: shape `[n, d]` with the `d` features of fitting.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predict(_ x: Matrix) throws(FitError) -> [Double] {
      try SampleChecks.features(x, count: coefficients.count)
      let sums = (x • Matrix(coefficients) + intercept).scalars
      return link == .log ? sums.map { exp($0) } : sums
    }
  }
}

extension TweedieRegressor {
  /// Counts: Poisson regression. (scikit-learn: `PoissonRegressor`)
  public static func poisson(regularization: Double = 1) -> TweedieRegressor {
    TweedieRegressor(power: 1, regularization: regularization)
  }

  /// Positive amounts whose spread grows with their size: gamma regression. (scikit-learn: `GammaRegressor`)
  public static func gamma(regularization: Double = 1) -> TweedieRegressor {
    TweedieRegressor(power: 2, regularization: regularization)
  }
}

extension TweedieDeviance {
  /// Half the derivative by the prediction: `(μ − y) / μᵖ`.
  static func halfSlope(_ predicted: Double, _ actual: Double, _ power: Double) -> Double {
    switch power {
    case 0: predicted - actual
    case 1: 1 - actual / predicted
    default: (predicted - actual) / pow(predicted, power)
    }
  }
}

/// Half the mean deviance with a penalty on the weights, and its gradient.
private struct DevianceLoss {
  let x: Matrix
  let y: [Double]
  let weights: [Double]
  let power: Double
  let link: TweedieRegressor.Link
  let regularization: Double
  let fitsIntercept: Bool

  private func means(_ parameters: [Double]) -> [Double] {
    let shift = fitsIntercept ? parameters[parameters.count - 1] : 0
    let sums = (x • Matrix(Array(parameters.dropLast())) + shift).scalars
    return link == .log ? sums.map { exp($0) } : sums
  }

  func meanDeviance(_ parameters: [Double]) -> Double { meanDeviance(of: means(parameters)) }

  func meanDeviance(ofConstant value: Double) -> Double { meanDeviance(of: y.map { _ in value }) }

  private func meanDeviance(of means: [Double]) -> Double {
    WeightedMeans.mean(zip(means, y).map { TweedieDeviance.of($0, $1, power) }, weights)
  }

  func evaluate(_ parameters: [Double]) -> (value: Double, gradient: [Double]) {
    let means = means(parameters)
    let total = weights.reduce(0, +)
    let slopes = y.indices.map { i in
      weights[i] * TweedieDeviance.halfSlope(means[i], y[i], power) * (link == .log ? means[i] : 1) / total
    }
    var gradient = (Matrix(slopes) • x).scalars
    var value = meanDeviance(of: means) / 2
    for j in gradient.indices {
      value += regularization / 2 * parameters[j] * parameters[j]
      gradient[j] += regularization * parameters[j]
    }
    gradient.append(fitsIntercept ? slopes.reduce(0, +) : 0)
    return (value, gradient)
  }
}
