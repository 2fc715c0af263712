import MartletFrames
import MartletNumerics

/// Predicts a number by a curve that misses little and is small, in the space of a kernel.
///
/// Minimises `∑ᵢ vᵢ (yᵢ − w · φ(xᵢ))² + α‖w‖²` with the samples' weights `v`: its answers are sums of similarities to all
/// samples, `∑ᵢ aᵢ k(xᵢ, x)` with `(K + α V⁻¹) a = y`. There is no intercept: take the targets' mean away where it is not zero.
///
///     let x = Matrix.linspace(0, 6, count: 61).reshaped(-1, 1)
///     let y = sin(x).scalars
///     let model = try KernelRidge(regularization: 0.01, kernel: .rbf(gamma: 1)).fit(x, y)
///     try model.score(x, y) > 0.9999      // true
///
/// Of ``SVR`` it differs in what a miss costs: it is fitted in one step, quickly for some thousand samples, and keeps all of them.
/// ``GaussianProcessRegressor`` says how sure it is, too.
///
/// Reference: Murphy (2012), Machine learning: a probabilistic perspective, section 14.4.3. (scikit-learn: `KernelRidge`)
public struct KernelRidge: WeightedEstimator {
  public typealias Features = Matrix
  public typealias Target = [Double]

  /// How much the curve is held back; above 0. (scikit-learn: `alpha`)
  public var regularization: Double
  /// How similar two samples are; `gamma` is `.auto`, one over the number of features, where it is left open.
  public var kernel: Kernel

  /// - Parameters:
  ///   - regularization: above 0.
  ///   - kernel: how similar two samples are.
  public init(regularization: Double = 1, kernel: Kernel = .linear) {
    self.regularization = regularization
    self.kernel = kernel
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite; `[n, n]` for a precomputed kernel.
  ///   - y: `n` targets, every one finite.
  ///   - weights: how much each sample counts.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, `parameter`, or `notConverged` for similarities that no
  ///   curve has, such as those of `.sigmoid`.
  /// - Complexity: O(n³) time, O(n²) memory.
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter(
      regularization > 0 && regularization.isFinite, "regularization", "above 0", regularization)
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.finite(y, "target", width: 1)
    try SampleChecks.weights(weights, count: y.count)
    let fitted = try kernel.fitted(x)
    let fitting = try fitted.whileFitting(x)
    var similar = try fitting.kernel.similarities(fitting.x, fitting.x)
    // With the roots of the weights on both sides, a sample of weight 0 needs no division by it.
    let roots = Matrix(weights?.map { $0.squareRoot() } ?? y.map { _ in 1 })
    if weights != nil { similar = similar * roots * roots.reshaped(-1, 1) }
    let raised = similar + Matrix.eye(y.count) * regularization
    let targets = Matrix(y) * roots
    let coefficients = try SampleChecks.algebra("the curve's equations") { () throws(LinearAlgebraError) in
      try raised.solvePositiveDefinite(targets)
    }
    return Model(
      expansion: VectorExpansion(x, fitted, coefficients: (coefficients * roots).scalars, intercept: 0))
  }

  /// What `KernelRidge` has learned.
  public struct Model: Regressor, Codable, Equatable {
    let expansion: VectorExpansion
    /// Where among the samples of fitting those are that count.
    public var sampleIndices: [Int] { expansion.indices }
    /// What each of them counts. (scikit-learn: `dual_coef_`)
    public var dualCoefficients: [Double] { expansion.coefficients }

    /// - Parameter x: shape `[m, d]` with the `d` features of fitting; for a precomputed kernel the similarities to all
    ///   samples of fitting.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predict(_ x: Matrix) throws(FitError) -> [Double] { try expansion.values(x) }
  }
}

extension KernelRidge.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    ModelTable(
      title: "Kernel ridge regression", facts: ["\(target ?? "target"), \(expansion.kernel.text)"],
      header: ["part", "value"], rows: [["samples that count", "\(sampleIndices.count)"]])
  }
}
