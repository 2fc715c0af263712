import MartletFrames
import MartletNumerics

/// Predicts the mean of all samples within a distance.
///
///     let x = Matrix.linspace(0, 6, count: 61).reshaped(-1, 1)
///     let model = try RadiusNeighborsRegressor(radius: 0.25).fit(x, sin(x).scalars)
///     try model.predict(Matrix([[1.52]]))      // [0.98754826…]
///
/// (scikit-learn: `RadiusNeighborsRegressor`)
public struct RadiusNeighborsRegressor: SupervisedEstimator {
  /// Samples up to this far away count; at least 0, in units of the metric.
  public var radius: Double
  /// How much each counts. (scikit-learn: `weights`)
  public var weights: NeighborWeights
  /// How far samples are from each other.
  public var metric: DistanceMetric
  /// How neighbours are found; it changes the time, not the answer.
  public var algorithm: NeighborAlgorithm
  /// The prediction for a sample without neighbours; `nil` for an error. (scikit-learn predicts NaN there)
  public var outlierValue: Double?

  /// - Parameters:
  ///   - radius: at least 0.
  ///   - weights: how much each counts.
  ///   - metric: how far samples are from each other.
  ///   - algorithm: how neighbours are found.
  ///   - outlierValue: the prediction for a sample without neighbours, finite.
  public init(
    radius: Double = 1, weights: NeighborWeights = .uniform, metric: DistanceMetric = .euclidean,
    algorithm: NeighborAlgorithm = .automatic, outlierValue: Double? = nil
  ) {
    self.radius = radius
    self.weights = weights
    self.metric = metric
    self.algorithm = algorithm
    self.outlierValue = outlierValue
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` targets, every one finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(n · d · log n) for a tree, nothing without.
  public func fit(_ x: Matrix, _ y: [Double]) throws(FitError) -> Model {
    try SampleChecks.parameter(radius >= 0 && radius.isFinite, "radius", "of at least 0", radius)
    try SampleChecks.parameter(outlierValue?.isFinite ?? true, "outlierValue", "finite", outlierValue ?? 0)
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.finite(y, "target", width: 1)
    return Model(
      targets: y, radius: radius, weights: weights, outlierValue: outlierValue,
      index: try NearestNeighbors(metric: metric, algorithm: algorithm).fit(x))
  }

  /// What `RadiusNeighborsRegressor` has learned: the samples.
  public struct Model: Regressor, Codable {
    let targets: [Double]
    /// Samples up to this far away count.
    public let radius: Double
    let weights: NeighborWeights
    let outlierValue: Double?
    /// The samples, to be asked for the neighbours themselves.
    public let index: NearestNeighbors.Model

    /// - Parameter x: shape `[m, d]` with the `d` features of fitting.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`, and of kind `parameter` for a sample without neighbours.
    public func predict(_ x: Matrix) throws(FitError) -> [Double] {
      var predictions: [Double] = []
      for (sample, found) in try index.neighbors(of: x, within: radius).enumerated() {
        if found.places.isEmpty {
          guard let outlierValue else { throw .noNeighbours(sample, radius, "outlierValue") }
          predictions.append(outlierValue)
        } else {
          predictions.append(weights.mean(found.places[...], found.distances[...], targets))
        }
      }
      return predictions
    }

    enum CodingKeys: String, CodingKey { case targets, radius, weights, outlierValue, index }
  }
}

extension RadiusNeighborsRegressor.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    index = try file.decode(NearestNeighbors.Model.self, forKey: .index)
    targets = try ModelChecks.numbers(file, .targets, count: index.samples.shape[0])
    radius = try file.decode(Double.self, forKey: .radius)
    try ModelChecks.fits(radius >= 0 && radius.isFinite, file, .radius, "a radius of at least 0")
    weights = try file.decode(NeighborWeights.self, forKey: .weights)
    outlierValue = try file.decodeIfPresent(Double.self, forKey: .outlierValue)
    try ModelChecks.fits(outlierValue?.isFinite ?? true, file, .outlierValue, "a finite number")
  }
}

extension RadiusNeighborsRegressor.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    ModelTable(
      title: "Neighbours within a radius", facts: [target ?? "target"], header: ["choice", "value"],
      rows: [["radius", "\(radius)"], ["samples", "\(targets.count)"], ["weights", weights.rawValue]])
  }
}
