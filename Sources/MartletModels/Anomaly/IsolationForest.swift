import MartletFrames
import MartletNumerics

/// Notices samples that random cuts soon set apart from all others.
///
/// The score is `−2^(−mean depth / expected depth)`, from −1 for a sample that is cut off at once to near 0.
///
///     let model = try IsolationForest(seed: 0).fit(x)
///     try model.scores(x).min()        // the most unusual sample's
///     try model.isAnomaly(x)
///
/// Needs no distances, so features need no scaling; takes as much time for many samples as for some.
///
/// Reference: Liu, Ting and Zhou (2008), Isolation forest.
public struct IsolationForest: UnsupervisedEstimator {
  /// How many trees; at least 1. (scikit-learn: `n_estimators`)
  public var trees: Int
  /// How many samples each tree is grown from; at least 2, cut to the number of samples. (scikit-learn: `max_samples`)
  public var samplesPerTree: Int
  /// Which share of the samples is taken for anomalies; `.auto` is a score below −0.5.
  public var contamination: Contamination
  /// For the same trees every time.
  public var seed: UInt64?

  /// - Parameters:
  ///   - trees: how many trees.
  ///   - samplesPerTree: how many samples each tree is grown from.
  ///   - contamination: which share of the samples is taken for anomalies.
  ///   - seed: for the same trees every time.
  public init(
    trees: Int = 100, samplesPerTree: Int = 256, contamination: Contamination = .auto, seed: UInt64? = nil
  ) {
    self.trees = trees
    self.samplesPerTree = samplesPerTree
    self.contamination = contamination
    self.seed = seed
  }

  /// - Parameter x: shape `[n, d]` with at least two samples, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(trees · samplesPerTree · d · log samplesPerTree).
  public func fit(_ x: Matrix) throws(FitError) -> Model { try fit(x, weights: nil) }

  /// The same with samples of which each is as likely to be drawn as its weight says; those of weight 0 never are.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(_ x: Matrix, weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter((1...100_000).contains(trees), "trees", "from 1 to 100000", trees)
    try SampleChecks.parameter(samplesPerTree > 1, "samplesPerTree", "above 1", samplesPerTree)
    try contamination.check()
    try SampleChecks.features(x, atLeast: 2)
    try SampleChecks.weights(weights, count: x.shape[0])
    let (count, width, scalars, shares) = (x.shape[0], x.shape[1], x.scalars, DrawShares.of(weights))
    let drawable = shares?.count { $0 > 0 } ?? count
    guard drawable > 1 else {
      throw FitError(
        .tooFewSamples, expected: "at least two samples with a weight above 0", found: "one",
        advice: "Give more samples a weight.")
    }
    let size = min(samplesPerTree, drawable)
    let limit = Int(log2(Double(size)).rounded(.up))
    let streams = PCG64.streams(seed: seed ?? Random.nextSeed(), count: trees)
    let progress = FitProgress.begin("trees", of: trees)
    let grown = Parallel.mapRanges(trees, length: 1) { range in
      defer { progress?.advance() }
      var random = streams[range.lowerBound]
      let rows = random.choice(size, of: count, withReplacement: false, weights: shares)
      return IsolationTree(scalars, width: width, rows: rows, limit: limit, &random)
    }
    let forest = Model(trees: grown, samplesPerTree: size, featureCount: width, threshold: -0.5)
    guard case .fraction = contamination else { return forest }
    return Model(
      trees: grown, samplesPerTree: size, featureCount: width,
      threshold: contamination.threshold(try forest.scores(x), auto: -0.5))
  }

  /// What `IsolationForest` has learned.
  public struct Model: AnomalyModel, Codable, Equatable {
    let trees: [IsolationTree]
    /// How many samples each tree was grown from.
    public let samplesPerTree: Int
    let featureCount: Int
    public let threshold: Double

    /// From −1 for the most unusual samples to near 0. (scikit-learn: `score_samples`)
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func scores(_ x: Matrix) throws(FitError) -> [Double] {
      try SampleChecks.features(x, count: featureCount)
      let scalars = x.scalars
      let scale = Double(trees.count) * IsolationTree.expectedDepth(samplesPerTree)
      let parts = Parallel.mapRanges(x.shape[0], length: 512) { range in
        scalars.withUnsafeBufferPointer { samples in
          range.map { sample in
            // Not empty: there is a sample in the range.
            let row = samples.baseAddress! + sample * featureCount
            return -exp2(-trees.reduce(0.0) { $0 + $1.depth(row) } / scale)
          }
        }
      }
      return parts.flatMap { $0 }
    }
  }
}

extension IsolationForest.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let width = try file.decode(Int.self, forKey: .featureCount)
    featureCount = width
    trees = try file.decode([IsolationTree].self, forKey: .trees)
    try ModelChecks.fits(
      !trees.isEmpty && trees.allSatisfy { $0.isSound(width: width) }, file, .trees, "trees of \(width) features")
    samplesPerTree = try file.decode(Int.self, forKey: .samplesPerTree)
    try ModelChecks.fits(
      (2...Int(Int32.max)).contains(samplesPerTree), file, .samplesPerTree, "from two to \(Int32.max) samples")
    threshold = try file.decode(Double.self, forKey: .threshold)
  }
}

extension IsolationForest.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    ModelTable(
      title: "Isolation forest", facts: ["\(trees.count) trees of \(samplesPerTree) samples, \(featureCount) features"],
      header: ["part", "value"], rows: [["anomalies have scores below", FrameNumberFormat.texts([threshold])[0]]])
  }
}
