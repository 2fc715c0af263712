/// Columns of numbers of a table.
struct NumericColumns: Sendable {
  let columns: [PlotColumn]
  var names: [String] { columns.map { $0.name ?? "" } }

  /// - Parameters:
  ///   - table: the table.
  ///   - names: of the columns; `nil` for all that hold numbers.
  ///   - most: how many columns the chart has room for.
  /// - Throws: `ChartError` when a column is missing or holds names, or there are too few or too many.
  init(
    _ table: some PlotTable, _ names: [String]?, chart: String, least: Int = 2, most: Int
  ) throws(ChartError) {
    var columns: [PlotColumn] = []
    for name in names ?? table.plotColumnNames {
      let column = try name.plotColumn(in: table)
      if names != nil, !column.isNumeric { throw ChartError(.notNumbers(mark: chart, channel: "'\(name)'")) }
      if column.isNumeric { columns.append(column) }
    }
    try ChartError.require(
      (least...most).contains(columns.count),
      "\(chart) needs \(least) to \(most) columns of numbers; found \(columns.count). Name them with `columns:`.")
    self.columns = columns
  }

  /// The numbers of a column; NaN where one is missing.
  func numbers(_ column: Int) -> [Double] { (0..<columns[column].count).map { columns[column][$0].number ?? .nan } }
}
