import MartletFrames
import MartletNumerics

/// Gives a sample the commonest class among all samples within a distance.
///
///     let iris = try Datasets.iris()
///     let model = try RadiusNeighborsClassifier<String>(radius: 1).fit(iris, target: "species")
///     try model.score(iris)      // 0.9733333333333334
///
/// Unlike ``KNeighborsClassifier`` it asks many where samples are dense and few where they are rare; where there is nobody, it
/// says so, or answers with ``outlierLabel``. Scale features of different units first.
///
/// (scikit-learn: `RadiusNeighborsClassifier`)
public struct RadiusNeighborsClassifier<Label: Hashable & Sendable>: SupervisedEstimator {
  /// Samples up to this far away have a vote; at least 0, in units of the metric.
  public var radius: Double
  /// How much each counts. (scikit-learn: `weights`)
  public var weights: NeighborWeights
  /// How far samples are from each other.
  public var metric: DistanceMetric
  /// How neighbours are found; it changes the time, not the answer.
  public var algorithm: NeighborAlgorithm
  /// The class of a sample without neighbours, one of those learned; `nil` for an error. (scikit-learn: `outlier_label`)
  public var outlierLabel: Label?

  /// - Parameters:
  ///   - radius: at least 0.
  ///   - weights: how much each counts.
  ///   - metric: how far samples are from each other.
  ///   - algorithm: how neighbours are found.
  ///   - outlierLabel: the class of a sample without neighbours.
  public init(
    radius: Double = 1, weights: NeighborWeights = .uniform, metric: DistanceMetric = .euclidean,
    algorithm: NeighborAlgorithm = .automatic, outlierLabel: Label? = nil
  ) {
    self.radius = radius
    self.weights = weights
    self.metric = metric
    self.algorithm = algorithm
    self.outlierLabel = outlierLabel
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` labels of at least two classes.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite` or `parameter`.
  /// - Complexity: O(n · d · log n) for a tree, nothing without.
  public func fit(_ x: Matrix, _ y: [Label]) throws(FitError) -> Model {
    try SampleChecks.parameter(radius >= 0 && radius.isFinite, "radius", "of at least 0", radius)
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    let coding = try SampleChecks.classes(y, nil)
    let outlierCode = outlierLabel.flatMap { coding.classes.firstIndex(of: $0) }
    try SampleChecks.parameter(
      outlierLabel == nil || outlierCode != nil, "outlierLabel", "among the classes", "\(outlierLabel as Any)")
    return Model(
      classes: coding.classes, codes: coding.codes, radius: radius, weights: weights, outlierCode: outlierCode,
      index: try NearestNeighbors(metric: metric, algorithm: algorithm).fit(x))
  }

  /// What `RadiusNeighborsClassifier` has learned: the samples.
  public struct Model: Classifier {
    public let classes: [Label]
    let codes: [Int]
    /// Samples up to this far away have a vote.
    public let radius: Double
    let weights: NeighborWeights
    let outlierCode: Int?
    /// The samples, to be asked for the neighbours themselves.
    public let index: NearestNeighbors.Model

    /// - Parameter x: shape `[m, d]` with the `d` features of fitting.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`, and of kind `parameter` for a sample without neighbours.
    public func predict(_ x: Matrix) throws(FitError) -> [Label] {
      let probabilities = try predictProbabilities(x)
      return x.shape[0] == 0 ? [] : probabilities.argMax(axis: 1).scalars.map { classes[$0] }
    }

    /// Each class's share of the votes.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`, and of kind `parameter` for a sample without neighbours.
    public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
      let near = try index.neighbors(of: x, within: radius)
      var shares: [Double] = []
      shares.reserveCapacity(near.count * classes.count)
      for (sample, found) in near.enumerated() {
        if found.places.isEmpty {
          guard let outlierCode else { throw .noNeighbours(sample, radius, "outlierLabel") }
          shares += classes.indices.map { $0 == outlierCode ? 1 : 0 }
        } else {
          shares += weights.shares(found.places[...], found.distances[...], codes, classCount: classes.count)
        }
      }
      return Matrix(shares, shape: [near.count, classes.count])
    }

    enum CodingKeys: String, CodingKey { case classes, codes, radius, weights, outlierCode, index }
  }
}

extension FitError {
  static func noNeighbours(_ sample: Int, _ radius: Double, _ parameter: String) -> FitError {
    FitError(
      .parameter, expected: "a sample of fitting within \(radius) of every row", found: "none near row \(sample)",
      advice: "Raise the radius, or give \(parameter) for such rows.")
  }
}

extension RadiusNeighborsClassifier.Model: Encodable where Label: Encodable {}
extension RadiusNeighborsClassifier.Model: Decodable where Label: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    classes = try ModelChecks.classes(file, .classes)
    index = try file.decode(NearestNeighbors.Model.self, forKey: .index)
    codes = try ModelChecks.places(file, .codes, count: index.samples.shape[0], below: classes.count)
    radius = try file.decode(Double.self, forKey: .radius)
    try ModelChecks.fits(radius >= 0 && radius.isFinite, file, .radius, "a radius of at least 0")
    weights = try file.decode(NeighborWeights.self, forKey: .weights)
    outlierCode = try file.decodeIfPresent(Int.self, forKey: .outlierCode)
    try ModelChecks.fits(
      outlierCode.map(classes.indices.contains) ?? true, file, .outlierCode, "a place among \(classes.count) classes")
  }
}

extension RadiusNeighborsClassifier.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let counts = classes.indices.map { code in codes.count { $0 == code } }
    return ModelTable(
      title: "Neighbours within a radius",
      facts: ["those of \(codes.count) samples within \(radius) vote, \(weights.rawValue) weights"],
      header: [target ?? "class", "samples"], rows: classes.indices.map { ["\(classes[$0])", "\(counts[$0])"] })
  }
}
