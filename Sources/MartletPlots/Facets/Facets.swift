/// The panels of a chart that is divided by the values of columns.
struct Facets: Sendable {
  /// One part of the data, with its place among the panels.
  struct Panel: Sendable {
    let row: Int
    let column: Int
    /// Written above the panel where panels are wrapped; `nil` in a table of panels, whose edges are labelled.
    let title: String?
    let layers: [any MarkLayer]
  }

  let panels: [Panel]
  let rowTitles: [String]
  let columnTitles: [String]
  let rowCount: Int
  let columnCount: Int
  let scales: FacetScales
  /// How many rows belong to no panel, because their value is missing.
  let leftOut: Int
}

/// Whether panels have the same axes.
public struct FacetScales: Sendable, Hashable {
  let sharesX: Bool
  let sharesY: Bool
  /// All panels have the same axes, so that they can be compared: the default.
  public static let shared = FacetScales(sharesX: true, sharesY: true)
  /// Every panel has a horizontal axis of its own.
  public static let freeX = FacetScales(sharesX: false, sharesY: true)
  /// Every panel has a vertical axis of its own.
  public static let freeY = FacetScales(sharesX: true, sharesY: false)
  /// Every panel has axes of its own.
  public static let free = FacetScales(sharesX: false, sharesY: false)
}

/// The values of a column that divides a chart, and the rows of each.
struct FacetValues: Sendable {
  let titles: [String]
  let rows: [[Int]]
  let count: Int

  /// Names stand in their column's order, else in that of appearance, numbers and dates in rising order.
  init(_ column: PlotColumn) {
    count = column.count
    var groups: [PlotValue: [Int]] = [:]
    var order: [PlotValue] = []
    for row in 0..<column.count where column[row] != .missing {
      let value = column[row]
      if groups[value] == nil { order.append(value) }
      groups[value, default: []].append(row)
    }
    if column.order != nil { order = column.namesInOrder.map { .category($0) } }
    if column.isNumeric { order.sort { ($0.number ?? 0) < ($1.number ?? 0) } }
    let areNamed = order.allSatisfy { value in
      if case .category(let name) = value { name != "true" && name != "false" } else { false }
    }
    titles = order.map { value in
      let text = value.text ?? ""
      return areNamed || column.isTime ? text : column.name.map { "\($0): \(text)" } ?? text
    }
    rows = order.map { groups[$0] ?? [] }
  }

  /// One group of all rows, for a direction that is not divided.
  init(undivided count: Int) { (titles, rows, self.count) = ([], [Array(0..<count)], count) }
}
