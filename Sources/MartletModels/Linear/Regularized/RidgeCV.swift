import MartletNumerics

/// ``Ridge`` with the regularization that predicts left-out samples best.
///
/// Every sample is left out in turn, at no more cost than one decomposition: with `X = USVᵀ`, the error for sample `i` is
/// its residual over `1 − hᵢ`, where `hᵢ = ∑ⱼ Uᵢⱼ² sⱼ² / (sⱼ² + α)` is how much the sample pulls its own prediction.
///
///     let patients = try Datasets.diabetes()
///     let model = try RidgeCV(regularizations: [0.001, 0.01, 0.1, 1]).fit(patients, target: "progression")
///     model.regularization          // 0.01
///
/// Reference: Golub, Heath and Wahba (1979), Generalized cross-validation as a method for choosing a good ridge parameter.
public struct RidgeCV: WeightedEstimator {
  /// What is tried; each above 0. (scikit-learn: `alphas`)
  public var regularizations: [Double]
  /// Whether the prediction for features of zero is learned, too, or fixed at zero. (scikit-learn: `fit_intercept`)
  public var fitsIntercept: Bool

  /// - Parameters:
  ///   - regularizations: at least one, each above 0.
  ///   - fitsIntercept: `false` forces the line through the origin.
  public init(regularizations: [Double] = [0.1, 1, 10], fitsIntercept: Bool = true) {
    self.regularizations = regularizations
    self.fitsIntercept = fitsIntercept
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` targets, every one finite.
  ///   - weights: how much each sample counts; all the same by default.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, `parameter` or `notConverged`.
  /// - Complexity: O(n · d · min(n, d)) time, and O(n · min(n, d)) for each value that is tried.
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try LeftOutErrors.check(regularizations)
    let samples = try CentredSamples(x, y, weights: weights, fitsIntercept: fitsIntercept)
    let leftOut = try LeftOutErrors(samples, weights: weights, fitsIntercept: fitsIntercept)
    let (best, errors) = leftOut.best(of: regularizations)
    let model = try Ridge(regularization: best, fitsIntercept: fitsIntercept).fit(x, y, weights: weights)
    return Model(base: model, regularizations: regularizations, errors: errors)
  }

  /// What `RidgeCV` has learned.
  public struct Model: LinearRegressor, Codable, Equatable {
    let base: Ridge.Model
    /// What was tried.
    public let regularizations: [Double]
    /// The mean squared error over samples that were left out, for each of ``regularizations``.
    public let errors: [Double]

    /// The regularization with the smallest error.
    public var regularization: Double { base.regularization }
    public var coefficients: [Double] { base.coefficients }
    public var intercept: Double { base.intercept }
    public static let title = "Ridge regression, regularization by leaving one out"
    public var facts: [String] { base.facts }
  }
}
