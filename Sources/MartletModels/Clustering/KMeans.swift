import MartletNumerics

/// Groups samples around `clusters` centres so that the squared distance within groups is small.
///
/// Minimises `∑ᵢ min_k ‖xᵢ − c_k‖²` by Lloyd's iterations, and keeps the best of ``restarts`` runs. The result depends
/// on ``seed``, never on the number of threads; the same seed starts where scikit-learn's `random_state` does.
///
///     let iris = try Datasets.iris()
///     let model = try KMeans(clusters: 3, seed: 0).fit(iris.matrix(except: "species"))
///     model.inertia           // 78.85566582597724, in squared units of the features
///     model.clusterSizes      // [61, 50, 39]
///
/// Suited to round groups of similar size; ``DBSCAN`` finds groups of any shape, ``GaussianMixture`` long ones. Scale
/// features of different units first.
///
/// Reference: Arthur and Vassilvitskii (2007), k-means++: the advantages of careful seeding.
public struct KMeans: UnsupervisedEstimator {
  /// How many centres to place; from 1 to the number of samples. (scikit-learn: `n_clusters`)
  public var clusters: Int
  /// Where the centres begin. (scikit-learn: `init`)
  public var start: CentreStart
  /// How many starts are tried; by default 1, but 10 for random ones. (scikit-learn: `n_init`)
  public var restarts: Int?
  /// The most iterations of each start. (scikit-learn: `max_iter`)
  public var maximumIterations: Int
  /// A start has settled when the squared moves of its centres sum to at most this fraction of a feature's mean
  /// variance. (scikit-learn: `tol`)
  public var tolerance: Double
  /// From 0 to 2³² − 1; without one every fit starts elsewhere. (scikit-learn: `random_state`)
  public var seed: UInt64?
  /// Whether the model keeps where the centres were before each iteration.
  public var keepsHistory: Bool

  /// - Parameters:
  ///   - clusters: how many centres to place.
  ///   - start: where they begin.
  ///   - restarts: how many starts are tried.
  ///   - maximumIterations: at least 1.
  ///   - tolerance: at least 0.
  ///   - seed: for the same result every time.
  ///   - keepsHistory: `true` to show the iterations one by one.
  public init(
    clusters: Int = 8, start: CentreStart = .kMeansPlusPlus, restarts: Int? = nil, maximumIterations: Int = 300,
    tolerance: Double = 1e-4, seed: UInt64? = nil, keepsHistory: Bool = false
  ) {
    self.clusters = clusters
    self.start = start
    self.restarts = restarts
    self.maximumIterations = maximumIterations
    self.tolerance = tolerance
    self.seed = seed
    self.keepsHistory = keepsHistory
  }

  /// - Parameter x: shape `[n, d]` with at least as many samples as clusters, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(n · d · clusters) for the first iteration of each start, and less for every later one;
  ///   O(n + clusters · d) memory.
  public func fit(_ x: Matrix) throws(FitError) -> Model { try fit(x, weights: nil) }

  /// The same with samples of which each counts as much as its weight.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(_ x: Matrix, weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter(clusters > 0, "clusters", "above 0", clusters)
    try SampleChecks.parameter(maximumIterations > 0, "maximumIterations", "above 0", maximumIterations)
    try SampleChecks.parameter(tolerance >= 0, "tolerance", "of at least 0", tolerance)
    try SampleChecks.parameter(restarts ?? 1 > 0, "restarts", "above 0", restarts ?? 1)
    try SampleChecks.features(x, atLeast: clusters)
    try SampleChecks.weights(weights, count: x.shape[0])
    try checkStart(x)
    var random = try SeededStart.generator(seed)
    return try fit(x, weights: weights, &random)
  }

  /// The same once everything is checked, with a stream of random numbers that others use before and after.
  func fit(_ x: Matrix, weights: [Double]?, _ random: inout MT19937) throws(FitError) -> Model {
    let samples = ClusterSamples(x, weights: weights)
    let limit = tolerance * x.variance(axis: 0).mean()
    var best: (inertia: Double, run: LloydIterations)?
    let progress = FitProgress.begin("iterations", of: startCount * maximumIterations)
    for _ in 0..<startCount {
      let centres = start.centres(clusters, of: samples, &random)
      var run = LloydIterations(samples, from: centres, clusters: clusters)
      run.run(maximum: maximumIterations, tolerance: limit, keepsHistory: keepsHistory) {
        progress?.advance()
      }
      // What a start has not needed is done, too.
      progress?.advance(by: maximumIterations - run.iterations)
      let inertia = samples.inertia(run.labels, run.centres)
      if inertia < best?.inertia ?? .infinity { best = (inertia, run) }
    }
    guard let best else {
      throw FitError(
        .notFinite, expected: "squared distances that a number can hold", found: "larger ones",
        advice: "Scale the features, for example with StandardScaler.")
    }
    let shape = [clusters, x.shape[1]]
    return Model(
      centres: Matrix(best.run.centres, shape: shape), labels: best.run.labels.map(Int.init), inertia: best.inertia,
      iterations: best.run.iterations, hasConverged: best.run.hasConverged,
      centreHistory: best.run.history.map { Matrix($0, shape: shape) })
  }

  private var startCount: Int {
    switch start {
    case .given: 1
    case .random: restarts ?? 10
    case .kMeansPlusPlus: restarts ?? 1
    }
  }

  private func checkStart(_ x: Matrix) throws(FitError) {
    guard case .given(let centres) = start else { return }
    guard centres.shape == [clusters, x.shape[1]] else {
      throw FitError(
        .shape, expected: "given centres of shape [\(clusters), \(x.shape[1])]", found: "shape \(centres.shape)",
        advice: "Give one row for each cluster, with the samples' features.")
    }
    try SampleChecks.finite(centres.scalars, "value", width: x.shape[1])
  }
}
