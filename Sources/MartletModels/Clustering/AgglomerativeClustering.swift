import MartletFrames
import MartletNumerics

/// Groups samples by joining the two nearest groups again and again.
///
///     let iris = try Datasets.iris()
///     let model = try AgglomerativeClustering(clusters: 3).fit(iris.matrix(except: "species"))
///     model.clusterSizes      // [50, 64, 36]
///     model.linkage           // the whole tree, for a dendrogram
///
/// Nothing is drawn at random. Suited to some thousands of samples: memory grows with the square of their number, but
/// for `single`.
///
/// Reference: Ward (1963), Hierarchical grouping to optimize an objective function.
public struct AgglomerativeClustering: UnsupervisedEstimator {
  /// Where joining ends.
  public enum Stop: Sendable, Equatable, ExpressibleByIntegerLiteral {
    /// When so many groups are left. (scikit-learn: `n_clusters`)
    case count(Int)
    /// When the nearest two groups are farther apart than this. (scikit-learn: `distance_threshold`)
    case distance(Double)
    public init(integerLiteral count: Int) { self = .count(count) }
  }

  /// Where joining ends.
  public var clusters: Stop
  /// How far two groups are from each other. (scikit-learn: `linkage`)
  public var method: LinkageMethod
  /// How far two samples are from each other; `ward` needs `.euclidean`.
  public var metric: DistanceMetric

  /// - Parameters:
  ///   - clusters: a number, or `.distance(2.5)`.
  ///   - method: how far two groups are from each other.
  ///   - metric: how far two samples are from each other.
  public init(clusters: Stop = 2, method: LinkageMethod = .ward, metric: DistanceMetric = .euclidean) {
    self.clusters = clusters
    self.method = method
    self.metric = metric
  }

  /// - Parameter x: shape `[n, d]` with at least two samples, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(n² · d) time; O(n²) memory, but O(n) for `single`.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.features(x, atLeast: 2)
    switch clusters {
    case .count(let count):
      let most = x.shape[0]
      try SampleChecks.parameter((1...most).contains(count), "clusters", "from 1 to \(most)", count)
      let linkage = try Linkage(x, method: method, metric: metric)
      return Model(labels: linkage.labels(count: count), linkage: linkage, method: method)
    case .distance(let distance):
      try SampleChecks.parameter(distance >= 0, "clusters", "as a distance of at least 0", distance)
      let linkage = try Linkage(x, method: method, metric: metric)
      return Model(labels: linkage.labels(distance: distance), linkage: linkage, method: method)
    }
  }

  /// What `AgglomerativeClustering` has found.
  public struct Model: ClusterModel, Codable, Equatable {
    /// The group of each sample, numbered in the order of their first samples.
    public let labels: [Int]
    /// Every join, also those beyond where it ended.
    public let linkage: Linkage
    let method: LinkageMethod
    public var clusterCount: Int { (labels.max() ?? -1) + 1 }
  }
}

extension AgglomerativeClustering.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    linkage = try file.decode(Linkage.self, forKey: .linkage)
    labels = try ModelChecks.places(file, .labels, count: linkage.sampleCount, below: linkage.sampleCount)
    method = try file.decode(LinkageMethod.self, forKey: .method)
  }
}

extension AgglomerativeClustering.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let last = linkage.merges.suffix(10).reversed()
    let distances = FrameNumberFormat.texts(last.map(\.distance))
    return ModelTable(
      title: "Agglomerative clustering",
      facts: [
        "\(clusterCount) groups of \(labels.count) samples by \(method.rawValue) linkage: "
          + clusterSizes.prefix(20).map(String.init).joined(separator: ", ")
      ],
      header: ["joins to", "samples", "distance"],
      rows: last.enumerated().map { ["\($0.offset + 1)", "\($0.element.size)", distances[$0.offset]] })
  }
}
