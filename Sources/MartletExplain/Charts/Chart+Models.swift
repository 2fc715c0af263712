import MartletModels
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
