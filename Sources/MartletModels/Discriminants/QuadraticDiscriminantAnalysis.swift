import MartletFrames
import MartletNumerics

/// Tells classes apart by curved borders, as if each were a normal distribution with a covariance of its own.
///
///     let iris = try Datasets.iris()
///     let model = try QuadraticDiscriminantAnalysis<String>().fit(iris, target: "species")
///     try model.score(iris)      // 0.98
///
/// Needs many more samples of each class than features; otherwise ``regularization``, or
/// ``LinearDiscriminantAnalysis``.
///
/// Reference: Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, section 4.3.
public struct QuadraticDiscriminantAnalysis<Label: Hashable & Sendable>: SupervisedEstimator {
  /// How far each variance along a principal direction is drawn towards 1; from 0 to 1. (scikit-learn: `reg_param`)
  public var regularization: Double
  /// How probable each class is beforehand.
  public var priors: ClassPriors<Label>

  /// - Parameters:
  ///   - regularization: how far variances are drawn towards 1.
  ///   - priors: how probable each class is beforehand.
  public init(regularization: Double = 0, priors: ClassPriors<Label> = .observed) {
    self.regularization = regularization
    self.priors = priors
  }

  /// Variances are at least this fraction of the largest: a feature that does not vary has no density.
  private static var leastVariance: Double { 1e-12 }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: `n` labels of at least two classes with at least two samples each.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite`, `parameter` or
  ///   `notConverged`.
  /// - Complexity: O(n · d² + classes · d³).
  public func fit(_ x: Matrix, _ y: [Label]) throws(FitError) -> Model {
    try SampleChecks.parameter((0...1).contains(regularization), "regularization", "from 0 to 1", regularization)
    try SampleChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    let coding = try SampleChecks.classes(y, nil)
    let moments = ClassMoments(x, coding.codes, classCount: coding.classes.count, nil)
    var (rotations, variances): ([Matrix], [[Double]]) = ([], [])
    for code in coding.classes.indices {
      let own = x[rows: coding.codes.indices.filter { coding.codes[$0] == code }]
      guard own.shape[0] > 1 else {
        throw FitError(
          .tooFewSamples, expected: "at least two samples of each class", found: "one of \(coding.classes[code])",
          advice: "Add samples, or drop the class.")
      }
      let scatter = Scatter.about(moments.means.row(code).scalars, of: own) / Double(own.shape[0])
      let eigen = try SampleChecks.algebra("the covariance's directions") { () throws(LinearAlgebraError) in
        try scatter.symmetricEigen()
      }
      rotations.append(eigen.vectors)
      variances.append(eigen.values.map { (1 - regularization) * max($0, 0) + regularization })
    }
    let least = max(Self.leastVariance * (variances.joined().max() ?? 0), .leastNormalMagnitude)
    return Model(
      classes: coding.classes, priors: try priors.probabilities(coding.classes, counts: moments.counts),
      means: moments.means, rotations: rotations, variances: variances.map { $0.map { max($0, least) } })
  }

  /// What `QuadraticDiscriminantAnalysis` has learned.
  public struct Model: Classifier {
    public let classes: [Label]
    /// How probable each class is beforehand.
    public let priors: [Double]
    /// The classes' means, shape `[classes, features]`.
    public let means: Matrix
    /// Each class's principal directions, one a column: shape `[features, features]`.
    public let rotations: [Matrix]
    /// Each class's variances along them.
    public let variances: [[Double]]

    /// The logarithms of the classes' probabilities, but for what they share: shape `[n, classes]`.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func decisionFunction(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: means.shape[1])
      let columns = classes.indices.map { code in
        let white = ((x - means.row(code)) • rotations[code]) / Matrix(variances[code].map { $0.squareRoot() })
        let size = variances[code].reduce(0) { $0 + log($1) }
        return (white * white).sum(axis: 1) * -0.5 + (log(priors[code]) - 0.5 * size)
      }
      return Matrix.stacked(columns, axis: 1)
    }

    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predict(_ x: Matrix) throws(FitError) -> [Label] {
      let scores = try decisionFunction(x)
      return x.shape[0] == 0 ? [] : scores.argMax(axis: 1).scalars.map { classes[$0] }
    }

    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
      ClassShares.probabilities(try decisionFunction(x))
    }

    enum CodingKeys: String, CodingKey { case classes, priors, means, rotations, variances }
  }
}

extension QuadraticDiscriminantAnalysis.Model: Encodable where Label: Encodable {}
extension QuadraticDiscriminantAnalysis.Model: Decodable where Label: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    classes = try ModelChecks.classes(file, .classes)
    let count = classes.count
    priors = try ModelChecks.numbers(file, .priors, count: count)
    means = try ModelChecks.matrix(file, .means, rows: count)
    let width = means.shape[1]
    rotations = try file.decode([Matrix].self, forKey: .rotations)
    let fits = rotations.allSatisfy { $0.shape == [width, width] && $0.scalars.allSatisfy(\.isFinite) }
    try ModelChecks.fits(
      fits && rotations.count == count, file, .rotations, "\(count) matrices of shape [\(width), \(width)]")
    variances = try file.decode([[Double]].self, forKey: .variances)
    let known = variances.allSatisfy { $0.count == width && $0.allSatisfy { $0 > 0 && $0.isFinite } }
    try ModelChecks.fits(known && variances.count == count, file, .variances, "\(width) variances for each class")
  }
}

extension QuadraticDiscriminantAnalysis.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let names = features ?? (0..<means.shape[1]).map { "feature \($0)" }
    let columns = classes.indices.map { FrameNumberFormat.texts(means.row($0).scalars) }
    return ModelTable(
      title: "Quadratic discriminant analysis",
      facts: ["\(target ?? "label") (\(classes.count) classes), each with a covariance of its own"],
      header: ["mean in"] + classes.map { "\($0)" },
      rows: names.indices.map { row in [names[row]] + columns.map { $0[row] } })
  }
}
