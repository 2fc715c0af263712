import Foundation

/// Where a mark finds the values of one of its properties: a column's name, an array, or one value for all rows.
///
///     PointMark(x: "bill", y: "mass")                  // columns of the chart's frame
///     PointMark(x: [1, 2, 3], y: [2.5, 3.5, 1.0])      // arrays
///     PointMark(x: 949.44, y: 152.13)                  // one point
public protocol PlotChannel: Sendable {
  /// Finds the values.
  ///
  /// - Parameter table: the chart's frame; `nil` in a chart without one.
  /// - Throws: `ChartError` when the table has no such column.
  func plotColumn(in table: (any PlotTable)?) throws(ChartError) -> PlotColumn
}

/// A table whose columns marks can name.
public protocol PlotTable: Sendable {
  /// The names of all columns, in order.
  var plotColumnNames: [String] { get }
  /// The column of that name; `nil` when there is none.
  func plotColumn(named name: String) -> PlotColumn?
}

extension String: PlotChannel {
  /// The column of that name.
  public func plotColumn(in table: (any PlotTable)?) throws(ChartError) -> PlotColumn {
    guard let table else { throw ChartError(.noTable(column: self)) }
    guard var column = table.plotColumn(named: self) else {
      throw ChartError(.unknownColumn(self, known: table.plotColumnNames))
    }
    column.name = column.name ?? self
    return column
  }
}

extension PlotColumn: PlotChannel {
  /// The column itself.
  public func plotColumn(in table: (any PlotTable)?) -> PlotColumn { part(of: table) }
}

extension Array: PlotChannel where Element: PlotElement {
  /// The elements, one for each row.
  public func plotColumn(in table: (any PlotTable)?) -> PlotColumn { PlotColumn(elements: self).part(of: table) }
}

extension ArraySlice: PlotChannel where Element: PlotElement {
  /// The elements, one for each row.
  public func plotColumn(in table: (any PlotTable)?) -> PlotColumn { PlotColumn(elements: self).part(of: table) }
}

extension Range: PlotChannel where Bound == Int {
  /// The numbers of the range, one for each row.
  public func plotColumn(in table: (any PlotTable)?) -> PlotColumn { PlotColumn(elements: self).part(of: table) }
}

extension ClosedRange: PlotChannel where Bound == Int {
  /// The numbers of the range, one for each row.
  public func plotColumn(in table: (any PlotTable)?) -> PlotColumn { PlotColumn(elements: self).part(of: table) }
}

extension Double: PlotChannel {
  /// The number, for every row.
  public func plotColumn(in table: (any PlotTable)?) -> PlotColumn { PlotColumn(.numbers([self]), isConstant: true) }
}

extension Int: PlotChannel {
  /// The number, for every row.
  public func plotColumn(in table: (any PlotTable)?) -> PlotColumn {
    PlotColumn(.numbers([Double(self)]), isConstant: true)
  }
}

extension Date: PlotChannel {
  /// The date, for every row.
  public func plotColumn(in table: (any PlotTable)?) -> PlotColumn {
    PlotColumn(.instants([timeIntervalSince1970]), isConstant: true)
  }
}

extension PlotColumn {
  init<Element: PlotElement>(elements: some Sequence<Element>) {
    let values = elements.map(\.plotValue)
    let hasNames = values.contains { if case .category = $0 { true } else { false } }
    let hasInstants = values.contains { if case .instant = $0 { true } else { false } }
    let numbers = values.map { $0.number ?? .nan }
    self.init(hasNames ? .categories(values.map(\.text)) : hasInstants ? .instants(numbers) : .numbers(numbers))
    isWhole = Element.self is any BinaryInteger.Type
  }
}
