import MartletFrames
import MartletNumerics

extension LogisticRegression {
  /// What `LogisticRegression` has learned.
  public struct Model: Classifier {
    public typealias Features = Matrix
    public typealias Prediction = [Label]
    /// The classes, in ascending order where they have one, else in order of appearance.
    public let classes: [Label]
    /// The weights: shape `[classes, features]`, or `[1, features]` for two classes (those of the second).
    public let coefficients: Matrix
    /// One for each row of weights.
    public let intercepts: [Double]
    /// How many steps it took.
    public let iterations: Int
    /// Whether it arrived within the steps it was given; if not, the probabilities are rough.
    public let hasConverged: Bool
    /// How many samples it has learned from.
    public let sampleCount: Int
    /// Whether a border separates the classes of its samples, and nothing holds the weights back: then no weights are best, the
    /// longer the surer it becomes, and probabilities mean little. Take a finite ``LogisticRegression/inverseRegularization``.
    public let isSeparated: Bool

    enum CodingKeys: String, CodingKey {
      case classes, coefficients, intercepts, iterations, hasConverged, sampleCount, isSeparated
    }

    /// By what factor one more of a feature multiplies the odds of the class: `exp(coefficients)`, in their shape. With more than
    /// two classes, the odds against the geometric mean of all.
    ///
    ///     let iris = try Datasets.iris()
    ///     let isVirginica = try iris["species", String.self].values().map { $0 == "virginica" }
    ///     let model = try LogisticRegression<Bool>().fit(iris.matrix(of: ["petalLength"]), isVirginica)
    ///     model.oddsRatios[0, 0]      // 36.28: a petal longer by 1 cm multiplies the odds so much
    public var oddsRatios: Matrix { exp(coefficients) }

    /// The weighted sums that decide: shape `[samples, classes]`, or `[samples, 1]` for two classes.
    ///
    /// - Parameter x: shape `[n, d]` with the `d` features of fitting.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func decisionFunction(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: coefficients.shape[1])
      return x • coefficients.transposed() + Matrix(intercepts)
    }

    /// The most probable class of each sample.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predict(_ x: Matrix) throws(FitError) -> [Label] {
      labels(try decisionFunction(x))
    }

    private func labels(_ scores: Matrix) -> [Label] {
      if scores.shape[0] == 0 { return [] }
      if scores.shape[1] == 1 { return scores.scalars.map { classes[$0 > 0 ? 1 : 0] } }
      return scores.argMax(axis: 1).scalars.map { classes[$0] }
    }

    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
      probabilities(try decisionFunction(x))
    }

    private func probabilities(_ scores: Matrix) -> Matrix {
      var scalars = scores.scalars
      if scores.shape[1] == 1 {
        return Matrix(
          scalars.flatMap { [SoftProbability.sigmoid(-$0), SoftProbability.sigmoid($0)] }, shape: [scores.shape[0], 2])
      }
      let width = scores.shape[1]
      for sample in 0..<scores.shape[0] {
        _ = SoftProbability.softmax(&scalars, sample * width..<(sample + 1) * width)
      }
      return Matrix(scalars, shape: scores.shape)
    }
  }
}

extension LogisticRegression.Model: SparseClassifier {
  /// The weighted sums that decide, for sparse samples; see ``decisionFunction(_:)``.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func decisionFunction(_ x: SparseMatrix) throws(FitError) -> Matrix {
    try SampleChecks.features(x, count: coefficients.shape[1])
    return x • coefficients.transposed() + Matrix(intercepts)
  }

  /// The most probable class of each sample.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func predict(_ x: SparseMatrix) throws(FitError) -> [Label] { labels(try decisionFunction(x)) }

  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func predictProbabilities(_ x: SparseMatrix) throws(FitError) -> Matrix {
    probabilities(try decisionFunction(x))
  }
}

extension LogisticRegression.Model: Encodable where Label: Encodable {}
extension LogisticRegression.Model: Decodable where Label: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    classes = try ModelChecks.classes(file, .classes)
    let rows = classes.count == 2 ? 1 : classes.count
    coefficients = try file.decode(Matrix.self, forKey: .coefficients)
    try ModelChecks.fits(
      coefficients.rank == 2 && coefficients.shape[0] == rows && coefficients.shape[1] > 0, file, .coefficients,
      "coefficients of shape [\(rows), features], found \(coefficients.shape)")
    intercepts = try ModelChecks.numbers(file, .intercepts, count: rows)
    iterations = try file.decode(Int.self, forKey: .iterations)
    hasConverged = try file.decode(Bool.self, forKey: .hasConverged)
    sampleCount = try file.decode(Int.self, forKey: .sampleCount)
    // Files of older versions do not say it.
    isSeparated = try file.decodeIfPresent(Bool.self, forKey: .isSeparated) ?? false
  }
}

extension LogisticRegression.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let names = ["intercept"] + (features ?? (0..<coefficients.shape[1]).map { "feature \($0)" })
    let shown = coefficients.shape[0] == 1 ? [classes[1]] : classes
    let columns = shown.indices.map { FrameNumberFormat.texts([intercepts[$0]] + coefficients.row($0).scalars) }
    let facts =
      [
        "\(target ?? "label") (\(classes.count) classes) from \(sampleCount) samples, "
          + (hasConverged ? "settled after \(iterations) steps" : "not settled after \(iterations) steps")
      ] + (isSeparated ? ["a border separates the classes: without regularization no weights are best"] : [])
    return ModelTable(
      title: "Logistic regression", facts: facts, header: ["coefficient for"] + shown.map { "\($0)" },
      rows: names.indices.map { row in [names[row]] + columns.map { $0[row] } })
  }
}
