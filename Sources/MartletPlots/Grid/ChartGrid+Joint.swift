extension ChartGrid {
  /// How two quantities go together, with how each is distributed along the edges.
  ///
  ///     try ChartGrid.joint(penguins, x: "bill_length", y: "body_mass", color: "species")
  ///
  /// - Parameters:
  ///   - table: the frame.
  ///   - x: a column of quantities, from left to right.
  ///   - y: a column of quantities, from bottom to top.
  ///   - color: a column of groups; their counts are stacked.
  ///   - bins: how many intervals the counts have; by default as ``HistogramMark`` chooses.
  /// - Throws: `ChartError` when a column is missing or has names where quantities belong.
  public static func joint(
    _ table: some PlotTable, x: String, y: String, color: String? = nil, bins: Int? = nil
  ) throws(ChartError) -> ChartGrid {
    let main = try Chart(table) { PointMark(x: x, y: y, color: color) }
    let above = try Chart(table) { HistogramMark(x, bins: bins, color: color) }.yLabel("")
    let beside = try Chart(table) { HistogramMark(y: y, bins: bins, color: color) }.xLabel("")
    return ChartGrid([[above, nil], [main, beside]]).widths([4, 1]).heights([1, 4]).sharingX().sharingY()
      .sharingLegend().size(width: 600, height: 560)
  }

  /// How every two of several quantities go together, and how each is distributed: one row and one column for each.
  ///
  ///     try ChartGrid.pairs(iris, columns: ["petalLength", "petalWidth", "sepalLength"], color: "species")
  ///
  /// - Parameters:
  ///   - table: the frame.
  ///   - columns: columns of quantities, 1 to 12.
  ///   - color: a column of groups.
  /// - Throws: `ChartError` when a column is missing or has names where quantities belong, or there are more than 12.
  public static func pairs(
    _ table: some PlotTable, columns: [String], color: String? = nil
  ) throws(ChartError) -> ChartGrid {
    guard (1...12).contains(columns.count) else { throw ChartError(.wrongPairs(columns.count)) }
    var rows: [[Chart?]] = []
    for y in columns {
      var row: [Chart?] = []
      for x in columns { row.append(try pair(table, x, y, color).hidingYAxis(x != columns[0])) }
      rows.append(row)
    }
    let side = max(420, Double(columns.count) * 175)
    return ChartGrid(rows).sharingX().sharingLegend().size(width: side, height: side)
  }

  private static func pair(_ table: some PlotTable, _ x: String, _ y: String, _ color: String?) throws(ChartError)
    -> Chart
  {
    if x != y { return try Chart(table) { PointMark(x: x, y: y, color: color, size: 4) } }
    // Its vertical axis counts, which the name of the row would belie: it has no numbers.
    return try Chart(table) { HistogramMark(x, color: color) }.yLabel(y).yFormat(.custom { _ in "" })
  }
}
