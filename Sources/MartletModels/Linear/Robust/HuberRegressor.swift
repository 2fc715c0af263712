import MartletFrames
import MartletNumerics

/// Linear regression that a few wild targets do not pull away.
///
/// Minimises `∑ᵢ (σ + H((yᵢ − xᵢw − b) / σ) · σ) + α‖w‖²` over weights, intercept and scale `σ`, where `H(z) = z²` up to
/// ``threshold`` and grows straight beyond: an error counts by its square while it is small, by its size when it is large.
///
///     let model = try HuberRegressor().fit(x, y)
///     model.outliers            // the places of the samples that counted less
///
/// Reference: Huber and Ronchetti (2009), Robust statistics, section 7.7; Owen (2007), A robust hybrid of lasso and ridge
/// regression.
public struct HuberRegressor: WeightedEstimator {
  /// Errors of more than so many scales count by their size; above 1. At 1.35 it is 95 % as efficient as least squares when
  /// there are no outliers. (scikit-learn: `epsilon`)
  public var threshold: Double
  /// How much weights are held back; at least 0. (scikit-learn: `alpha`)
  public var regularization: Double
  /// Whether the prediction for features of zero is learned, too, or fixed at zero. (scikit-learn: `fit_intercept`)
  public var fitsIntercept: Bool
  /// The most steps taken. (scikit-learn: `max_iter`)
  public var maximumIterations: Int
  /// It has arrived when no component of the mean gradient is larger than this. (scikit-learn: `tol`)
  public var tolerance: Double

  /// - Parameters:
  ///   - threshold: above 1.
  ///   - regularization: at least 0.
  ///   - fitsIntercept: `false` forces the line through the origin.
  ///   - maximumIterations: at least 1.
  ///   - tolerance: at least 0.
  public init(
    threshold: Double = 1.35, regularization: Double = 1e-4, fitsIntercept: Bool = true,
    maximumIterations: Int = 1_000, tolerance: Double = 1e-8
  ) {
    self.threshold = threshold
    self.regularization = regularization
    self.fitsIntercept = fitsIntercept
    self.maximumIterations = maximumIterations
    self.tolerance = tolerance
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` targets, every one finite.
  ///   - weights: how much each sample counts; all the same by default.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(n · d) a step.
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter(threshold > 1, "threshold", "above 1", threshold)
    try SampleChecks.parameter(regularization >= 0, "regularization", "of at least 0", regularization)
    try SampleChecks.parameter(maximumIterations > 0, "maximumIterations", "above 0", maximumIterations)
    try SampleChecks.parameter(tolerance >= 0, "tolerance", "of at least 0", tolerance)
    // Steps are measured in the features' and the targets' own spreads, or large units would take many.
    let samples = try CentredSamples(x, y, weights: nil, fitsIntercept: fitsIntercept)
    try SampleChecks.weights(weights, count: y.count)
    let units = Units(samples)
    let loss = ScaledHuberLoss(
      x: samples.x / Matrix(units.features), y: (samples.y / units.target).scalars,
      weights: weights ?? [Double](repeating: 1, count: y.count), threshold: threshold,
      penalties: units.features.map { regularization * units.target / ($0 * $0) }, fitsIntercept: fitsIntercept)
    let start = [Double](repeating: 0, count: x.shape[1] + 2)
    let search = LBFGS(memory: 20, gradientTolerance: tolerance, maximumIterations: maximumIterations)
    let found = search.minimize(from: start) { loss.evaluate($0) }
    let scale = exp(found.point[x.shape[1] + 1])
    let coefficients = units.features.indices.map { found.point[$0] * units.target / units.features[$0] }
    let centred = samples.weights(coefficients)
    let intercept = centred.intercept + found.point[x.shape[1]] * units.target
    let errors = loss.errors(found.point)
    return Model(
      weights: LinearWeights(coefficients: coefficients, intercept: intercept), scale: scale * units.target,
      outliers: errors.indices.filter { abs(errors[$0]) > threshold * scale }, iterations: found.iterations,
      hasConverged: found.hasConverged, sampleCount: y.count)
  }

  private struct Units {
    let features: [Double]
    let target: Double

    init(_ samples: CentredSamples) {
      let count = Double(samples.y.shape[0])
      features = (samples.x * samples.x).sum(axis: 0).scalars.map { $0 > 0 ? ($0 / count).squareRoot() : 1 }
      let spread = (samples.y.dot(samples.y) / count).squareRoot()
      target = spread > 0 ? spread : 1
    }
  }

  /// What `HuberRegressor` has learned: `y = intercept + ∑ coefficient · feature`.
  public struct Model: LinearRegressor, Codable, Equatable {
    let weights: LinearWeights
    /// The size of usual errors, in the targets' unit.
    public let scale: Double
    /// The places of the samples whose errors count by their size only.
    public let outliers: [Int]
    /// How many steps it took.
    public let iterations: Int
    /// Whether it arrived within the steps it was given.
    public let hasConverged: Bool
    /// How many samples it has learned from.
    public let sampleCount: Int

    public var coefficients: [Double] { weights.coefficients }
    public var intercept: Double { weights.intercept }
    public static let title = "Huber regression"
    public var facts: [String] {
      ["\(outliers.count) of \(sampleCount) samples are outliers, scale \(FrameNumberFormat.texts([scale])[0])"]
    }
  }
}

/// The mean of Huber's loss for weights, intercept and the logarithm of the scale, with its gradient.
private struct ScaledHuberLoss {
  let x: Matrix
  let y: [Double]
  let weights: [Double]
  let threshold: Double
  let penalties: [Double]
  let fitsIntercept: Bool

  func errors(_ parameters: [Double]) -> [Double] {
    let width = penalties.count
    let fitted = (x • Matrix(Array(parameters[..<width]))).scalars
    let shift = fitsIntercept ? parameters[width] : 0
    return y.indices.map { y[$0] - fitted[$0] - shift }
  }

  func evaluate(_ parameters: [Double]) -> (value: Double, gradient: [Double]) {
    let width = penalties.count
    let scale = exp(parameters[width + 1])
    let total = weights.reduce(0, +)
    var (value, byScale, byShift) = (0.0, 0.0, 0.0)
    var slopes = errors(parameters)
    for i in slopes.indices {
      let (error, size, weight) = (slopes[i], abs(slopes[i]), weights[i])
      if size <= threshold * scale {
        value += weight * (scale + error * error / scale)
        byScale += weight * (1 - error * error / (scale * scale))
        slopes[i] = -2 * weight * error / scale
      } else {
        value += weight * (scale + 2 * threshold * size - scale * threshold * threshold)
        byScale += weight * (1 - threshold * threshold)
        slopes[i] = weight * threshold * (error < 0 ? 2 : -2)
      }
      byShift += slopes[i]
    }
    var gradient = (Matrix(slopes) • x).scalars
    for j in 0..<width {
      value += penalties[j] * parameters[j] * parameters[j]
      gradient[j] += 2 * penalties[j] * parameters[j]
    }
    gradient.append(fitsIntercept ? byShift : 0)
    gradient.append(byScale * scale)
    return (value / total, gradient.map { $0 / total })
  }
}
