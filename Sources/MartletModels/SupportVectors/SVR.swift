import MartletFrames
import MartletNumerics

/// Predicts a number by a curve that ignores small misses and is as flat as that allows, in the space of a kernel.
///
/// Minimises `½‖w‖² + C ∑ᵢ max(0, |yᵢ − w · φ(xᵢ) − b| − ε)`.
///
///     let x = Matrix.linspace(0, 6, count: 61).reshaped(-1, 1)
///     let y = sin(x).scalars
///     let model = try SVR(inverseRegularization: 100, margin: 0.01, kernel: .rbf(gamma: 1)).fit(x, y)
///     try model.score(x, y) > 0.999      // true
///
/// Scale features of different units, and targets of large size, first.
///
/// Reference: Smola and Schölkopf (2004), A tutorial on support vector regression.
public struct SVR: WeightedEstimator {
  /// How much a miss costs; above 0. (scikit-learn: `C`)
  public var inverseRegularization: Double
  /// Misses up to this cost nothing; at least 0, in units of the target. (scikit-learn: `epsilon`)
  public var margin: Double
  /// How similar two samples are.
  public var kernel: Kernel
  /// It has settled when no pair of samples violates the conditions of the minimum by more. (scikit-learn: `tol`)
  public var tolerance: Double
  /// Memory for rows of similarities, in megabytes.
  public var cacheMegabytes: Int
  /// The most steps; by default 100 for each sample and at least ten million.
  public var maximumIterations: Int?

  /// - Parameters:
  ///   - inverseRegularization: above 0.
  ///   - margin: at least 0.
  ///   - kernel: how similar two samples are.
  ///   - tolerance: above 0.
  ///   - cacheMegabytes: at least 1.
  ///   - maximumIterations: at least 1.
  public init(
    inverseRegularization: Double = 1, margin: Double = 0.1, kernel: Kernel = .rbf(), tolerance: Double = 1e-3,
    cacheMegabytes: Int = 200, maximumIterations: Int? = nil
  ) {
    self.inverseRegularization = inverseRegularization
    self.margin = margin
    self.kernel = kernel
    self.tolerance = tolerance
    self.cacheMegabytes = cacheMegabytes
    self.maximumIterations = maximumIterations
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite; `[n, n]` for a precomputed kernel.
  ///   - y: `n` targets, every one finite.
  ///   - weights: how much each sample counts.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(n² · d) and more; memory for the cache.
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter(margin >= 0 && margin.isFinite, "margin", "of at least 0", margin)
    let problem = try RegressionProblem(x, y, weights, kernel, inverseRegularization)
    let solver = try VectorSolver(tolerance, cacheMegabytes, maximumIterations)
    // The first half of the variables pulls up, the second down.
    let solution = solver.solve(
      try problem.kernel.rows(x), signs: y.map { _ in 1 } + y.map { _ in -1 },
      linear: y.map { margin - $0 } + y.map { margin + $0 }, limits: problem.limits + problem.limits)
    return Model(x, problem.kernel, solution)
  }

  /// What `SVR` has learned.
  public struct Model: Regressor, Codable, Equatable {
    let expansion: VectorExpansion
    /// How many steps it took.
    public let iterations: Int
    /// Whether it settled within the steps it was given.
    public let hasConverged: Bool

    /// - Parameter solution: multipliers of misses above, then below.
    init(_ x: Matrix, _ kernel: FittedKernel, _ solution: SequentialMinimalOptimization.Solution) {
      let (count, multipliers) = (x.shape[0], solution.multipliers)
      let coefficients = (0..<count).map { multipliers[$0] - multipliers[count + $0] }
      expansion = VectorExpansion(x, kernel, coefficients: coefficients, intercept: solution.intercept)
      (iterations, hasConverged) = (solution.steps, solution.hasConverged)
    }

    /// Where among the samples of fitting the support vectors are.
    public var supportIndices: [Int] { expansion.indices }
    /// The support vectors, one a row; without features for a precomputed kernel.
    public var supportVectors: Matrix { expansion.vectors }
    /// What each support vector counts.
    public var dualCoefficients: [Double] { expansion.coefficients }
    /// What is added to the weighted similarities.
    public var intercept: Double { expansion.intercept }

    /// - Parameter x: shape `[m, d]` with the `d` features of fitting; for a precomputed kernel the similarities to all
    ///   samples of fitting.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predict(_ x: Matrix) throws(FitError) -> [Double] { try expansion.values(x) }
  }
}

/// What every support vector regression asks of its samples, and what each may cost.
struct RegressionProblem {
  let kernel: FittedKernel
  let limits: [Double]

  init(
    _ x: Matrix, _ y: [Double], _ weights: [Double]?, _ kernel: Kernel, _ inverseRegularization: Double
  ) throws(FitError) {
    try SampleChecks.parameter(
      inverseRegularization > 0 && inverseRegularization.isFinite, "inverseRegularization", "above 0 and finite",
      inverseRegularization)
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.finite(y, "target", width: 1)
    try SampleChecks.weights(weights, count: y.count)
    self.kernel = try kernel.fitted(x)
    limits = y.indices.map { inverseRegularization * (weights?[$0] ?? 1) }
  }
}

extension SVR.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    ModelTable(
      title: "Support vector regression",
      facts: [
        "\(target ?? "target"), \(expansion.kernel.text)",
        (hasConverged ? "settled after \(iterations) steps" : "not settled after \(iterations) steps"),
      ],
      header: ["part", "value"],
      rows: [["support vectors", "\(supportIndices.count)"], ["intercept", FrameNumberFormat.texts([intercept])[0]]])
  }
}
