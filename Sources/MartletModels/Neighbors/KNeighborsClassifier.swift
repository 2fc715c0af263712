import MartletFrames
import MartletNumerics

/// Gives a sample the commonest class among the samples most like it.
///
///     let digits = try Datasets.digits()
///     let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(digits.features, digits.labels, testSize: 0.2, seed: 0)
///     let model = try KNeighborsClassifier<Int>(neighbors: 5).fit(xTrain, yTrain)
///     try model.score(xTest, yTest)      // 0.975
///
/// Nothing is learned but the samples themselves: fitting is quick, asking takes the longer the more there are. Scale
/// features of different units first. Of equally frequent classes the first is taken.
///
/// Reference: Cover and Hart (1967), Nearest neighbor pattern classification.
public struct KNeighborsClassifier<Label: Hashable & Sendable>: SupervisedEstimator {
  /// How many neighbours have a vote; from 1 to the number of samples. (scikit-learn: `n_neighbors`)
  public var neighbors: Int
  /// How much each counts. (scikit-learn: `weights`)
  public var weights: NeighborWeights
  /// How far samples are from each other.
  public var metric: DistanceMetric
  /// How neighbours are found; it changes the time, not the answer.
  public var algorithm: NeighborAlgorithm

  /// - Parameters:
  ///   - neighbors: how many have a vote.
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
  ///   - y: `n` labels of at least two classes.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite` or `parameter`.
  /// - Complexity: O(n · d · log n) for a tree, nothing without.
  public func fit(_ x: Matrix, _ y: [Label]) throws(FitError) -> Model {
    try SampleChecks.parameter(neighbors > 0, "neighbors", "above 0", neighbors)
    try SampleChecks.features(x, atLeast: neighbors)
    try SampleChecks.pairs(x, targets: y.count)
    let coding = try SampleChecks.classes(y, nil)
    return Model(
      classes: coding.classes, codes: coding.codes, neighbors: neighbors, weights: weights,
      index: try NearestNeighbors(metric: metric, algorithm: algorithm).fit(x))
  }

  /// What `KNeighborsClassifier` has learned: the samples.
  public struct Model: Classifier {
    public let classes: [Label]
    let codes: [Int]
    /// How many neighbours have a vote.
    public let neighbors: Int
    let weights: NeighborWeights
    /// The samples, to be asked for the neighbours themselves.
    public let index: NearestNeighbors.Model

    /// - Parameter x: shape `[m, d]` with the `d` features of fitting.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predict(_ x: Matrix) throws(FitError) -> [Label] {
      let probabilities = try predictProbabilities(x)
      return x.shape[0] == 0 ? [] : probabilities.argMax(axis: 1).scalars.map { classes[$0] }
    }

    /// Each class's share of the votes.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
      let (places, distances) = try index.neighbors(of: x, count: neighbors)
      let (found, far) = (places.scalars, distances.scalars)
      let shares = (0..<x.shape[0]).flatMap { sample -> [Double] in
        let range = sample * neighbors..<(sample + 1) * neighbors
        return weights.shares(found[range], far[range], codes, classCount: classes.count)
      }
      return Matrix(shares, shape: [x.shape[0], classes.count])
    }

    enum CodingKeys: String, CodingKey { case classes, codes, neighbors, weights, index }
  }
}

extension KNeighborsClassifier.Model: Encodable where Label: Encodable {}
extension KNeighborsClassifier.Model: Decodable where Label: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    classes = try ModelChecks.classes(file, .classes)
    index = try file.decode(NearestNeighbors.Model.self, forKey: .index)
    let count = index.samples.shape[0]
    codes = try ModelChecks.places(file, .codes, count: count, below: classes.count)
    neighbors = try file.decode(Int.self, forKey: .neighbors)
    try ModelChecks.fits((1...count).contains(neighbors), file, .neighbors, "1 to \(count) neighbours")
    weights = try file.decode(NeighborWeights.self, forKey: .weights)
  }
}

extension KNeighborsClassifier.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    var counts = [Int](repeating: 0, count: classes.count)
    for code in codes { counts[code] += 1 }
    return ModelTable(
      title: "Nearest neighbours", facts: ["\(neighbors) of \(codes.count) samples vote, \(weights.rawValue) weights"],
      header: [target ?? "class", "samples"], rows: classes.indices.map { ["\(classes[$0])", "\(counts[$0])"] })
  }
}
