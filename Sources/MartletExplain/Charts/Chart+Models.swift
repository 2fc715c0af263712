import MartletFrames
import MartletModels
import MartletNumerics
import MartletPlots

extension Chart {
  /// Which classes are taken for which: a row for each true class, a column for each predicted one.
  ///
  ///     try Chart.confusionMatrix(ConfusionMatrix(predicted: model.predict(xTest), actual: yTest))
  ///
  /// - Parameter isNormalized: whether cells show their share of the true class instead of counts.
  /// - Throws: `ChartError`, never for a matrix that was made of labels.
  public static func confusionMatrix<Label>(
    _ confusion: ConfusionMatrix<Label>, isNormalized: Bool = false
  ) throws(ChartError) -> Chart {
    try confusionMatrix(
      confusion.counts, labels: PlotColumn(categories: confusion.classes.map { "\($0)" }), isNormalized: isNormalized)
  }

  /// How a hierarchical clustering joined samples to clusters; see `DendrogramMark`.
  ///
  ///     try Chart.dendrogram(Linkage(x, method: .average), labels: names, cutAt: 4)
  ///
  /// - Throws: `ChartError` when there is not a label for each sample.
  public static func dendrogram(
    _ tree: Linkage, labels: (any PlotChannel)? = nil, cutAt cut: Double? = nil
  ) throws(ChartError) -> Chart {
    try dendrogram(tree.joins, labels: labels, cutAt: cut)
  }
}

extension Chart {
  /// Whether more samples would help; see ``learningCurve(sizes:training:validation:score:)``.
  ///
  ///     try Chart.learningCurve(learningCurve(model, x, y, folds: KFold(5), scoring: .accuracy))
  public static func learningCurve(_ curve: QualityCurve<Int>) throws(ChartError) -> Chart {
    try learningCurve(
      sizes: curve.values, training: rows(curve.trainScores), validation: rows(curve.testScores), score: curve.metric)
  }

  /// Which value of a hyper-parameter suits the data; see
  /// ``validationCurve(_:values:training:validation:isLogarithmic:score:)``.
  ///
  ///     try Chart.validationCurve(
  ///       validationCurve(model, x, y, varying: \.neighbors, over: [1, 3, 9], folds: KFold(5), scoring: .accuracy))
  ///
  /// - Parameter isLogarithmic: whether equal ratios of the parameter have equal distances; its values must then be positive.
  public static func validationCurve<Value: ColumnNumber>(
    _ curve: QualityCurve<Value>, isLogarithmic: Bool = false
  ) throws(ChartError) -> Chart {
    try validationCurve(
      curve.parameter, values: curve.values.map(\.columnDouble), training: rows(curve.trainScores),
      validation: rows(curve.testScores), isLogarithmic: isLogarithmic, score: curve.metric)
  }

  private static func rows(_ scores: Matrix) -> [[Double]] { (0..<scores.shape[0]).map { scores.row($0).scalars } }
}

extension DendrogramMark {
  /// The tree of a hierarchical clustering.
  ///
  ///     Chart { DendrogramMark(try Linkage(x), labels: names) }
  public init(_ tree: Linkage, labels: (any PlotChannel)? = nil, cutAt cut: Double? = nil) {
    self.init(tree.joins, labels: labels, cutAt: cut)
  }
}

extension Linkage {
  /// The merges in the form of SciPy's `linkage`.
  fileprivate var joins: [[Double]] {
    merges.map { [Double($0.first), Double($0.second), $0.distance, Double($0.size)] }
  }
}
