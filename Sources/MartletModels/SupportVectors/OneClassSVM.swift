import MartletFrames
import MartletNumerics

/// Learns where samples lie, so that others which lie elsewhere are noticed.
///
/// Separates the samples from the origin in the space of a kernel, leaving at most the fraction ``outlierFraction`` on
/// the wrong side.
///
///     let x = try StandardScaler().fit(train).transform(train)
///     let model = try OneClassSVM(outlierFraction: 0.1, kernel: .rbf(gamma: 0.01)).fit(x)
///     try model.isAnomaly(x)      // true for about a tenth
///
/// Reference: Schölkopf and others (2001), Estimating the support of a high-dimensional distribution.
public struct OneClassSVM: UnsupervisedEstimator {
  /// At most this fraction of the samples is outside, and at least this fraction are support vectors: above 0, up to 1.
  /// (scikit-learn: `nu`)
  public var outlierFraction: Double
  /// How similar two samples are.
  public var kernel: Kernel
  /// It has settled when no pair of samples violates the conditions of the minimum by more. (scikit-learn: `tol`)
  public var tolerance: Double
  /// Memory for rows of similarities, in megabytes.
  public var cacheMegabytes: Int
  /// The most steps; by default 100 for each sample and at least ten million.
  public var maximumIterations: Int?

  /// - Parameters:
  ///   - outlierFraction: above 0, up to 1.
  ///   - kernel: how similar two samples are.
  ///   - tolerance: above 0.
  ///   - cacheMegabytes: at least 1.
  ///   - maximumIterations: at least 1.
  public init(
    outlierFraction: Double = 0.5, kernel: Kernel = .rbf(), tolerance: Double = 1e-3, cacheMegabytes: Int = 200,
    maximumIterations: Int? = nil
  ) {
    self.outlierFraction = outlierFraction
    self.kernel = kernel
    self.tolerance = tolerance
    self.cacheMegabytes = cacheMegabytes
    self.maximumIterations = maximumIterations
  }

  /// - Parameter x: shape `[n, d]`, every value finite; `[n, n]` for a precomputed kernel.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(n² · d) and more; memory for the cache.
  public func fit(_ x: Matrix) throws(FitError) -> Model { try fit(x, weights: nil) }

  /// The same with samples of which each counts as much as its weight: ``outlierFraction`` is a share of the weights.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(_ x: Matrix, weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter(
      outlierFraction > 0 && outlierFraction <= 1, "outlierFraction", "above 0, up to 1", outlierFraction)
    let solver = try VectorSolver(tolerance, cacheMegabytes, maximumIterations)
    try SampleChecks.features(x)
    try SampleChecks.weights(weights, count: x.shape[0])
    let fitted = try kernel.fitted(x)
    let limits = weights ?? [Double](repeating: 1, count: x.shape[0])
    // The multipliers sum to this fraction of the weights from the start, and keep doing so.
    let start = VectorSolver.filled(limits, to: outlierFraction * limits.reduce(0, +))
    let solution = solver.solve(
      try fitted.rows(x), signs: start.map { _ in 1 }, linear: start.map { _ in 0 }, limits: limits, start: start)
    return Model(
      expansion: VectorExpansion(x, fitted, coefficients: solution.multipliers, intercept: solution.intercept),
      iterations: solution.steps, hasConverged: solution.hasConverged)
  }

  /// What `OneClassSVM` has learned.
  public struct Model: AnomalyModel, Codable, Equatable {
    let expansion: VectorExpansion
    /// How many steps it took.
    public let iterations: Int
    /// Whether it settled within the steps it was given.
    public let hasConverged: Bool
    /// Where among the samples of fitting the support vectors are.
    public var supportIndices: [Int] { expansion.indices }
    /// What each support vector counts.
    public var dualCoefficients: [Double] { expansion.coefficients }
    /// What is added to the weighted similarities; negative.
    public var intercept: Double { expansion.intercept }
    /// Samples on the wrong side are anomalies.
    public var threshold: Double { 0 }

    /// How far each sample is on the samples' side: positive within, negative outside.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func scores(_ x: Matrix) throws(FitError) -> [Double] { try expansion.values(x) }
  }
}

extension OneClassSVM.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    ModelTable(
      title: "One-class support vectors",
      facts: [
        expansion.kernel.text,
        (hasConverged ? "settled after \(iterations) steps" : "not settled after \(iterations) steps"),
      ],
      header: ["part", "value"],
      rows: [["support vectors", "\(supportIndices.count)"], ["intercept", FrameNumberFormat.texts([intercept])[0]]])
  }
}
