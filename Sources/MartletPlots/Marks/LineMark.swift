/// A line through the rows in their order: how a quantity changes.
///
///     Chart {
///       LineMark(y: trainingLosses, label: "training")
///       LineMark(y: validationLosses, label: "validation")
///     }
///
/// A colour channel with names draws one line for each. A missing value leaves a gap.
public struct LineMark: StyledMark {
  private let x: (any PlotChannel)?
  private let y: any PlotChannel
  private let color: (any PlotChannel)?
  private let label: String?
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// - Parameters:
  ///   - x: where the line goes from left to right; by default the rows' numbers 0, 1, 2, ….
  ///   - y: its height.
  ///   - color: names, one line for each.
  ///   - label: the legend's name for the line, where there is no `color`.
  public init(
    x: (any PlotChannel)? = nil, y: any PlotChannel, color: (any PlotChannel)? = nil, label: String? = nil
  ) {
    (self.x, self.y, self.color, self.label) = (x, y, color, label)
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let y = try y.plotColumn(in: table)
    let x = try optionalColumn(x, in: table) ?? rowNumbers(y.count)
    let color = try colorColumn(color, label, in: table)?.asCategories
    return ResolvedMark(LineLayer(rows: try PlotRows("LineMark", x: x, y: y, color: color), style: style))
  }
}

/// Lines through the rows of each series; shared by the marks that draw one.
struct LineLayer: MarkLayer {
  let rows: PlotRows
  let style: MarkStyle

  var rowCount: Int { rows.count }
  var takesSeriesColor: Bool { rows.color == nil && style.color == nil }
  var demands: MarkDemands {
    MarkDemands(
      x: rows.x.map { AxisDemand($0, isTight: true) }, y: rows.y.map { AxisDemand($0) }, color: ColorDemand(rows.color))
  }

  func draw(on canvas: inout Canvas) {
    for (category, rows) in rows.series(of: Array(0..<rows.count)) {
      let path = path(through: rows, on: &canvas)
      guard !path.isEmpty else { continue }
      canvas.svg.element(
        "path",
        [
          "d": .text(path.data), "fill": "none", "stroke": .text(canvas.color(category: category, style: style).css),
          "stroke-width": .number(style.lineWidth ?? 2), "stroke-linejoin": "round", "stroke-linecap": "round",
          "stroke-dasharray": SVGWriter.Value(style.dashes), "stroke-opacity": SVGWriter.Value(style.opacity),
        ], tooltip: category ?? self.rows.y?.name)
    }
  }

  private func path(through rows: [Int], on canvas: inout Canvas) -> SVGPath {
    var path = SVGPath()
    var isDrawing = false
    for (position, row) in rows.enumerated() {
      guard let x = self.rows.x, let y = self.rows.y, let point = canvas.point(x[row], y[row]) else {
        isDrawing = false
        continue
      }
      if isDrawing { path.line(point.x, point.y) } else { path.move(point.x, point.y) }
      // A row between two gaps would not be seen: a line of no length has round ends.
      let isAlone = !isDrawing && (position + 1 == rows.count || !isPlaced(rows[position + 1], on: canvas))
      if isAlone { path.line(point.x, point.y) }
      isDrawing = true
    }
    return path
  }

  private func isPlaced(_ row: Int, on canvas: Canvas) -> Bool {
    guard let x = rows.x, let y = rows.y else { return false }
    return canvas.x.position(of: x[row]) != nil && canvas.y.position(of: y[row]) != nil
  }
}
