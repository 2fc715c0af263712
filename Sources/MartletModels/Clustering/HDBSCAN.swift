import MartletFrames
import MartletNumerics

/// Finds groups of any shape and any density, and says how surely each sample belongs to its own.
///
/// Samples are joined by mutual reachability, `max(core(a), core(b), d(a, b))` with the core distance within which a sample has
/// ``minimumSamples``; cutting ever shorter joins lets groups shrink, split and vanish. Of a group and the parts it splits
/// into, the one that lasts longer stays: the excess of mass, `∑ (λ − λ_birth)` over its samples with `λ = 1 / distance`.
///
///     let model = try HDBSCAN(minimumClusterSize: 10).fit(x)
///     model.labels             // −1 for noise
///     model.probabilities      // 1 in the middle of a group, 0 for noise
///
/// Unlike ``DBSCAN`` it needs no radius. ``OPTICS`` shows all radii at once.
///
/// Reference: Campello, Moulavi and Sander (2013), Density-based clustering based on hierarchical density estimates.
/// (scikit-learn: `HDBSCAN`)
public struct HDBSCAN: UnsupervisedEstimator {
  /// A group has at least so many samples; at least 2. (scikit-learn: `min_cluster_size`)
  public var minimumClusterSize: Int
  /// How many samples, itself included, make a sample a core; by default as many as make a group. (scikit-learn:
  /// `min_samples`)
  public var minimumSamples: Int?
  /// How far samples are from each other.
  public var metric: DistanceMetric
  /// Whether all samples may be one group. (scikit-learn: `allow_single_cluster`)
  public var allowsSingleCluster: Bool

  /// - Parameters:
  ///   - minimumClusterSize: from 2 to the number of samples.
  ///   - minimumSamples: from 1 to the number of samples, or `nil`.
  ///   - metric: how far samples are from each other.
  ///   - allowsSingleCluster: whether all samples may be one group.
  public init(
    minimumClusterSize: Int = 5, minimumSamples: Int? = nil, metric: DistanceMetric = .euclidean,
    allowsSingleCluster: Bool = false
  ) {
    self.minimumClusterSize = minimumClusterSize
    self.minimumSamples = minimumSamples
    self.metric = metric
    self.allowsSingleCluster = allowsSingleCluster
  }

  /// - Parameter x: shape `[n, d]`, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(n² · d) time, O(n · d) memory.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.parameter(minimumClusterSize > 1, "minimumClusterSize", "of at least 2", minimumClusterSize)
    let enough = minimumSamples ?? minimumClusterSize
    try SampleChecks.parameter(enough > 0, "minimumSamples", "above 0", enough)
    try SampleChecks.features(x, atLeast: max(minimumClusterSize, enough, 2))
    let index = try NeighborIndex(x, metric: metric, algorithm: .automatic)
    let near = index.nearest(x, enough).distances
    let core = (0..<x.shape[0]).map { near[($0 + 1) * enough - 1] }
    let tree = CondensedTree(
      Linkage(joining: SpanningTree.edges(x, metric, cores: core), count: x.shape[0]), smallest: minimumClusterSize)
    let (labels, probabilities, stabilities) = tree.groups(allowsRoot: allowsSingleCluster)
    return Model(labels: labels, probabilities: probabilities, stabilities: stabilities)
  }

  /// What `HDBSCAN` has found.
  public struct Model: ClusterModel, Codable, Equatable {
    /// The group of each sample; −1 for noise.
    public let labels: [Int]
    /// How surely each sample belongs to its group, from 0 for noise to 1.
    public let probabilities: [Double]
    /// How long each group lasts: its excess of mass.
    public let stabilities: [Double]
    public var clusterCount: Int { stabilities.count }
    /// How many samples belong to no group.
    public var noiseCount: Int { labels.count { $0 < 0 } }
  }
}

extension HDBSCAN.Model: ModelSummary {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let stabilities = try file.decode([Double].self, forKey: .stabilities)
    self.stabilities = stabilities
    labels = try file.decode([Int].self, forKey: .labels)
    try ModelChecks.fits(
      labels.allSatisfy { $0 >= -1 && $0 < stabilities.count }, file, .labels,
      "groups below \(stabilities.count), or -1")
    probabilities = try ModelChecks.numbers(file, .probabilities, count: labels.count)
  }

  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let (sizes, lasting) = (clusterSizes, FrameNumberFormat.texts(stabilities))
    return ModelTable(
      title: "HDBSCAN", facts: ["\(clusterCount) groups of \(labels.count) samples, \(noiseCount) of them noise"],
      header: ["group", "samples", "stability"], rows: sizes.indices.map { ["\($0)", "\(sizes[$0])", lasting[$0]] })
  }
}
