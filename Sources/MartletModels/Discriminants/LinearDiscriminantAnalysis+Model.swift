import MartletFrames
import MartletNumerics

extension LinearDiscriminantAnalysis {
  /// What `LinearDiscriminantAnalysis` has learned.
  public struct Model: Classifier {
    public let classes: [Label]
    /// How probable each class is beforehand.
    public let priors: [Double]
    /// The classes' means, shape `[classes, features]`.
    public let means: Matrix
    /// The weights of the features for each class, shape `[classes, features]`.
    public let coefficients: Matrix
    /// One for each class.
    public let intercepts: [Double]
    let centre: [Double]
    /// The directions that separate the classes, one a column: shape `[features, components]`. (scikit-learn:
    /// `scalings_`)
    public let directions: Matrix
    /// How much of the spread between the classes is along each direction.
    public let explainedVarianceRatio: [Double]

    /// The logarithms of the classes' probabilities, but for what they share: shape `[n, classes]`.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func decisionFunction(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: means.shape[1])
      return x • coefficients.transposed() + Matrix(intercepts)
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

    /// The samples' coordinates along the directions that separate the classes, shape `[n, components]`.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`; of kind `parameter` after `.leastSquares`, which finds no
    ///   directions.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: means.shape[1])
      try SampleChecks.parameter(
        directions.shape[1] > 0, "solver", "singularValues or eigenvectors for transform", "leastSquares")
      return (x - Matrix(centre)) • directions
    }

    enum CodingKeys: String, CodingKey {
      case classes, priors, means, coefficients, intercepts, centre, directions, explainedVarianceRatio
    }
  }
}

extension LinearDiscriminantAnalysis.Model: Encodable where Label: Encodable {}
extension LinearDiscriminantAnalysis.Model: Decodable where Label: Decodable {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    classes = try ModelChecks.classes(file, .classes)
    let count = classes.count
    priors = try ModelChecks.numbers(file, .priors, count: count)
    means = try ModelChecks.matrix(file, .means, rows: count)
    let width = means.shape[1]
    coefficients = try ModelChecks.matrix(file, .coefficients, rows: count, columns: width)
    intercepts = try ModelChecks.numbers(file, .intercepts, count: count)
    centre = try ModelChecks.numbers(file, .centre, count: width)
    explainedVarianceRatio = try file.decode([Double].self, forKey: .explainedVarianceRatio)
    directions = try file.decode(Matrix.self, forKey: .directions)
    try ModelChecks.fits(
      directions.shape == [width, explainedVarianceRatio.count] && directions.scalars.allSatisfy(\.isFinite), file,
      .directions, "directions of \(width) features and \(explainedVarianceRatio.count) components")
  }
}

extension LinearDiscriminantAnalysis.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let names = ["intercept"] + (features ?? (0..<means.shape[1]).map { "feature \($0)" })
    let columns = classes.indices.map { FrameNumberFormat.texts([intercepts[$0]] + coefficients.row($0).scalars) }
    let shares = FrameNumberFormat.texts(explainedVarianceRatio).joined(separator: ", ")
    return ModelTable(
      title: "Linear discriminant analysis",
      facts: [
        "\(target ?? "label") (\(classes.count) classes)"
          + (shares.isEmpty ? "" : ", spread between classes along its directions: \(shares)")
      ],
      header: ["coefficient for"] + classes.map { "\($0)" },
      rows: names.indices.map { row in [names[row]] + columns.map { $0[row] } })
  }
}
