import MartletFrames
import MartletNumerics

/// Groups samples that lie close together, whatever the group's shape, and leaves out those that lie alone.
///
/// A sample is in the core of a group when at least ``minimumSamples``, itself included, are within ``radius`` of it.
/// Core samples within the radius of each other are in one group; other samples within the radius of a core sample
/// belong to its group, and the rest is noise with label −1.
///
///     let iris = try Datasets.iris()
///     let model = try DBSCAN(radius: 0.5, minimumSamples: 5).fit(iris.matrix(except: "species"))
///     model.clusterSizes      // [49, 84]
///     model.noiseCount        // 17
///
/// The number of groups is found, not given; the radius decides. Where groups differ in density no radius suits all.
///
/// Reference: Ester, Kriegel, Sander and Xu (1996), A density-based algorithm for discovering clusters.
public struct DBSCAN: UnsupervisedEstimator {
  /// How far apart neighbours may be; above 0. (scikit-learn: `eps`)
  public var radius: Double
  /// How many samples within the radius make a core; at least 1. (scikit-learn: `min_samples`)
  public var minimumSamples: Int
  /// How far samples are from each other.
  public var metric: DistanceMetric
  /// How neighbours are found.
  public var algorithm: NeighborAlgorithm

  /// - Parameters:
  ///   - radius: in units of the features.
  ///   - minimumSamples: the more, the denser a group has to be.
  ///   - metric: how far samples are from each other.
  ///   - algorithm: how neighbours are found.
  public init(
    radius: Double = 0.5, minimumSamples: Int = 5, metric: DistanceMetric = .euclidean,
    algorithm: NeighborAlgorithm = .automatic
  ) {
    self.radius = radius
    self.minimumSamples = minimumSamples
    self.metric = metric
    self.algorithm = algorithm
  }

  /// How many samples' neighbours are held at a time.
  private static let batch = 4_096

  /// - Parameter x: shape `[n, d]`, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(n log n) neighbour searches by a tree, O(n² · d) without; memory does not grow with the radius.
  public func fit(_ x: Matrix) throws(FitError) -> Model { try fit(x, weights: nil) }

  /// The same with samples of which each counts as many as its weight when neighbours are counted: a sample of
  /// ``minimumSamples`` is the core of a group by itself.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(_ x: Matrix, weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.parameter(radius > 0 && radius.isFinite, "radius", "above 0 and finite", radius)
    try SampleChecks.parameter(minimumSamples > 0, "minimumSamples", "above 0", minimumSamples)
    try SampleChecks.features(x)
    try SampleChecks.weights(weights, count: x.shape[0])
    let index = try NeighborIndex(x, metric: metric, algorithm: algorithm)
    let isCore =
      weights.map { index.dense(within: radius, enough: Double(minimumSamples), weights: $0) }
      ?? index.dense(within: radius, enough: minimumSamples)
    let core = isCore.indices.filter { isCore[$0] }
    var labels = coreLabels(index, core, isCore)
    let others = isCore.indices.filter { !isCore[$0] }
    for (sample, neighbours) in zip(others, index.neighbours(within: radius, of: others[...], where: isCore)) {
      // Reached by several groups, a sample belongs to the one that was found first.
      labels[sample] = neighbours.map { labels[Int($0)] }.min() ?? -1
    }
    return Model(labels: labels, coreSamples: core, radius: radius)
  }

  /// The groups of core samples, numbered by their first samples.
  private func coreLabels(_ index: NeighborIndex, _ core: [Int], _ isCore: [Bool]) -> [Int] {
    var sets = DisjointSets(count: isCore.count)
    let progress = FitProgress.begin("core samples", of: core.count)
    for first in stride(from: 0, to: core.count, by: Self.batch) {
      let part = core[first..<min(first + Self.batch, core.count)]
      defer { progress?.advance(by: part.count) }
      for (sample, neighbours) in zip(part, index.neighbours(within: radius, of: part, where: isCore)) {
        for neighbour in neighbours where neighbour < sample { sets.unite(Int32(sample), neighbour) }
      }
    }
    var numbers: [Int32: Int] = [:]
    var labels = [Int](repeating: -1, count: isCore.count)
    for sample in core {
      let root = sets.root(Int32(sample))
      let number = numbers[root] ?? numbers.count
      numbers[root] = number
      labels[sample] = number
    }
    return labels
  }

  /// What `DBSCAN` has found.
  public struct Model: ClusterModel, Codable, Equatable {
    /// The group of each sample, numbered by their first core samples; −1 for noise.
    public let labels: [Int]
    /// The places of the samples in the cores of groups. (scikit-learn: `core_sample_indices_`)
    public let coreSamples: [Int]
    let radius: Double
    public var clusterCount: Int { (labels.max() ?? -1) + 1 }
    /// How many samples belong to no group.
    public var noiseCount: Int { labels.count { $0 < 0 } }
  }
}

extension DBSCAN.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let labels = try file.decode([Int].self, forKey: .labels)
    self.labels = labels
    try ModelChecks.fits(labels.allSatisfy { $0 >= -1 && $0 < labels.count }, file, .labels, "groups from 0, or -1")
    coreSamples = try ModelChecks.places(file, .coreSamples, below: labels.count)
    radius = try file.decode(Double.self, forKey: .radius)
  }
}

extension DBSCAN.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    var cores = [Int](repeating: 0, count: clusterCount)
    for sample in coreSamples where labels[sample] >= 0 { cores[labels[sample]] += 1 }
    let sizes = clusterSizes
    return ModelTable(
      title: "DBSCAN",
      facts: ["\(clusterCount) groups within \(radius) of \(labels.count) samples, \(noiseCount) of them noise"],
      header: ["group", "samples", "in the core"],
      rows: sizes.indices.map { ["\($0)", "\(sizes[$0])", "\(cores[$0])"] })
  }
}
