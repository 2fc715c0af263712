import MartletNumerics

extension Chart {
  /// Which classes are taken for which: a row for each true class, a column for each predicted one.
  ///
  ///     let confusion = ConfusionMatrix(predicted: model.predict(xTest), actual: yTest)
  ///     try Chart.confusionMatrix(confusion.counts, labels: confusion.classes)
  ///
  /// - Parameters:
  ///   - counts: shape `[classes, classes]`, true class by predicted class.
  ///   - labels: the classes, in the same order; default 0, 1, 2, ….
  ///   - isNormalized: whether cells show their share of the true class instead of counts.
  /// - Throws: `ChartError` unless the counts are a square matrix with a label for each row.
  public static func confusionMatrix(
    _ counts: [[Int]], labels: (any PlotChannel)? = nil, isNormalized: Bool = false
  ) throws(ChartError) -> Chart {
    try ChartError.require(
      !counts.isEmpty && counts.allSatisfy { $0.count == counts.count },
      "A confusion matrix is square: there are \(counts.count) rows of \(counts.map(\.count)) counts.")
    let shares = counts.map { row in
      let total = row.reduce(0, +)
      return row.map { isNormalized ? (total > 0 ? Double($0) / Double(total) : .nan) : Double($0) }
    }
    let (right, all) = (counts.indices.reduce(0) { $0 + counts[$1][$1] }, counts.joined().reduce(0, +))
    return try Chart(NoTable()) { HeatmapMark(shares, rows: labels, columns: labels) }
      .title("Confusion matrix").subtitle("\(right) of \(all) right").xLabel("predicted").yLabel("true")
  }

  /// Which classes are taken for which, from a tensor of counts.
  public static func confusionMatrix(
    _ counts: Tensor<Int>, labels: (any PlotChannel)? = nil, isNormalized: Bool = false
  ) throws(ChartError) -> Chart {
    try confusionMatrix(try counts.lines("A confusion matrix"), labels: labels, isNormalized: isNormalized)
  }
}

extension Tensor {
  /// The rows of a matrix.
  ///
  /// - Throws: `ChartError` unless the rank is 2.
  func lines(_ chart: String) throws(ChartError) -> [[Scalar]] {
    try ChartError.require(rank == 2, "\(chart) needs a matrix; the shape is \(shape).")
    let (scalars, width) = (self.scalars, shape[1])
    return (0..<shape[0]).map { Array(scalars[$0 * width..<($0 + 1) * width]) }
  }
}
