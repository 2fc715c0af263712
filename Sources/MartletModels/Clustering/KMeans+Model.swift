import MartletFrames
import MartletNumerics

extension KMeans {
  /// What `KMeans` has learned.
  public struct Model: Predictor, ClusterModel, Codable, Equatable {
    /// Where the groups are, one a row: shape `[clusters, features]`.
    public let centres: Matrix
    /// The group of each sample of fitting.
    public let labels: [Int]
    /// The sum of the samples' (weighted) squared distances from their centres, in squared units of the features.
    public let inertia: Double
    /// How many iterations the best start took.
    public let iterations: Int
    /// Whether it settled within the iterations it was given.
    public let hasConverged: Bool
    /// The centres before each iteration; empty unless they were to be kept.
    public let centreHistory: [Matrix]

    init(
      centres: Matrix, labels: [Int], inertia: Double, iterations: Int, hasConverged: Bool,
      centreHistory: [Matrix] = []
    ) {
      self.centres = centres
      self.labels = labels
      self.inertia = inertia
      self.iterations = iterations
      self.hasConverged = hasConverged
      self.centreHistory = centreHistory
    }

    public var clusterCount: Int { centres.shape[0] }

    /// The nearest centre of each sample.
    /// - Parameter x: shape `[n, d]` with the `d` features of fitting.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predict(_ x: Matrix) throws(FitError) -> [Int] {
      try SampleChecks.features(x, count: centres.shape[1])
      if x.shape[0] == 0 { return [] }
      let table = CentreTable(centres.scalars, count: clusterCount, width: centres.shape[1])
      return ClusterSamples(x, weights: nil).nearest(table).map(Int.init)
    }

    /// The distance of each sample from every centre, shape `[n, clusters]`: features for another method.
    /// (scikit-learn: `transform`)
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func distances(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: centres.shape[1])
      return sqrt(DistanceBlocks.squared(x, centres))
    }
  }
}

extension KMeans.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    centres = try ModelChecks.matrix(file, .centres)
    labels = try ModelChecks.places(file, .labels, below: centres.shape[0])
    inertia = try file.decode(Double.self, forKey: .inertia)
    iterations = try file.decode(Int.self, forKey: .iterations)
    hasConverged = try file.decode(Bool.self, forKey: .hasConverged)
    centreHistory = try file.decode([Matrix].self, forKey: .centreHistory)
    try ModelChecks.fits(
      centreHistory.allSatisfy { [shape = centres.shape] in $0.shape == shape }, file, .centreHistory,
      "centres of shape \(centres.shape)")
  }
}

extension KMeans.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let names = features ?? (0..<centres.shape[1]).map { "feature \($0)" }
    let columns = (0..<centres.shape[1]).map { FrameNumberFormat.texts(centres.column($0).scalars) }
    let sizes = clusterSizes
    let state = hasConverged ? "settled" : "not settled"
    return ModelTable(
      title: "k-means",
      facts: [
        "\(clusterCount) centres of \(labels.count) samples, \(state) after \(iterations) iterations, "
          + "inertia \(FrameNumberFormat.texts([inertia])[0])"
      ],
      header: ["cluster", "samples"] + names,
      rows: sizes.indices.map { cluster in ["\(cluster)", "\(sizes[cluster])"] + columns.map { $0[cluster] } })
  }
}
