import MartletNumerics

/// Ignores the features: what any classifier has to beat. (scikit-learn: `DummyClassifier`)
///
///     try DummyClassifier<String>().fit(x, y).score(xTest, yTest)      // the share of the commonest class
public struct DummyClassifier<Label: Hashable & Sendable>: WeightedEstimator {
  /// What is answered.
  public enum Strategy: Sendable, Equatable {
    /// Always the commonest class, of equally common ones the first; its probability is 1.
    case mostFrequent
    /// Always the commonest class; probabilities are the classes' shares.
    case prior
    /// At random by the classes' shares.
    case stratified(seed: UInt64)
    /// At random, each class equally likely.
    case uniform(seed: UInt64)
    /// Always the same class, one of those learned.
    case constant(Label)
  }

  /// What is answered.
  public var strategy: Strategy
  /// - Parameter strategy: what is answered.
  public init(_ strategy: Strategy = .prior) { self.strategy = strategy }

  /// - Parameters:
  ///   - x: shape `[n, d]`; only its shape matters.
  ///   - y: `n` labels.
  ///   - weights: how much each sample counts.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples` or `parameter`.
  public func fit(_ x: Matrix, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.features(x, allowingMissing: true)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.weights(weights, count: y.count)
    let coding = LabelCoding(y)
    var shares = [Double](repeating: 0, count: coding.classes.count)
    for (sample, code) in coding.codes.enumerated() { shares[code] += weights?[sample] ?? 1 }
    let total = shares.reduce(0, +)
    shares = shares.map { $0 / total }
    let commonest = Matrix(shares).argMax()
    let only = { (code: Int) in shares.indices.map { $0 == code ? 1.0 : 0 } }
    switch strategy {
    case .mostFrequent: return Model(coding.classes, only(commonest), nil, x.shape[1])
    case .prior: return Model(coding.classes, shares, nil, x.shape[1])
    case .stratified(let seed): return Model(coding.classes, shares, seed, x.shape[1])
    case .uniform(let seed):
      return Model(coding.classes, shares.map { _ in 1 / Double(shares.count) }, seed, x.shape[1])
    case .constant(let label):
      guard let code = coding.classes.firstIndex(of: label) else {
        throw FitError(
          .parameter, expected: "a constant among the classes", found: "\(label)", advice: "Take one that occurs.")
      }
      return Model(coding.classes, only(code), nil, x.shape[1])
    }
  }

  /// What `DummyClassifier` has learned.
  public struct Model: Classifier {
    /// The classes, in ascending order where they have one, else in order of appearance.
    public let classes: [Label]
    /// The probability of each class, for every sample.
    public let probabilities: [Double]
    /// Where the random answers begin; `nil` for always the most probable class.
    public let seed: UInt64?
    /// How many features there are.
    public let featureCount: Int

    enum CodingKeys: String, CodingKey { case classes, probabilities, seed, featureCount }

    init(_ classes: [Label], _ probabilities: [Double], _ seed: UInt64?, _ featureCount: Int) {
      self.classes = classes
      self.probabilities = probabilities
      self.seed = seed
      self.featureCount = featureCount
    }

    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predict(_ x: Matrix) throws(FitError) -> [Label] {
      try SampleChecks.features(x, count: featureCount, allowingMissing: true)
      guard let seed else { return [Label](repeating: classes[Matrix(probabilities).argMax()], count: x.shape[0]) }
      var random = PCG64(seed: seed)
      return (0..<x.shape[0]).map { _ in
        var left = random.uniform()
        for (label, probability) in zip(classes, probabilities) {
          left -= probability
          if left < 0 { return label }
        }
        return classes[classes.count - 1]
      }
    }

    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: featureCount, allowingMissing: true)
      return Matrix(probabilities).broadcast(to: [x.shape[0], classes.count])
    }
  }
}

extension DummyClassifier.Model: Encodable where Label: Encodable {}
extension DummyClassifier.Model: Decodable where Label: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    classes = try ModelChecks.classes(file, .classes, atLeast: 1)
    probabilities = try ModelChecks.numbers(file, .probabilities, count: classes.count)
    let sum = probabilities.reduce(0, +)
    try ModelChecks.fits(
      probabilities.allSatisfy { $0 >= 0 } && abs(sum - 1) < 1e-6, file, .probabilities,
      "probabilities that add up to 1")
    seed = try file.decodeIfPresent(UInt64.self, forKey: .seed)
    featureCount = try file.decode(Int.self, forKey: .featureCount)
  }
}
