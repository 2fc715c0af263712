import MartletFrames
import MartletNumerics

/// Predicts the mean target of the samples most like the one asked for.
///
///     let x = Matrix([[0], [1], [2], [3]])
///     let model = try KNeighborsRegressor(neighbors: 2).fit(x, [0, 0, 1, 1])
///     try model.predict(Matrix([[1.5]]))      // [0.5]
///
/// It cannot predict beyond the targets that it has seen.
public struct KNeighborsRegressor: SupervisedEstimator {
  /// How many neighbours are averaged; from 1 to the number of samples. (scikit-learn: `n_neighbors`)
  public var neighbors: Int
  /// How much each counts. (scikit-learn: `weights`)
  public var weights: NeighborWeights
  /// How far samples are from each other.
  public var metric: DistanceMetric
  /// How neighbours are found; it changes the time, not the answer.
  public var algorithm: NeighborAlgorithm

  /// - Parameters:
  ///   - neighbors: how many are averaged.
  ///   - weights: how much each counts.
  ///   - metric: how far samples are from each other.
  ///   - algorithm: how neighbours are found.
  public init(
    neighbors: Int = 5, weights: NeighborWeights = .uniform, metric: DistanceMetric = .euclidean,
    algorithm: NeighborAlgorithm = .automatic
  ) {
    self.neighbors = neighbors
    self.weights = weights
    self.metric = metric
    self.algorithm = algorithm
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` targets, every one finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(_ x: Matrix, _ y: [Double]) throws(FitError) -> Model {
    try SampleChecks.parameter(neighbors > 0, "neighbors", "above 0", neighbors)
    try SampleChecks.features(x, atLeast: neighbors)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.finite(y, "target", width: 1)
    return Model(
      targets: y, neighbors: neighbors, weights: weights,
      index: try NearestNeighbors(metric: metric, algorithm: algorithm).fit(x))
  }

  /// What `KNeighborsRegressor` has learned: the samples.
  public struct Model: Regressor, Codable {
    let targets: [Double]
    /// How many neighbours are averaged.
    public let neighbors: Int
    let weights: NeighborWeights
    /// The samples, to be asked for the neighbours themselves.
    public let index: NearestNeighbors.Model

    /// - Parameter x: shape `[m, d]` with the `d` features of fitting.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predict(_ x: Matrix) throws(FitError) -> [Double] {
      let (places, distances) = try index.neighbors(of: x, count: neighbors)
      let (found, far) = (places.scalars, distances.scalars)
      return (0..<x.shape[0]).map { sample in
        let range = sample * neighbors..<(sample + 1) * neighbors
        return weights.mean(found[range], far[range], targets)
      }
    }
  }
}

extension KNeighborsRegressor.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    index = try file.decode(NearestNeighbors.Model.self, forKey: .index)
    let count = index.samples.shape[0]
    targets = try ModelChecks.numbers(file, .targets, count: count)
    neighbors = try file.decode(Int.self, forKey: .neighbors)
    try ModelChecks.fits((1...count).contains(neighbors), file, .neighbors, "1 to \(count) neighbours")
    weights = try file.decode(NeighborWeights.self, forKey: .weights)
  }
}

extension KNeighborsRegressor.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let texts = FrameNumberFormat.texts([targets.min() ?? 0, mean(targets), targets.max() ?? 0])
    return ModelTable(
      title: "Nearest neighbours",
      facts: ["the mean of \(neighbors) of \(targets.count) samples, \(weights.rawValue) weights"],
      header: [target ?? "target", "value"], rows: [["least", texts[0]], ["mean", texts[1]], ["largest", texts[2]]])
  }
}
