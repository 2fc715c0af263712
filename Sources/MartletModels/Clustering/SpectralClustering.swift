import MartletFrames
import MartletNumerics

/// Groups samples that hang together, whatever the group's shape, by the vibrations of the network of their similarities.
///
/// Of the normalised similarities `D^−½ A D^−½` (without each sample's own) as many eigenvectors as clusters are kept,
/// largest first, each sample's row of them is divided by the root of its degree, and ``KMeans`` groups the rows.
///
///     let model = try SpectralClustering(clusters: 2, affinity: .nearestNeighbors(10), seed: 0).fit(moons)
///
/// Reference: von Luxburg (2007), A tutorial on spectral clustering; Shi and Malik (2000), Normalized cuts and image
/// segmentation. (scikit-learn: `SpectralClustering`)
public struct SpectralClustering: UnsupervisedEstimator {
  /// How similar samples are.
  public enum Affinity: Sendable, Equatable {
    /// `exp(−γ ‖a − b‖²)`.
    case rbf(gamma: Double)
    /// 1 where each is among the other's nearest, itself counted, ½ where one is.
    case nearestNeighbors(Int)
    /// The features of a sample are its similarities to all: shape `[n, n]`, symmetric, at least 0.
    case precomputed
  }

  /// How many groups; at least 1. (scikit-learn: `n_clusters`)
  public var clusters: Int
  /// How similar samples are.
  public var affinity: Affinity
  /// Fixes where k-means starts; up to 2³² − 1.
  public var seed: UInt64?

  /// - Parameters:
  ///   - clusters: from 1 to the number of samples.
  ///   - affinity: how similar samples are.
  ///   - seed: fixes where k-means starts.
  public init(clusters: Int = 8, affinity: Affinity = .rbf(gamma: 1), seed: UInt64? = nil) {
    self.clusters = clusters
    self.affinity = affinity
    self.seed = seed
  }

  /// - Parameter x: shape `[n, d]` with at least as many samples as clusters, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, `parameter` or `notConverged`.
  /// - Complexity: O(n³) time, O(n²) memory.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.parameter(clusters > 0, "clusters", "above 0", clusters)
    try SampleChecks.features(x, atLeast: clusters)
    var similar = try similarities(x)
    let count = x.shape[0]
    for sample in 0..<count { similar[sample, sample] = 0 }
    // A sample that is like no other has a degree of its own.
    let roots = similar.sum(axis: 1).map { $0 > 0 ? $0.squareRoot() : 1 }
    let normalized = similar / roots / roots.reshaped(-1, 1)
    let eigen = try SampleChecks.algebra("the eigenvectors of the similarities") { () throws(LinearAlgebraError) in
      try normalized.symmetricEigen()
    }
    let largest = eigen.vectors.transposed().reversed(axis: 0)[0..<clusters, .all]
    let embedding = (ComponentSigns.settled(largest / roots)).transposed().compacted()
    let groups = try KMeans(clusters: clusters, restarts: 10, seed: seed).fit(embedding)
    return Model(
      labels: groups.labels, embedding: embedding, eigenvalues: eigen.values.reversed().prefix(clusters).map { 1 - $0 })
  }

  private func similarities(_ x: Matrix) throws(FitError) -> Matrix {
    switch affinity {
    case .rbf(let gamma):
      try SampleChecks.parameter(gamma > 0 && gamma.isFinite, "gamma", "above 0", gamma)
      return exp(SquaredDistances.between(x, x) * -gamma)
    case .nearestNeighbors(let wanted):
      let most = x.shape[0]
      try SampleChecks.parameter((2...max(most, 2)).contains(wanted), "neighbours", "from 2 to \(most)", wanted)
      let near = try NearestNeighbors().fit(x).neighbors(of: x, count: min(wanted, most)).places
      var graph = Matrix.zeros(most, most)
      for sample in 0..<most { for place in 0..<near.shape[1] { graph[sample, near[sample, place]] = 1 } }
      return (graph + graph.transposed()) * 0.5
    case .precomputed:
      let transposed = x.rank == 2 && x.shape[0] == x.shape[1] ? x.transposed() : x
      guard x.shape[0] == x.shape[1], x.min() >= 0, x.isClose(to: transposed) else {
        throw FitError(
          .shape, expected: "symmetric similarities of at least 0, shape [n, n]", found: "shape \(x.shape)",
          advice: "Give each pair's similarity, the same both ways.")
      }
      return x.compacted()
    }
  }

  /// What `SpectralClustering` has found.
  public struct Model: ClusterModel, Codable, Equatable {
    public let labels: [Int]
    /// Where k-means has seen the samples: shape `[n, clusters]`.
    public let embedding: Matrix
    /// The smallest eigenvalues of the normalised Laplacian, from 0 for each part that hangs together; a gap after the
    /// `k`-th speaks for `k` groups.
    public let eigenvalues: [Double]
    public var clusterCount: Int { (labels.max() ?? -1) + 1 }
  }
}

extension SpectralClustering.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    embedding = try ModelChecks.matrix(file, .embedding)
    labels = try ModelChecks.places(file, .labels, count: embedding.shape[0], below: embedding.shape[0])
    eigenvalues = try ModelChecks.numbers(file, .eigenvalues)
  }
}

extension SpectralClustering.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let (sizes, values) = (clusterSizes, FrameNumberFormat.texts(eigenvalues))
    return ModelTable(
      title: "Spectral clustering", facts: ["\(clusterCount) groups of \(labels.count) samples"],
      header: ["group", "samples", "eigenvalue"],
      rows: sizes.indices.map { ["\($0)", "\(sizes[$0])", values.indices.contains($0) ? values[$0] : ""] })
  }
}
