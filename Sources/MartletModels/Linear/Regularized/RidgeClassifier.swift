import MartletNumerics

/// Tells classes apart by ``Ridge`` regression on targets of −1 and 1: one set of linear equations, solved once for all
/// classes.
///
/// For each class against all others, minimises `∑ᵢ vᵢ(tᵢ − w · xᵢ − b)² + α‖w‖²`, where `tᵢ` is 1 for samples of the class and
/// −1 for others, `vᵢ` is how much a sample counts, and `α` is ``regularization``.
///
///     let digits = try Datasets.digits()
///     let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(digits.features, digits.labels, testSize: 0.2, seed: 0)
///     let model = try RidgeClassifier<Int>().fit(xTrain, yTrain)
///     try model.score(xTest, yTest)      // 0.9277777777777778
///
/// Quick with many classes. Samples far on the right side of a border pull it as much as those on the wrong side: where that
/// matters ``LogisticRegression`` and ``LinearSVC`` do better.
///
/// Reference: Rifkin, Yeo and Poggio (2003), Regularized least-squares classification. (scikit-learn: `RidgeClassifier`)
public struct RidgeClassifier<Label: Hashable & Sendable>: WeightedEstimator {
  public typealias Features = Matrix
  public typealias Target = [Label]

  /// How much weights are held back; at least 0, in squared units of the features. (scikit-learn: `alpha`)
  public var regularization: Double
  /// Whether each class has an intercept. (scikit-learn: `fit_intercept`)
  public var fitsIntercept: Bool
  /// How much the classes count. (scikit-learn: `class_weight`)
  public var classWeights: ClassWeights<Label>

  /// - Parameters:
  ///   - regularization: at least 0.
  ///   - fitsIntercept: `false` puts every border through the origin.
  ///   - classWeights: how much the classes count.
  public init(
    regularization: Double = 1, fitsIntercept: Bool = true, classWeights: ClassWeights<Label> = .equal
  ) {
    self.regularization = regularization
    self.fitsIntercept = fitsIntercept
    self.classWeights = classWeights
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` labels of at least two classes.
  ///   - weights: how much each sample counts.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite`, `parameter` or `notConverged`.
  /// - Complexity: O(n · d · min(n, d)) time, O(n · (d + classes)) memory.
  public func fit(_ x: Matrix, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    try fit(try RidgeTargets(x, y, weights, classWeights, fitsIntercept))
  }

  func fit(_ targets: RidgeTargets<Label>) throws(FitError) -> Model {
    try SampleChecks.parameter(
      regularization >= 0 && regularization.isFinite, "regularization", "of at least 0", regularization)
    let solution = try Ridge(regularization: regularization).solve(targets.samples)
    let coefficients = solution.transposed().compacted()
    return Model(
      classes: targets.classes, coefficients: coefficients, intercepts: targets.samples.intercepts(coefficients),
      regularization: regularization, sampleCount: targets.samples.y.shape[0])
  }

  /// What `RidgeClassifier` has learned. Its probabilities only order samples: it minimises no logistic loss.
  public struct Model: LinearClassifier {
    public typealias Features = Matrix
    public typealias Prediction = [Label]
    public let classes: [Label]
    public let coefficients: Matrix
    public let intercepts: [Double]
    /// How much the weights were held back.
    public let regularization: Double
    /// How many samples it has learned from.
    public let sampleCount: Int

    public static var title: String { "Ridge classifier" }
    public func facts(_ subject: String) -> [String] {
      ["\(subject) from \(sampleCount) samples, regularization \(regularization)"]
    }

    enum CodingKeys: String, CodingKey { case classes, coefficients, intercepts, regularization, sampleCount }
  }
}

extension RidgeClassifier.Model: Encodable where Label: Encodable {}
extension RidgeClassifier.Model: Decodable where Label: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    classes = try ModelChecks.classes(file, .classes)
    let rows = classes.count == 2 ? 1 : classes.count
    coefficients = try ModelChecks.matrix(file, .coefficients, rows: rows)
    intercepts = try ModelChecks.numbers(file, .intercepts, count: rows)
    regularization = try file.decode(Double.self, forKey: .regularization)
    sampleCount = try file.decode(Int.self, forKey: .sampleCount)
  }
}

/// Classes as targets of −1 and 1 that ridge regression learns: a column for each, or one for the second of two.
struct RidgeTargets<Label: Hashable & Sendable> {
  let classes: [Label]
  let samples: CentredSamples
  /// How much each sample counts, with its class.
  let weights: [Double]?

  init(
    _ x: Matrix, _ y: [Label], _ weights: [Double]?, _ classWeights: ClassWeights<Label>, _ fitsIntercept: Bool
  ) throws(FitError) {
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    let counted = try classWeights.weights(of: y, and: weights)
    let coding = try SampleChecks.classes(y, counted)
    let columns = coding.classes.count == 2 ? [1] : Array(coding.classes.indices)
    let targets = coding.codes.flatMap { code in columns.map { code == $0 ? 1.0 : -1 } }
    classes = coding.classes
    self.weights = counted
    samples = CentredSamples(
      checked: x, targets: Matrix(targets, shape: [y.count, columns.count]), weights: counted,
      fitsIntercept: fitsIntercept)
  }
}
