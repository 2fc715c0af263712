import MartletNumerics

/// Tells classes apart as ``SVC`` does, told how many samples may be near the border instead of what they cost there.
///
/// Of each pair of classes, at most the fraction ``marginShare`` of the samples is within the margin or on the wrong side, and
/// at least that fraction are support vectors. Minimises `½‖w‖² − νρ + (1/n) ∑ᵢ max(0, ρ − yᵢ(w · φ(xᵢ) + b))`; every border is
/// one that ``SVC`` finds, too, for some cost.
///
///     let iris = try Datasets.iris()
///     let (x, y) = (try iris.matrix(except: "species"), try iris["species", String.self].values())
///     let model = try NuSVC<String>(marginShare: 0.1).fit(x, y)
///     model.supportCounts      // [8, 11, 10]
///
/// A share is easier to choose than a cost; it cannot be more than twice the rarer class's share of a pair.
///
/// Reference: Schölkopf, Smola, Williamson and Bartlett (2000), New support vector algorithms. (scikit-learn: `NuSVC`)
public struct NuSVC<Label: Hashable & Sendable>: WeightedEstimator {
  public typealias Features = Matrix
  public typealias Target = [Label]
  public typealias Model = SVC<Label>.Model

  /// At most this fraction of the samples is within the margin, at least this fraction are support vectors: above 0, up to 1.
  /// (scikit-learn: `nu`)
  public var marginShare: Double
  /// How similar two samples are.
  public var kernel: Kernel
  /// How much the classes count: as if their samples had such weights. (scikit-learn: `class_weight`, which has no effect
  /// there)
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
  ///   - marginShare: above 0, up to 1.
  ///   - kernel: how similar two samples are.
  ///   - classWeights: how much the classes count.
  ///   - learnsProbabilities: needed for `predictProbabilities`; takes six times as long.
  ///   - tolerance: above 0.
  ///   - cacheMegabytes: at least 1.
  ///   - maximumIterations: at least 1.
  ///   - seed: of the folds for probabilities.
  public init(
    marginShare: Double = 0.5, kernel: Kernel = .rbf(), classWeights: ClassWeights<Label> = .equal,
    learnsProbabilities: Bool = false, tolerance: Double = 1e-3, cacheMegabytes: Int = 200,
    maximumIterations: Int? = nil, seed: UInt64 = 0
  ) {
    self.marginShare = marginShare
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
  ///   - weights: how much each sample counts: shares are of weights.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite`, or `parameter`, also for a share that
  ///   is too large for a pair of classes.
  /// - Complexity: O(n² · d) and more; memory for the cache.
  public func fit(_ x: Matrix, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter(marginShare > 0 && marginShare <= 1, "marginShare", "above 0, up to 1", marginShare)
    let solver = try VectorSolver(tolerance, cacheMegabytes, maximumIterations)
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    let counts = try classWeights.weights(of: y, and: weights)
    let coding = try SampleChecks.classes(y, counts)
    let costs = counts ?? y.map { _ in 1 }
    try checkShare(coding, costs)
    return try Model(
      x, kernel, coding, costs: costs, marginShare: marginShare, solver: solver,
      probabilitySeed: learnsProbabilities ? seed : nil)
  }

  /// Half the share is of each class of a pair, so neither may be smaller than that.
  private func checkShare(_ coding: LabelCoding<Label>, _ costs: [Double]) throws(FitError) {
    var sums = [Double](repeating: 0, count: coding.classes.count)
    for (code, cost) in zip(coding.codes, costs) { sums[code] += cost }
    for first in sums.indices where sums[first] > 0 {
      for second in sums.indices where second > first && sums[second] > 0 {
        let most = 2 * min(sums[first], sums[second]) / (sums[first] + sums[second])
        guard marginShare <= most else {
          throw FitError(
            .parameter,
            expected: "marginShare up to \(most), twice the rarer one's share of \(coding.classes[first]) and "
              + "\(coding.classes[second])", found: "\(marginShare)", advice: "Lower it, or weigh the classes.")
        }
      }
    }
  }
}
