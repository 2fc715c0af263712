import MartletNumerics

/// Tells classes apart by the border that keeps the largest distance from both, in the space of a kernel.
///
/// For each pair of classes, minimises `½‖w‖² + C ∑ᵢ max(0, 1 − yᵢ(w · φ(xᵢ) + b))`; only samples at the border or on
/// its wrong side, the support vectors, count. A sample gets the class with the most votes of all pairs.
///
///     let digits = try Datasets.digits()
///     let (x, y) = (digits.features, digits.labels)
///     let model = try SVC<Int>(kernel: .rbf(gamma: 0.001)).fit(x[..<898, .all], Array(y[..<898]))
///     try model.score(x[898..., .all], Array(y[898...]))      // 0.9688542825361512
///
/// Scale features of different units first. Time grows faster than the square of the number of samples: beyond some
/// tens of thousands take ``LinearSVC``.
///
/// References: Cortes and Vapnik (1995), Support-vector networks; Chang and Lin (2011), LIBSVM.
public struct SVC<Label: Hashable & Sendable>: WeightedEstimator {
  /// How much a sample on the wrong side costs; above 0. The smaller, the smoother the border. (scikit-learn: `C`)
  public var inverseRegularization: Double
  /// How similar two samples are.
  public var kernel: Kernel
  /// How much the classes count. (scikit-learn: `class_weight`)
  public var classWeights: ClassWeights<Label>
  /// Whether probabilities are learned, too, by five-fold cross-validation. (scikit-learn: `probability`)
  public var learnsProbabilities: Bool
  /// It has settled when no pair of samples violates the conditions of the minimum by more. (scikit-learn: `tol`)
  public var tolerance: Double
  /// Memory for rows of similarities, in megabytes, for each pair of classes that is worked on. (scikit-learn:
  /// `cache_size`)
  public var cacheMegabytes: Int
  /// The most steps for each pair of classes; by default 100 for each sample and at least ten million.
  public var maximumIterations: Int?
  /// Of the folds for probabilities.
  public var seed: UInt64

  /// - Parameters:
  ///   - inverseRegularization: above 0.
  ///   - kernel: `.linear`, `.polynomial()`, `.rbf()`, `.sigmoid()`, `.precomputed` or `.function(…)`.
  ///   - classWeights: how much the classes count.
  ///   - learnsProbabilities: needed for `predictProbabilities`; takes six times as long.
  ///   - tolerance: above 0.
  ///   - cacheMegabytes: at least 1.
  ///   - maximumIterations: at least 1.
  ///   - seed: of the folds for probabilities.
  public init(
    inverseRegularization: Double = 1, kernel: Kernel = .rbf(), classWeights: ClassWeights<Label> = .equal,
    learnsProbabilities: Bool = false, tolerance: Double = 1e-3, cacheMegabytes: Int = 200,
    maximumIterations: Int? = nil, seed: UInt64 = 0
  ) {
    self.inverseRegularization = inverseRegularization
    self.kernel = kernel
    self.classWeights = classWeights
    self.learnsProbabilities = learnsProbabilities
    self.tolerance = tolerance
    self.cacheMegabytes = cacheMegabytes
    self.maximumIterations = maximumIterations
    self.seed = seed
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite; `[n, n]` for a precomputed kernel.
  ///   - y: `n` labels of at least two classes.
  ///   - weights: how much each sample counts.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite` or `parameter`.
  /// - Complexity: O(n² · d) and more; memory for the cache.
  public func fit(_ x: Matrix, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter(inverseRegularization > 0, "inverseRegularization", "above 0", inverseRegularization)
    let solver = try VectorSolver(tolerance, cacheMegabytes, maximumIterations)
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    let costs = try classWeights.weights(of: y, and: weights)
    let coding = try SampleChecks.classes(y, costs)
    let costsOfSamples = y.indices.map { inverseRegularization * (costs?[$0] ?? 1) }
    try SampleChecks.parameter(
      costsOfSamples.allSatisfy(\.isFinite), "inverseRegularization", "finite", inverseRegularization)
    return try Model(
      x, kernel, coding, costs: costsOfSamples, solver: solver, probabilitySeed: learnsProbabilities ? seed : nil)
  }
}
