import MartletNumerics

/// Predicts a number as ``SVR`` does, told how many samples may be missed instead of by how much.
///
/// At most the fraction ``marginShare`` of the samples is further from the curve than a margin, which is found along with it,
/// and at least that fraction are support vectors. Minimises `½‖w‖² + C(νnε + ∑ᵢ max(0, |yᵢ − w · φ(xᵢ) − b| − ε))`.
///
///     let x = Matrix.linspace(0, 6, count: 61).reshaped(-1, 1)
///     let y = sin(x).scalars
///     let model = try NuSVR(marginShare: 0.3, inverseRegularization: 100, kernel: .rbf(gamma: 1)).fit(x, y)
///     try model.score(x, y) > 0.999      // true
///
/// Reference: Schölkopf, Smola, Williamson and Bartlett (2000), New support vector algorithms. (scikit-learn: `NuSVR`)
public struct NuSVR: WeightedEstimator {
  public typealias Features = Matrix
  public typealias Target = [Double]
  public typealias Model = SVR.Model

  /// At most this fraction of the samples is missed by more than the margin, at least this fraction are support vectors: above
  /// 0, up to 1. (scikit-learn: `nu`)
  public var marginShare: Double
  /// How much a miss costs; above 0. (scikit-learn: `C`)
  public var inverseRegularization: Double
  /// How similar two samples are.
  public var kernel: Kernel
  /// It has settled when no pair of samples violates the conditions of the minimum by more. (scikit-learn: `tol`)
  public var tolerance: Double
  /// Memory for rows of similarities, in megabytes.
  public var cacheMegabytes: Int
  /// The most steps; by default 100 for each sample and at least ten million.
  public var maximumIterations: Int?

  /// - Parameters:
  ///   - marginShare: above 0, up to 1.
  ///   - inverseRegularization: above 0.
  ///   - kernel: how similar two samples are.
  ///   - tolerance: above 0.
  ///   - cacheMegabytes: at least 1.
  ///   - maximumIterations: at least 1.
  public init(
    marginShare: Double = 0.5, inverseRegularization: Double = 1, kernel: Kernel = .rbf(), tolerance: Double = 1e-3,
    cacheMegabytes: Int = 200, maximumIterations: Int? = nil
  ) {
    self.marginShare = marginShare
    self.inverseRegularization = inverseRegularization
    self.kernel = kernel
    self.tolerance = tolerance
    self.cacheMegabytes = cacheMegabytes
    self.maximumIterations = maximumIterations
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite; `[n, n]` for a precomputed kernel.
  ///   - y: `n` targets, every one finite.
  ///   - weights: how much each sample counts: the share is of weights.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(n² · d) and more; memory for the cache.
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter(marginShare > 0 && marginShare <= 1, "marginShare", "above 0, up to 1", marginShare)
    let problem = try RegressionProblem(x, y, weights, kernel, inverseRegularization)
    let solver = try VectorSolver(tolerance, cacheMegabytes, maximumIterations)
    // The multipliers of misses above sum to this, and those of misses below, too.
    let sum = marginShare * problem.limits.reduce(0, +) / 2
    let start = VectorSolver.filled(problem.limits, to: sum)
    let solution = solver.solveHalves(
      try problem.kernel.rows(x), linear: y.map { -$0 } + y, limits: problem.limits + problem.limits,
      start: start + start)
    return Model(x, problem.kernel, solution)
  }
}
