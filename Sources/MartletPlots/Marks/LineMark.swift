/// A line through the rows in their order: how a quantity changes.
///
///     Chart {
///       LineMark(y: trainingLosses, label: "training")
///       LineMark(y: validationLosses, label: "validation")
///     }
///     try Chart(prices) { LineMark(x: "date", y: "price", interpolation: .stepAfter) }
///
/// A colour channel with names draws one line for each. A missing value leaves a gap. ``showingPoints(size:)`` puts a dot
/// on every row.
public struct LineMark: StyledMark {
  private let x: (any PlotChannel)?
  private let y: any PlotChannel
  private let color, series: (any PlotChannel)?
  private let label: String?
  private let interpolation: Interpolation
  private var pointSize: Double?
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// - Parameters:
  ///   - x: where the line goes from left to right; by default the rows' numbers 0, 1, 2, ….
  ///   - y: its height.
  ///   - color: names, one line for each.
  ///   - series: names, one line for each within its colour: many lines of one colour.
  ///   - label: the legend's name for the line, where there is no `color`.
  ///   - interpolation: how it gets from row to row: straight, in steps, smoothly. Default straight.
  public init(
    x: (any PlotChannel)? = nil, y: any PlotChannel, color: (any PlotChannel)? = nil,
    series: (any PlotChannel)? = nil, label: String? = nil, interpolation: Interpolation = .linear
  ) {
    (self.x, self.y, self.color, self.series) = (x, y, color, series)
    (self.label, self.interpolation) = (label, interpolation)
  }

  /// The same line with a dot on every row: where rows are few or lie unevenly, a line alone hides where they are.
  ///
  ///     LineMark(x: degrees, y: errors).showingPoints()
  /// - Parameter size: the dots' diameter in pixels; more than 0, default 6.
  public func showingPoints(size: Double = 6) -> LineMark {
    var copy = self
    copy.pointSize = max(size, 0)
    return copy
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let y = try y.plotColumn(in: table)
    let x = try optionalColumn(x, in: table) ?? rowNumbers(y.count)
    let color = try colorColumn(color, label, in: table)?.asCategories
    let series = try optionalColumn(series, in: table)?.asCategories
    let rows = try PlotRows("LineMark", x: x, y: y, color: color, others: series.map { ["series": $0] } ?? [:])
    return ResolvedMark(LineLayer(rows: rows, style: style, interpolation: interpolation, pointSize: pointSize))
  }
}

/// Lines through the rows of each series; shared by the marks that draw one.
struct LineLayer: MarkLayer {
  let rows: PlotRows
  let style: MarkStyle
  var interpolation = Interpolation.linear
  /// The diameter of the dots on the line's rows; without one there are none.
  var pointSize: Double?

  var rowCount: Int { rows.count }
  var takesSeriesColor: Bool { rows.color == nil && style.color == nil }
  var demands: MarkDemands {
    MarkDemands(
      x: rows.x.map { AxisDemand($0, isTight: true) }, y: rows.y.map { AxisDemand($0) },
      color: ColorDemand(rows.color, style))
  }

  func draw(on canvas: inout Canvas) {
    for (category, rows) in rows.series(of: Array(0..<rows.count)) {
      for (name, rows) in lines(of: rows) {
        let places = rows.map { place(of: $0, on: &canvas) }
        let path = path(through: places)
        guard !path.isEmpty else { continue }
        draw(path, category: category, tooltip: name ?? category ?? self.rows.y?.name, on: &canvas)
        if let pointSize { drawPoints(at: places, of: rows, pointSize, category: category, on: &canvas) }
      }
    }
  }

  /// The rows of a colour by their series.
  private func lines(of rows: [Int]) -> [(name: String?, rows: [Int])] {
    guard let series = self.rows.others["series"] else { return [(nil, rows)] }
    let groups = Dictionary(grouping: rows) { series[$0].text }
    return rows.map { series[$0].text }.removingDuplicates().map { ($0, groups[$0] ?? []) }
  }

  private func draw(_ path: SVGPath, category: String?, tooltip: String?, on canvas: inout Canvas) {
    canvas.svg.element(
      "path",
      [
        "d": .text(path.data), "fill": "none", "stroke": .text(canvas.color(category: category, style: style).css),
        "stroke-width": .number(style.lineWidth ?? 2), "stroke-linejoin": "round", "stroke-linecap": "round",
        "stroke-dasharray": SVGWriter.Value(style.dashes), "stroke-opacity": SVGWriter.Value(style.opacity),
      ], tooltip: tooltip)
  }

  private func place(of row: Int, on canvas: inout Canvas) -> (x: Double, y: Double)? {
    guard let x = rows.x, let y = rows.y else { return nil }
    return canvas.point(x[row], y[row])
  }

  private func path(through places: [(x: Double, y: Double)?]) -> SVGPath {
    var path = SVGPath()
    for stretch in places.split(whereSeparator: { $0 == nil }) { path.draw(stretch.compactMap(\.self), interpolation) }
    return path
  }

  private func drawPoints(
    at places: [(x: Double, y: Double)?], of rows: [Int], _ size: Double, category: String?, on canvas: inout Canvas
  ) {
    let color = canvas.color(category: category, style: style).css
    let hasTooltips = self.rows.count <= Canvas.mostTooltips
    for (row, place) in zip(rows, places) {
      guard let place else { continue }
      canvas.svg.symbol(
        .circle, x: place.x, y: place.y, diameter: size, fill: .text(color), opacity: SVGWriter.Value(style.opacity),
        tooltip: hasTooltips ? self.rows.summary(of: row) : nil)
    }
  }
}

extension SVGPath {
  /// One stretch of a line without gaps.
  fileprivate mutating func draw(_ stretch: [(x: Double, y: Double)], _ interpolation: Interpolation) {
    guard let first = stretch.first else { return }
    move(first.x, first.y)
    // A row between two gaps would not be seen: a line of no length has round ends.
    if stretch.count == 1 { line(first.x, first.y) }
    follow(stretch, interpolation)
  }
}
