import MartletNumerics

/// Linear regression that chooses its features: weights that do not earn their keep are exactly zero.
///
/// Minimises `‖y − Xw − b‖² / 2n + α‖w‖₁`, where `α` is ``regularization``; the intercept is not held back. Of features that
/// say the same it takes one; ``ElasticNet`` keeps them together.
///
///     let patients = try Datasets.diabetes()
///     let model = try Lasso(regularization: 0.1).fit(patients, target: "progression")
///     try model.score(patients)                // 0.50883943...
///     model.coefficients.count { $0 != 0 }     // 7
///
/// Features of different sizes are held back differently: scale them with ``StandardScaler`` first. ``LassoCV`` chooses
/// `α`.
///
/// Reference: Tibshirani (1996), Regression shrinkage and selection via the lasso.
public struct Lasso: WeightedEstimator {
  public typealias Model = ElasticNet.Model

  private var net: ElasticNet

  /// How much weights are held back; at least 0. (scikit-learn: `alpha`)
  public var regularization: Double {
    get { net.regularization }
    set { net.regularization = newValue }
  }

  /// - Parameters:
  ///   - regularization: at least 0; with 0, ``LinearRegression`` is faster and more exact. (scikit-learn: `alpha`)
  ///   - fitsIntercept: `false` forces the line through the origin.
  ///   - isPositive: `true` for weights of at least 0.
  ///   - tolerance: it has arrived when what is still to gain is this fraction of the targets' squares; above 0.
  ///   - maximumIterations: the most rounds over the features; at least 1.
  public init(
    regularization: Double = 1, fitsIntercept: Bool = true, isPositive: Bool = false, tolerance: Double = 1e-6,
    maximumIterations: Int = 10_000
  ) {
    net = ElasticNet(
      regularization: regularization, l1Ratio: 1, fitsIntercept: fitsIntercept, isPositive: isPositive,
      tolerance: tolerance, maximumIterations: maximumIterations)
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` targets, every one finite.
  ///   - weights: how much each sample counts; all the same by default.
  /// - Returns: a model with `d` coefficients.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(n · d) a round, and less while most weights are zero.
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try net.fit(x, y, weights: weights)
  }
}
