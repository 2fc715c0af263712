import MartletFrames
import MartletNumerics

/// Notices samples that lie less densely than their own neighbours do.
///
/// A sample's factor is the mean density of its neighbours divided by its own; about 1 among samples of equal density,
/// larger for one that stands apart. Scores are the factors' negatives.
///
///     let model = try LocalOutlierFactor(neighbors: 20).fit(x)
///     model.sampleScores             // the samples of fitting, each without itself
///     try model.isAnomaly(others)    // new ones
///
/// Unlike one threshold on density, it also notices a sample that is near a dense group but not of it.
///
/// Reference: Breunig, Kriegel, Ng and Sander (2000), LOF: identifying density-based local outliers.
public struct LocalOutlierFactor: UnsupervisedEstimator {
  /// How many neighbours a sample is compared with; from 1 to the number of samples less one, and cut to that.
  /// (scikit-learn: `n_neighbors`)
  public var neighbors: Int
  /// Which share of the samples is taken for anomalies; `.auto` is a factor above 1.5.
  public var contamination: Contamination
  /// How far samples are from each other.
  public var metric: DistanceMetric
  /// How neighbours are found.
  public var algorithm: NeighborAlgorithm

  /// - Parameters:
  ///   - neighbors: how many neighbours a sample is compared with.
  ///   - contamination: which share of the samples is taken for anomalies.
  ///   - metric: how far samples are from each other.
  ///   - algorithm: how neighbours are found.
  public init(
    neighbors: Int = 20, contamination: Contamination = .auto, metric: DistanceMetric = .euclidean,
    algorithm: NeighborAlgorithm = .automatic
  ) {
    self.neighbors = neighbors
    self.contamination = contamination
    self.metric = metric
    self.algorithm = algorithm
  }

  /// - Parameter x: shape `[n, d]` with at least two samples, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: that of finding the neighbours of all samples.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.parameter(neighbors > 0, "neighbors", "above 0", neighbors)
    try contamination.check()
    try SampleChecks.features(x, atLeast: 2)
    let index = try NearestNeighbors(metric: metric, algorithm: algorithm).fit(x)
    let count = min(neighbors, x.shape[0] - 1)
    let found = index.index.nearest(x, count, withoutSelf: true)
    let reaches = (0..<x.shape[0]).map { found.distances[$0 * count + count - 1] }
    let densities = Model.densities(found, count: count, reaches: reaches)
    let scores = Model.scores(found.places, densities, of: densities, count: count)
    return Model(
      index: index, neighbors: count, reaches: reaches, densities: densities, sampleScores: scores,
      threshold: contamination.threshold(scores, auto: -1.5))
  }

  /// What `LocalOutlierFactor` has learned.
  public struct Model: AnomalyModel, Codable {
    /// The samples, to be asked for the neighbours themselves.
    public let index: NearestNeighbors.Model
    /// How many neighbours a sample is compared with.
    public let neighbors: Int
    let reaches: [Double]
    let densities: [Double]
    /// The negative factor of each sample of fitting. (scikit-learn: `negative_outlier_factor_`)
    public let sampleScores: [Double]
    public let threshold: Double

    /// Whether each sample of fitting is an anomaly among the others.
    public var anomalies: [Bool] { sampleScores.map { $0 < threshold } }

    /// The negative factor of new samples. For those of fitting ask ``sampleScores``: here they would be their own
    /// neighbours.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func scores(_ x: Matrix) throws(FitError) -> [Double] {
      let (places, distances) = try index.neighbors(of: x, count: neighbors)
      let found = (places: places.scalars, distances: distances.scalars)
      let own = Self.densities(found, count: neighbors, reaches: reaches)
      return Self.scores(found.places, densities, of: own, count: neighbors)
    }

    /// One over the mean distance at which samples are reached, never less than the neighbour's own reach.
    static func densities(
      _ found: (places: [Int], distances: [Double]), count: Int, reaches: [Double]
    ) -> [Double] {
      (0..<found.places.count / count).map { sample in
        let sum = (sample * count..<(sample + 1) * count).reduce(0.0) {
          $0 + max(found.distances[$1], reaches[found.places[$1]])
        }
        // Samples in one place would be infinitely dense.
        return 1 / (sum / Double(count) + 1e-10)
      }
    }

    static func scores(_ places: [Int], _ densities: [Double], of own: [Double], count: Int) -> [Double] {
      own.indices.map { sample in
        let sum = (sample * count..<(sample + 1) * count).reduce(0.0) { $0 + densities[places[$1]] }
        return -sum / Double(count) / own[sample]
      }
    }
  }
}

extension LocalOutlierFactor.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    index = try file.decode(NearestNeighbors.Model.self, forKey: .index)
    let count = index.samples.shape[0]
    neighbors = try file.decode(Int.self, forKey: .neighbors)
    try ModelChecks.fits((1...count).contains(neighbors), file, .neighbors, "1 to \(count) neighbours")
    reaches = try ModelChecks.numbers(file, .reaches, count: count)
    densities = try ModelChecks.numbers(file, .densities, count: count)
    sampleScores = try ModelChecks.numbers(file, .sampleScores, count: count)
    threshold = try file.decode(Double.self, forKey: .threshold)
  }
}

extension LocalOutlierFactor.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    AnomalySummary.table(
      "Local outlier factor", ["\(neighbors) neighbours of \(sampleScores.count) samples"], sampleScores, threshold)
  }
}

/// The samples that are least usual, as models of anomalies show them.
enum AnomalySummary {
  static func table(_ title: String, _ facts: [String], _ scores: [Double], _ threshold: Double) -> ModelTable {
    let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }.prefix(5)
    let texts = FrameNumberFormat.texts(order.map { scores[$0] })
    let count = scores.count { $0 < threshold }
    return ModelTable(
      title: title,
      facts: facts + ["\(count) anomalies, with scores below \(FrameNumberFormat.texts([threshold])[0])"],
      header: ["least usual sample", "score"], rows: zip(order, texts).map { ["\($0)", $1] })
  }
}
