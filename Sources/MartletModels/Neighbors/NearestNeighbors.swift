import MartletFrames
import MartletNumerics

/// Finds the samples that are most like others.
///
///     let x = try Datasets.iris().matrix(except: "species")
///     let model = try NearestNeighbors().fit(x)
///     let (places, distances) = try model.neighbors(of: x[0..<1, .all], count: 3)
///     places          // [[0, 17, 4]]: the first flower itself, and the two most like it
///     distances       // [[0.0, 0.1, 0.14142135623730964]]
///
/// Of equally near samples those that come first are taken.
public struct NearestNeighbors: UnsupervisedEstimator {
  /// How far samples are from each other.
  public var metric: DistanceMetric
  /// How the nearest are found; it changes the time, not the answer.
  public var algorithm: NeighborAlgorithm

  /// - Parameters:
  ///   - metric: how far samples are from each other.
  ///   - algorithm: how the nearest are found.
  public init(metric: DistanceMetric = .euclidean, algorithm: NeighborAlgorithm = .automatic) {
    self.metric = metric
    self.algorithm = algorithm
  }

  /// - Parameter x: shape `[n, d]`, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(n · d · log n) for a tree, nothing without.
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.features(x)
    return Model(index: try NeighborIndex(x, metric: metric, algorithm: algorithm), algorithm: algorithm)
  }

  /// Samples that can be asked which of them are near others.
  public struct Model: Sendable {
    let index: NeighborIndex
    let algorithm: NeighborAlgorithm
    /// The samples that are asked: shape `[samples, features]`.
    public var samples: Matrix { index.samples }
    /// How far samples are from each other.
    public var metric: DistanceMetric { index.metric }

    /// The nearest samples of each query, nearest first.
    ///
    /// - Parameters:
    ///   - queries: shape `[m, d]` with the `d` features of fitting.
    ///   - count: how many; from 1 to the number of samples.
    /// - Returns: places in ``samples`` and distances, shape `[m, count]` each.
    /// - Throws: ``FitError`` of kind `shape`, `notFinite` or `parameter`.
    public func neighbors(of queries: Matrix, count: Int) throws(FitError) -> (places: Tensor<Int>, distances: Matrix) {
      try SampleChecks.features(queries, count: samples.shape[1])
      try SampleChecks.parameter((1...index.count).contains(count), "count", "from 1 to \(index.count)", count)
      let found = index.nearest(queries, count)
      let shape = [queries.shape[0], count]
      return (Tensor(found.places, shape: shape), Matrix(found.distances, shape: shape))
    }

    /// The nearest other samples of each of the samples themselves, nearest first.
    ///
    /// - Parameter count: how many; from 1 to the number of samples less one.
    /// - Throws: ``FitError`` of kind `parameter`.
    public func neighborsOfSamples(count: Int) throws(FitError) -> (places: Tensor<Int>, distances: Matrix) {
      try SampleChecks.parameter(
        count > 0 && count < index.count, "count", "from 1 to \(index.count - 1)", count)
      let found = index.nearest(samples, count, withoutSelf: true)
      let shape = [index.count, count]
      return (Tensor(found.places, shape: shape), Matrix(found.distances, shape: shape))
    }

    /// The samples within a distance of each query, in the order of their places.
    ///
    /// - Parameter radius: at least 0, in units of the metric.
    /// - Throws: ``FitError`` of kind `shape`, `notFinite` or `parameter`.
    public func neighbors(
      of queries: Matrix, within radius: Double
    ) throws(FitError) -> [(places: [Int], distances: [Double])] {
      try SampleChecks.features(queries, count: samples.shape[1])
      try SampleChecks.parameter(radius >= 0, "radius", "of at least 0", radius)
      return index.within(radius, of: queries).map { ($0.places.map(Int.init), $0.distances) }
    }

    /// Every sample's distance from its `count`-th nearest other one, in ascending order: where the curve bends is a
    /// good radius for ``DBSCAN``.
    /// - Throws: ``FitError`` of kind `parameter`.
    public func kDistances(_ count: Int) throws(FitError) -> [Double] {
      try neighborsOfSamples(count: count).distances[.all, -1].scalars.sorted()
    }
  }
}

extension NearestNeighbors.Model: Codable {
  private enum CodingKeys: String, CodingKey { case samples, metric, algorithm }

  /// Writes the samples; what speeds up searches is built again when they are read.
  public func encode(to encoder: any Encoder) throws {
    var file = encoder.container(keyedBy: CodingKeys.self)
    try file.encode(samples, forKey: .samples)
    try file.encode(metric, forKey: .metric)
    try file.encode(algorithm, forKey: .algorithm)
  }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let samples = try ModelChecks.matrix(file, .samples)
    let metric = try file.decode(DistanceMetric.self, forKey: .metric)
    algorithm = try file.decode(NeighborAlgorithm.self, forKey: .algorithm)
    do {
      index = try NeighborIndex(samples, metric: metric, algorithm: algorithm)
    } catch {
      throw DecodingError.dataCorruptedError(forKey: .metric, in: file, debugDescription: error.description)
    }
  }
}

extension NearestNeighbors.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    ModelTable(
      title: "Nearest neighbours", facts: ["\(samples.shape[0]) samples of \(samples.shape[1]) features"],
      header: ["choice", "value"], rows: [["metric", "\(metric)"], ["algorithm", "\(algorithm)"]])
  }
}
