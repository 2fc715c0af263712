/// Some rows of a chart's frame: what one panel shows.
struct FacetTable: PlotTable {
  /// The whole frame; `nil` where the chart's marks have arrays only.
  let base: (any PlotTable)?
  /// How many rows the whole has.
  let rowCount: Int
  let rows: [Int]

  var plotColumnNames: [String] { base?.plotColumnNames ?? [] }
  func plotColumn(named name: String) -> PlotColumn? { base?.plotColumn(named: name).map { part(of: $0) } }

  /// The panel's rows of a column; a column that has not one value for each row of the whole stays what it is, so that
  /// every panel shows it.
  func part(of column: PlotColumn) -> PlotColumn {
    column.count == rowCount && !column.isConstant ? column.rows(rows) : column
  }
}

extension PlotTable {
  /// The frame behind a panel's rows: what all panels have in common, such as a histogram's intervals, follows from it.
  var whole: (any PlotTable)? { (self as? FacetTable).map { $0.base } ?? self }
}

extension PlotColumn {
  /// The rows that belong to the panel being made; all of them in a chart of one panel.
  func part(of table: (any PlotTable)?) -> PlotColumn { (table as? FacetTable)?.part(of: self) ?? self }
}
