import MartletFrames
import MartletNumerics

/// Linear regression that holds its weights back and sets those to zero that do not earn their keep.
///
/// Minimises `‖y − Xw − b‖² / 2n + α·ρ‖w‖₁ + α(1 − ρ)‖w‖² / 2`, where `α` is ``regularization`` and `ρ` is ``l1Ratio``; the
/// intercept is not held back. Groups of features that say the same stay together, unlike with ``Lasso``.
///
///     let patients = try Datasets.diabetes()
///     let model = try ElasticNet(regularization: 0.01, l1Ratio: 0.9).fit(patients, target: "progression")
///     model.coefficients.count { $0 != 0 }     // 10
///
/// Features of different sizes are held back differently: scale them with ``StandardScaler`` first.
///
/// Reference: Zou and Hastie (2005), Regularization and variable selection via the elastic net.
public struct ElasticNet: WeightedEstimator {
  /// How much weights are held back; at least 0. (scikit-learn: `alpha`)
  public var regularization: Double
  /// The share of the penalty that is on absolute values, from 0 to 1. (scikit-learn: `l1_ratio`)
  public var l1Ratio: Double
  /// Whether the prediction for features of zero is learned, too, or fixed at zero. (scikit-learn: `fit_intercept`)
  public var fitsIntercept: Bool
  /// Whether weights may not be negative. (scikit-learn: `positive`)
  public var isPositive: Bool
  /// It has arrived when what is still to gain is this fraction of the targets' squares. (scikit-learn: `tol`)
  public var tolerance: Double
  /// The most rounds over the features. (scikit-learn: `max_iter`)
  public var maximumIterations: Int

  /// - Parameters:
  ///   - regularization: at least 0; with 0, ``LinearRegression`` is faster and more exact.
  ///   - l1Ratio: 0 for squares alone, 1 for absolute values alone.
  ///   - fitsIntercept: `false` forces the line through the origin.
  ///   - isPositive: `true` for weights of at least 0.
  ///   - tolerance: above 0.
  ///   - maximumIterations: at least 1.
  public init(
    regularization: Double = 1, l1Ratio: Double = 0.5, fitsIntercept: Bool = true, isPositive: Bool = false,
    tolerance: Double = 1e-6, maximumIterations: Int = 10_000
  ) {
    self.regularization = regularization
    self.l1Ratio = l1Ratio
    self.fitsIntercept = fitsIntercept
    self.isPositive = isPositive
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` targets, every one finite.
  ///   - weights: how much each sample counts; all the same by default.
  /// - Returns: a model with `d` coefficients.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(n · d) a round, and less while most weights are zero.
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter(
      regularization >= 0 && regularization.isFinite, "regularization", "of at least 0", regularization)
    try checkParameters()
    let samples = try CentredSamples(x, y, weights: weights, fitsIntercept: fitsIntercept, normalized: true)
    let descent = descent(samples)
    let found = solve(descent, count: y.count, regularization, start: [Double](repeating: 0, count: x.shape[1]))
    return Model(samples, found, regularization: regularization, l1Ratio: l1Ratio, sampleCount: y.count)
  }

  func checkParameters() throws(FitError) {
    try SampleChecks.parameter((0...1).contains(l1Ratio), "l1Ratio", "from 0 to 1", l1Ratio)
    try SampleChecks.parameter(tolerance > 0, "tolerance", "above 0", tolerance)
    try SampleChecks.parameter(maximumIterations > 0, "maximumIterations", "above 0", maximumIterations)
  }

  func descent(_ samples: CentredSamples) -> CoordinateDescent {
    CoordinateDescent(
      x: samples.x, y: samples.y, tolerance: tolerance, maximumRounds: maximumIterations, isPositive: isPositive)
  }

  func solve(
    _ descent: CoordinateDescent, count: Int, _ regularization: Double, start: [Double]
  ) -> CoordinateDescent.Solution {
    let penalty = regularization * Double(count)
    return descent.solve(l1: penalty * l1Ratio, l2: penalty * (1 - l1Ratio), start: start)
  }

  /// What `ElasticNet` has learned: `y = intercept + ∑ coefficient · feature`.
  public struct Model: LinearRegressor, Codable, Equatable {
    let weights: LinearWeights
    /// How much the weights were held back.
    public let regularization: Double
    /// The share of the penalty that was on absolute values.
    public let l1Ratio: Double
    /// How many rounds over the features it took.
    public let iterations: Int
    /// The most that the minimised value can be above its minimum.
    public let dualGap: Double
    /// Whether it arrived within the rounds it was given; if not, the weights are rough.
    public let hasConverged: Bool
    /// How many samples it has learned from.
    public let sampleCount: Int

    init(
      _ samples: CentredSamples, _ found: CoordinateDescent.Solution, regularization: Double, l1Ratio: Double,
      sampleCount: Int
    ) {
      weights = samples.weights(found.weights)
      self.regularization = regularization
      self.l1Ratio = l1Ratio
      iterations = found.rounds
      dualGap = found.gap / Double(sampleCount)
      hasConverged = found.hasConverged
      self.sampleCount = sampleCount
    }

    public var coefficients: [Double] { weights.coefficients }
    public var intercept: Double { weights.intercept }
    public static let title = "Elastic net"
    public var facts: [String] {
      let used = coefficients.count { $0 != 0 }
      return [
        "\(used) of \(coefficients.count) weights are not zero, regularization \(FrameNumberFormat.texts([regularization])[0])",
        "\(sampleCount) samples, " + (hasConverged ? "settled" : "not settled") + " after \(iterations) rounds",
      ]
    }
  }
}
