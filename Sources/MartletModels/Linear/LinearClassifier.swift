import MartletFrames
import MartletNumerics

/// A fitted model that tells classes apart by weighted sums of the features: one for each class, or one for two classes.
public protocol LinearClassifier: Classifier, DecisionFunction, FeatureImportances, ModelSummary
where Features == Matrix {
  /// The weights: shape `[classes, features]`, or `[1, features]` for two classes (those of the second).
  var coefficients: Matrix { get }
  /// One for each row of weights.
  var intercepts: [Double] { get }
  /// What the summary is headed with.
  static var title: String { get }
  /// What there is to say of it, a line each; the first begins with `subject`, the target's name and its classes.
  func facts(_ subject: String) -> [String]
}

extension LinearClassifier {
  /// The weighted sums that decide: shape `[n, classes]`, or `[n, 1]` for two classes, above 0 for the second.
  ///
  /// - Parameter x: shape `[n, d]` with the `d` features of fitting.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func decisionFunction(_ x: Matrix) throws(FitError) -> Matrix {
    try SampleChecks.features(x, count: coefficients.shape[1])
    return x • coefficients.transposed() + Matrix(intercepts)
  }

  /// The class with the largest weighted sum.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func predict(_ x: Matrix) throws(FitError) -> [Label] { labels(of: try decisionFunction(x)) }

  /// The logistic function of the weighted sums, or of several classes their softmax. Where the method minimises no logistic
  /// loss that is a rough idea: it orders samples, and ``CalibratedClassifier`` makes probabilities of it.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
    probabilities(of: try decisionFunction(x))
  }

  /// The absolute coefficients, added up over classes: comparable for features of the same spread.
  public var featureImportances: [Double] { coefficients.map { abs($0) }.sum(axis: 0).scalars }

  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let (rows, intercepts) = (coefficients, self.intercepts)
    let names = ["intercept"] + (features ?? (0..<rows.shape[1]).map { "feature \($0)" })
    let shown = rows.shape[0] == 1 ? [classes[1]] : classes
    let columns = shown.indices.map { FrameNumberFormat.texts([intercepts[$0]] + rows.row($0).scalars) }
    return ModelTable(
      title: Self.title, facts: facts("\(target ?? "label") (\(classes.count) classes)"),
      header: ["coefficient for"] + shown.map { "\($0)" },
      rows: names.indices.map { row in [names[row]] + columns.map { $0[row] } })
  }

  private func labels(of scores: Matrix) -> [Label] {
    if scores.shape[0] == 0 { return [] }
    if scores.shape[1] == 1 { return scores.scalars.map { classes[$0 > 0 ? 1 : 0] } }
    return scores.argMax(axis: 1).scalars.map { classes[$0] }
  }

  private func probabilities(of scores: Matrix) -> Matrix {
    guard scores.shape[1] == 1 else { return ClassShares.probabilities(scores) }
    return Matrix(
      scores.scalars.flatMap { [SoftProbability.sigmoid(-$0), SoftProbability.sigmoid($0)] },
      shape: [scores.shape[0], 2])
  }
}

extension LinearClassifier where Self: SparseClassifier {
  /// The weighted sums that decide, for sparse samples; see ``decisionFunction(_:)``.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func decisionFunction(_ x: SparseMatrix) throws(FitError) -> Matrix {
    try SampleChecks.features(x, count: coefficients.shape[1])
    return x • coefficients.transposed() + Matrix(intercepts)
  }

  /// The class with the largest weighted sum.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func predict(_ x: SparseMatrix) throws(FitError) -> [Label] { labels(of: try decisionFunction(x)) }

  /// As for dense samples.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func predictProbabilities(_ x: SparseMatrix) throws(FitError) -> Matrix {
    probabilities(of: try decisionFunction(x))
  }
}
