/// Several charts in one picture, with their plots in line.
///
///     ChartGrid {
///       Chart { HistogramMark(ages) }
///       Chart { HistogramMark(fares) }
///     }
///     ChartGrid([[top, nil], [main, right]]).widths([3, 1]).heights([1, 3]).sharingX().sharingY()
///
/// All plots of a row have the same height and all of a column the same width, whatever their labels need. A column is as
/// wide as the widest chart in it that has a size of its own, a row as high as the highest, in all at most 1,200 pixels
/// wide; `size`, `widths` and `heights` of the grid decide otherwise. Names that occur in several charts have one colour. ``Chart/facet(row:column:scales:)`` divides one chart instead.
public struct ChartGrid: Sendable {
  /// The charts from the top left, row by row; an empty place is `nil`.
  let rows: [[Chart?]]
  var options = ChartGridOptions()

  /// Charts beside each other, in rows.
  ///
  /// - Parameters:
  ///   - columns: how many stand beside each other, at least 1; by default all up to 3, and the side of a square where
  ///     there are more.
  ///   - charts: the charts, from left to right and from the top.
  public init(columns: Int? = nil, @ChartGridBuilder _ charts: () throws -> [Chart]) rethrows {
    let charts = try charts()
    let automatic = charts.count <= 3 ? charts.count : Int(Double(charts.count).squareRoot().rounded(.up))
    let width = max(1, min(columns ?? automatic, max(1, charts.count)))
    rows = stride(from: 0, to: charts.count, by: width).map { start in
      (start..<start + width).map { $0 < charts.count ? charts[$0] : nil }
    }
  }

  /// Charts in rows from the top; `nil` leaves a place empty. Shorter rows have empty places at their ends.
  public init(_ rows: [[Chart?]]) {
    let width = rows.map(\.count).max() ?? 0
    self.rows = rows.map { $0 + Array(repeating: nil, count: width - $0.count) }
  }

  var columnCount: Int { rows.first?.count ?? 0 }
}

/// Collects the charts written between a grid's braces.
@resultBuilder
public enum ChartGridBuilder {
  /// One chart.
  public static func buildExpression(_ chart: Chart) -> [Chart] { [chart] }
  /// Charts made elsewhere, as by a function.
  public static func buildExpression(_ charts: [Chart]) -> [Chart] { charts }
  /// The charts of all lines, in order.
  public static func buildBlock(_ charts: [Chart]...) -> [Chart] { charts.flatMap(\.self) }
  /// The charts of an `if`.
  public static func buildOptional(_ charts: [Chart]?) -> [Chart] { charts ?? [] }
  /// The charts of the first branch.
  public static func buildEither(first charts: [Chart]) -> [Chart] { charts }
  /// The charts of the second branch.
  public static func buildEither(second charts: [Chart]) -> [Chart] { charts }
  /// The charts of a loop.
  public static func buildArray(_ charts: [[Chart]]) -> [Chart] { charts.flatMap(\.self) }
}
