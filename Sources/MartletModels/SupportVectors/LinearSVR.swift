import MartletNumerics

/// Predicts a number as a weighted sum of the features, ignoring small misses; for many more samples than ``SVR`` can take.
///
/// Minimises `½(‖w‖² + b²) + C ∑ᵢ vᵢ max(0, |yᵢ − w · xᵢ − b| − ε)`, or with the misses squared, where `vᵢ` is how much a sample
/// counts. It is the dual that is solved, one sample at a time, until what is still to gain is small.
///
///     let x = Matrix([[0], [1], [2], [3], [4], [5]])
///     let y = [1.0, 3, 5, 7, 40, 11]                // 2x + 1, but for one
///     let model = try LinearSVR(inverseRegularization: 100).fit(x, y)
///     try model.predict(Matrix([[10]]))             // [21.0000…]
///
/// Errors count by their size, not by their square: few wild targets do not matter. Scale features of different units first.
///
/// Reference: Ho and Lin (2012), Large-scale linear support vector regression. (scikit-learn: `LinearSVR`)
public struct LinearSVR: WeightedEstimator {
  public typealias Features = Matrix
  public typealias Target = [Double]

  /// What a miss beyond the margin costs.
  public enum Loss: String, Sendable, Codable {
    /// Its size.
    case epsilonInsensitive
    /// Its square.
    case squaredEpsilonInsensitive
  }

  /// How much a miss costs; above 0. (scikit-learn: `C`)
  public var inverseRegularization: Double
  /// Misses up to this cost nothing; at least 0, in units of the target. (scikit-learn: `epsilon`)
  public var margin: Double
  /// What a miss beyond the margin costs.
  public var loss: Loss
  /// Whether the prediction for features of zero is learned, too, or fixed at zero; it is held back like a weight.
  /// (scikit-learn: `fit_intercept`)
  public var fitsIntercept: Bool
  /// It has arrived when what is still to gain is this fraction of what no weights at all would cost.
  public var tolerance: Double
  /// The most rounds over the samples. (scikit-learn: `max_iter`)
  public var maximumIterations: Int
  /// Of the order of the samples, which changes the way and not the end.
  public var seed: UInt64

  /// - Parameters:
  ///   - inverseRegularization: above 0.
  ///   - margin: at least 0.
  ///   - loss: what a miss beyond the margin costs.
  ///   - fitsIntercept: `false` forces the line through the origin.
  ///   - tolerance: above 0.
  ///   - maximumIterations: at least 1.
  ///   - seed: of the order of the samples.
  public init(
    inverseRegularization: Double = 1, margin: Double = 0, loss: Loss = .epsilonInsensitive,
    fitsIntercept: Bool = true, tolerance: Double = 1e-8, maximumIterations: Int = 10_000, seed: UInt64 = 0
  ) {
    self.inverseRegularization = inverseRegularization
    self.margin = margin
    self.loss = loss
    self.fitsIntercept = fitsIntercept
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
    self.seed = seed
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` targets, every one finite.
  ///   - weights: how much each sample counts.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(n · d) a round.
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    return try learn(x, y, weights)
  }

  /// What both kinds of samples share, which have been checked.
  private func learn<Samples: LinearSamples>(
    _ x: Samples, _ y: [Double], _ weights: [Double]?
  ) throws(FitError) -> Model {
    try SampleChecks.parameter(
      inverseRegularization > 0 && inverseRegularization.isFinite, "inverseRegularization", "above 0 and finite",
      inverseRegularization)
    try SampleChecks.parameter(margin >= 0 && margin.isFinite, "margin", "of at least 0", margin)
    try SampleChecks.parameter(tolerance > 0, "tolerance", "above 0", tolerance)
    try SampleChecks.parameter(maximumIterations > 0, "maximumIterations", "above 0", maximumIterations)
    try SampleChecks.finite(y, "target", width: 1)
    try SampleChecks.weights(weights, count: y.count)
    var descent = DualCoordinateDescent(
      targets: y, costs: y.indices.map { inverseRegularization * (weights?[$0] ?? 1) }, margin: margin,
      squaresMisses: loss == .squaredEpsilonInsensitive, fitsIntercept: fitsIntercept, width: x.shape[1], seed: seed)
    let rounds = descent.solve(x, tolerance: tolerance, maximumRounds: maximumIterations)
    return Model(
      weights: LinearWeights(coefficients: descent.weights, intercept: descent.intercept), iterations: rounds,
      hasConverged: descent.gap <= tolerance, sampleCount: y.count)
  }

  /// What `LinearSVR` has learned: `y = intercept + ∑ coefficient · feature`.
  public struct Model: LinearRegressor, Codable, Equatable {
    let weights: LinearWeights
    /// How many rounds over the samples it took.
    public let iterations: Int
    /// Whether it arrived within the rounds it was given; if not, the weights are rough.
    public let hasConverged: Bool
    /// How many samples it has learned from.
    public let sampleCount: Int

    public var coefficients: [Double] { weights.coefficients }
    public var intercept: Double { weights.intercept }
    public static let title = "Linear support vector regression"
    public var facts: [String] {
      ["\(sampleCount) samples, " + (hasConverged ? "settled" : "not settled") + " after \(iterations) rounds"]
    }
  }
}

extension LinearSVR: SparseEstimator {
  /// - Parameters:
  ///   - x: sparse, `[n, d]`, every value finite.
  ///   - y: `n` targets, every one finite.
  ///   - weights: how much each sample counts.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(stored) a round.
  public func fit(_ x: SparseMatrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    return try learn(x, y, weights)
  }
}

extension LinearSVR.Model: SparsePredictor {
  /// - Parameter x: sparse, with the features of fitting.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func predict(_ x: SparseMatrix) throws(FitError) -> [Double] {
    try SampleChecks.features(x, count: coefficients.count)
    return (x • Matrix(coefficients) + intercept).scalars
  }
}
