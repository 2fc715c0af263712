import MartletNumerics

extension LogisticRegression {
  /// What `LogisticRegression` has learned.
  public struct Model: LinearClassifier {
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

    public static var title: String { "Logistic regression" }
    public func facts(_ subject: String) -> [String] {
      let end = (hasConverged ? "settled" : "not settled") + " after \(iterations) steps"
      return ["\(subject) from \(sampleCount) samples, \(end)"]
        + (isSeparated ? ["a border separates the classes: without regularization no weights are best"] : [])
    }
  }
}

extension LogisticRegression.Model: SparseClassifier {}
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
