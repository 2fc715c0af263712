import MartletFrames
import MartletNumerics

/// Linear regression that holds its weights back, all of them a little.
///
/// Minimises `‖y − Xw − b‖² + α‖w‖²`, where `α` is ``regularization``; the intercept is not held back. Among features that
/// say the same, the weight is shared.
///
///     let patients = try Datasets.diabetes()
///     let model = try Ridge().fit(patients, target: "progression")
///     try model.score(patients)       // 0.45123062746...
///
/// Features of different sizes are held back differently: scale them with ``StandardScaler`` first. ``Lasso`` sets weights
/// to zero; ``RidgeCV`` chooses `α`.
///
/// Solved by a Cholesky decomposition of the smaller of `XᵀX + αI` and `XXᵀ + αI`.
///
/// Reference: Hoerl and Kennard (1970), Ridge regression: biased estimation for nonorthogonal problems.
public struct Ridge: WeightedEstimator {
  /// How much weights are held back; at least 0, in squared units of the features. (scikit-learn: `alpha`)
  public var regularization: Double
  /// Whether the prediction for features of zero is learned, too, or fixed at zero. (scikit-learn: `fit_intercept`)
  public var fitsIntercept: Bool

  /// - Parameters:
  ///   - regularization: at least 0; 0 is ``LinearRegression``.
  ///   - fitsIntercept: `false` forces the line through the origin.
  public init(regularization: Double = 1, fitsIntercept: Bool = true) {
    self.regularization = regularization
    self.fitsIntercept = fitsIntercept
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` targets, every one finite.
  ///   - weights: how much each sample counts; all the same by default.
  /// - Returns: a model with `d` coefficients.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, `parameter` or `notConverged`.
  /// - Complexity: O(n · d · min(n, d)) time, O(n · d) memory.
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter(
      regularization >= 0 && regularization.isFinite, "regularization", "of at least 0", regularization)
    let samples = try CentredSamples(x, y, weights: weights, fitsIntercept: fitsIntercept)
    let coefficients = try solve(samples).scalars
    return Model(weights: samples.weights(coefficients), regularization: regularization, sampleCount: y.count)
  }

  /// The coefficients: shape `[d]`, or `[d, k]` for several targets.
  func solve(_ samples: CentredSamples) throws(FitError) -> Matrix {
    let (x, y) = (samples.x, samples.y)
    do {
      if regularization == 0 { return try x.leastSquares(y).solution }
      let transposed = x.transposed()
      if x.shape[0] >= x.shape[1] {
        return try ridged(transposed • x).solvePositiveDefinite(transposed • y)
      }
      return try transposed • ridged(x • transposed).solvePositiveDefinite(y)
    } catch {
      throw FitError(
        .notConverged, expected: "features that `regularization` keeps independent", found: error.description,
        advice: "Scale the features, for example with StandardScaler, or raise regularization.")
    }
  }

  private func ridged(_ products: Matrix) -> Matrix { products + regularization * Matrix.eye(products.shape[0]) }

  /// What `Ridge` has learned: `y = intercept + ∑ coefficient · feature`.
  public struct Model: LinearRegressor, Codable, Equatable {
    let weights: LinearWeights
    /// How much the weights were held back.
    public let regularization: Double
    /// How many samples it has learned from.
    public let sampleCount: Int

    public var coefficients: [Double] { weights.coefficients }
    public var intercept: Double { weights.intercept }
    public static let title = "Ridge regression"
    public var facts: [String] {
      ["\(sampleCount) samples, regularization \(FrameNumberFormat.texts([regularization])[0])"]
    }
  }
}
