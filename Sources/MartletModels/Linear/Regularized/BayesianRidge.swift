import CMartletRuntime
import MartletFrames
import MartletNumerics

/// Ridge regression that finds its own regularization, and says how sure it is of a prediction.
///
/// Weights come from `N(0, 1/λ)` and noise from `N(0, 1/α)`; `α` and `λ`, with flat gamma priors, are those that make the
/// samples most likely. Then `w ~ N(m, S)` with `S = (αXᵀX + λI)⁻¹` and `m = αSXᵀy`.
///
///     let patients = try Datasets.diabetes()
///     let model = try BayesianRidge().fit(patients, target: "progression")
///     model.noisePrecision            // 0.000341...
///
/// Reference: MacKay (1992), Bayesian interpolation; Tipping (2001), Sparse Bayesian learning and the relevance vector
/// machine, for the steps.
public struct BayesianRidge: WeightedEstimator {
  /// Whether the prediction for features of zero is learned, too, or fixed at zero. (scikit-learn: `fit_intercept`)
  public var fitsIntercept: Bool
  /// It has arrived when the weights together change by less. (scikit-learn: `tol`)
  public var tolerance: Double
  /// The most steps taken. (scikit-learn: `max_iter`)
  public var maximumIterations: Int
  /// Shape and rate of both gamma priors; nearly 0, so that they say nothing. (scikit-learn: `alpha_1` and so on)
  private let prior = 1e-6

  /// - Parameters:
  ///   - fitsIntercept: `false` forces the line through the origin.
  ///   - tolerance: at least 0, in the unit of the weights.
  ///   - maximumIterations: at least 1.
  public init(fitsIntercept: Bool = true, tolerance: Double = 1e-3, maximumIterations: Int = 300) {
    self.fitsIntercept = fitsIntercept
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` targets, every one finite.
  ///   - weights: how much each sample counts; all the same by default.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, `parameter` or `notConverged`.
  /// - Complexity: O(n · d² + d³) time, and O(d²) a step.
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter(tolerance >= 0, "tolerance", "of at least 0", tolerance)
    try SampleChecks.parameter(maximumIterations > 0, "maximumIterations", "above 0", maximumIterations)
    let samples = try CentredSamples(x, y, weights: weights, fitsIntercept: fitsIntercept)
    let count = weights.map { $0.reduce(0, +) } ?? Double(y.count)
    var evidence = try Evidence(samples, count: count, prior: prior)
    var last = evidence.updated()
    for _ in 1..<maximumIterations {
      martlet_poll()
      let next = evidence.updated()
      let change = zip(last, next).reduce(0) { $0 + abs($1.0 - $1.1) }
      last = next
      if change < tolerance { break }
    }
    return Model(
      weights: samples.weights(evidence.mean()), centre: samples.centre.scalars, covariance: evidence.covariance(),
      noisePrecision: evidence.noise, weightPrecision: evidence.weight, sampleCount: y.count)
  }

  /// What `BayesianRidge` has learned: `y = intercept + ∑ coefficient · feature`, give or take.
  public struct Model: LinearRegressor, Codable, Equatable {
    let weights: LinearWeights
    private let centre: [Double]
    /// How the uncertainties of the weights go together: shape `[features, features]`.
    public let covariance: Matrix
    /// One over the variance of the noise. (scikit-learn: `alpha_`)
    public let noisePrecision: Double
    /// One over the variance of the weights. (scikit-learn: `lambda_`)
    public let weightPrecision: Double
    /// How many samples it has learned from.
    public let sampleCount: Int

    init(
      weights: LinearWeights, centre: [Double], covariance: Matrix, noisePrecision: Double, weightPrecision: Double,
      sampleCount: Int
    ) {
      self.weights = weights
      self.centre = centre
      self.covariance = covariance
      self.noisePrecision = noisePrecision
      self.weightPrecision = weightPrecision
      self.sampleCount = sampleCount
    }

    public init(from decoder: any Decoder) throws {
      let file = try decoder.container(keyedBy: CodingKeys.self)
      weights = try file.decode(LinearWeights.self, forKey: .weights)
      let count = weights.coefficients.count
      centre = try ModelChecks.numbers(file, .centre, count: count)
      covariance = try file.decode(Matrix.self, forKey: .covariance)
      try ModelChecks.fits(covariance.shape == [count, count], file, .covariance, "shape [\(count), \(count)]")
      noisePrecision = try file.decode(Double.self, forKey: .noisePrecision)
      try ModelChecks.fits(noisePrecision > 0, file, .noisePrecision, "a number above 0")
      weightPrecision = try file.decode(Double.self, forKey: .weightPrecision)
      sampleCount = try file.decode(Int.self, forKey: .sampleCount)
    }

    public var coefficients: [Double] { weights.coefficients }
    public var intercept: Double { weights.intercept }
    public static let title = "Bayesian ridge regression"
    public var facts: [String] {
      let texts = FrameNumberFormat.texts([1 / noisePrecision.squareRoot(), 1 / weightPrecision.squareRoot()])
      return ["\(sampleCount) samples, noise of \(texts[0]), weights of about \(texts[1])"]
    }

    /// The standard deviation of each prediction, noise included.
    ///
    ///     try model.predictDeviations(x)        // where √(1/α + xᵀSx) is large, little was learned
    /// - Parameter x: shape `[n, d]` with the `d` features of fitting.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predictDeviations(_ x: Matrix) throws(FitError) -> [Double] {
      try SampleChecks.features(x, count: coefficients.count)
      let shifted = x - Matrix(centre)
      let spread = ((shifted • covariance) * shifted).sum(axis: 1).scalars
      return spread.map { (max($0, 0) + 1 / noisePrecision).squareRoot() }
    }
  }
}

/// The two precisions, as far as they are known, and the weights that they give.
private struct Evidence {
  private let samples: CentredSamples
  private let vectors: Matrix
  private let values: Matrix
  private let projected: Matrix
  private let count: Double
  private let prior: Double
  private(set) var noise: Double
  private(set) var weight = 1.0

  init(_ samples: CentredSamples, count: Double, prior: Double) throws(FitError) {
    self.samples = samples
    self.count = count
    self.prior = prior
    let transposed = samples.x.transposed()
    let eigen = try Self.eigen(transposed • samples.x)
    vectors = eigen.vectors
    // Rounding can make the smallest ones negative.
    values = Matrix(eigen.values.map { max($0, 0) })
    let onVectors = eigen.vectors.transposed() • (transposed • samples.y)
    projected = onVectors
    noise = 1 / (samples.y.dot(samples.y) / count + .ulpOfOne)
  }

  private static func eigen(_ products: Matrix) throws(FitError) -> SymmetricEigen<Double> {
    do {
      return try products.symmetricEigen()
    } catch {
      throw FitError(
        .notConverged, expected: "eigenvalues of the features' products", found: error.description,
        advice: "Scale the features, for example with StandardScaler.")
    }
  }

  /// The weights' mean for the precisions as they are.
  func mean() -> [Double] { (vectors • (projected / (values + weight / noise))).scalars }

  func covariance() -> Matrix { (vectors / (values + weight / noise)) • vectors.transposed() / noise }

  /// Gives that mean, and moves the precisions towards those that make the samples most likely.
  mutating func updated() -> [Double] {
    let mean = Matrix(self.mean())
    let errors = samples.y - samples.x • mean
    let determined = (noise * values / (weight + noise * values)).sum()
    weight = (determined + 2 * prior) / (mean.dot(mean) + 2 * prior)
    noise = (count - determined + 2 * prior) / (errors.dot(errors) + 2 * prior)
    return mean.scalars
  }
}
