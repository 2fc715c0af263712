import Foundation
import MartletFrames
import MartletNumerics

extension DataFrame: PlotTable {
  /// The names of all columns.
  public var plotColumnNames: [String] { columnNames }

  /// The column of that name: numbers as quantities, dates as instants, texts and truth values as names,
  /// categories as names in their order.
  public func plotColumn(named name: String) -> PlotColumn? {
    columns.first { $0.name == name }.map { $0.plotColumn(in: nil) }
  }
}

extension AnyColumn: PlotChannel {
  /// The column's values, under its name.
  public func plotColumn(in table: (any PlotTable)?) -> PlotColumn {
    if isNumeric, let numbers = try? numbers() {
      var column = PlotColumn(numbers: numbers, name: name)
      column.isWhole = type == .int || type == .int32
      return column.part(of: table)
    }
    if type == .date, let dates = try? typed(as: Date.self) {
      return PlotColumn(instants: dates.map { $0?.timeIntervalSince1970 }, name: name).part(of: table)
    }
    var column = PlotColumn(categories: texts(), name: name)
    column.order = categories
    return column.part(of: table)
  }
}

extension Column: PlotChannel {
  /// The column's values, under its name.
  public func plotColumn(in table: (any PlotTable)?) -> PlotColumn { AnyColumn(self).plotColumn(in: table) }
}

extension Tensor: PlotChannel where Scalar: PlotElement {
  /// The elements in row-major order, one for each row.
  public func plotColumn(in table: (any PlotTable)?) -> PlotColumn { PlotColumn(elements: scalars).part(of: table) }
}
