import MartletFrames
import MartletNumerics

extension DataFrame: PlotTable {
  /// The names of all columns.
  public var plotColumnNames: [String] { columnNames }

  /// The column of that name: numbers as quantities, texts and truth values as names.
  public func plotColumn(named name: String) -> PlotColumn? {
    columns.first { $0.name == name }.map { $0.plotColumn(in: nil) }
  }
}

extension AnyColumn: PlotChannel {
  /// The column's values, under its name.
  public func plotColumn(in table: (any PlotTable)?) -> PlotColumn {
    if isNumeric, let numbers = try? numbers() { return PlotColumn(numbers: numbers, name: name) }
    return PlotColumn(categories: texts(), name: name)
  }
}

extension Column: PlotChannel {
  /// The column's values, under its name.
  public func plotColumn(in table: (any PlotTable)?) -> PlotColumn { AnyColumn(self).plotColumn(in: table) }
}

extension Tensor: PlotChannel where Scalar: PlotElement {
  /// The elements in row-major order, one for each row.
  public func plotColumn(in table: (any PlotTable)?) -> PlotColumn { PlotColumn(elements: scalars) }
}
