import Glibc

/// Arrows from place to place, in the units of the axes: vectors, moves, changes.
///
///     Chart {
///       ArrowMark(x: [0], y: [0], toX: [3], toY: [1], label: "a")
///       ArrowMark(x: [3], y: [1], toX: [4], toY: [3], label: "b")
///     }
///     .equalUnits()
///
/// ``VectorFieldMark`` is for many arrows whose lengths are only to be compared.
public struct ArrowMark: StyledMark {
  private let x, y, toX, toY: any PlotChannel
  private let color: (any PlotChannel)?
  private let label: String?
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// - Parameters:
  ///   - x, y: where the arrows begin.
  ///   - toX, toY: where their tips are.
  ///   - color: names, one colour for each.
  ///   - label: the legend's name for the arrows, where there is no `color`.
  public init(
    x: any PlotChannel, y: any PlotChannel, toX: any PlotChannel, toY: any PlotChannel,
    color: (any PlotChannel)? = nil, label: String? = nil
  ) {
    (self.x, self.y, self.toX, self.toY) = (x, y, toX, toY)
    (self.color, self.label) = (color, label)
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let tips = ["toX": try toX.plotColumn(in: table), "toY": try toY.plotColumn(in: table)]
    let rows = try PlotRows(
      "ArrowMark", x: try x.plotColumn(in: table), y: try y.plotColumn(in: table),
      color: colorColumn(color, label, in: table)?.asCategories, others: tips)
    return ResolvedMark(Layer(rows: rows, style: style))
  }

  private struct Layer: MarkLayer {
    let rows: PlotRows
    let style: MarkStyle

    var rowCount: Int { rows.count }
    var takesSeriesColor: Bool { rows.color == nil && style.color == nil }
    var demands: MarkDemands {
      MarkDemands(x: demand(rows.x, "toX"), y: demand(rows.y, "toY"), color: ColorDemand(rows.color, style))
    }

    /// Room for both ends; the axis has the name of the beginning.
    private func demand(_ column: PlotColumn?, _ tip: String) -> AxisDemand? {
      guard let column, let end = rows.others[tip] else { return nil }
      var demand = AxisDemand(column)
      demand.extent = .numbers(demand.extent.quantities + AxisDemand(end).extent.quantities)
      return demand
    }

    func draw(on canvas: inout Canvas) {
      for (category, rows) in rows.series(of: Array(0..<rows.count)) {
        let color = canvas.color(category: category, style: style).css
        for row in rows {
          arrow(row, on: &canvas)?.draw(on: &canvas, color: color, style: style, tooltip: category)
        }
      }
    }

    private func arrow(_ row: Int, on canvas: inout Canvas) -> DrawnArrow? {
      guard let x = rows.x, let y = rows.y, let toX = rows.others["toX"], let toY = rows.others["toY"],
        let start = canvas.point(x[row], y[row]), let tip = canvas.point(toX[row], toY[row])
      else { return nil }
      return DrawnArrow(start: start, tip: tip)
    }
  }
}

/// An arrow in pixels.
private struct DrawnArrow {
  let start, tip: (x: Double, y: Double)

  func draw(on canvas: inout Canvas, color: String, style: MarkStyle, tooltip: String?) {
    let width = style.lineWidth ?? 2.2
    let length = hypot(tip.x - start.x, tip.y - start.y)
    // A short arrow is mostly head; one without length is a dot.
    let head = min(5 + 2 * width, length * 0.6)
    let along = length > 0 ? (x: (tip.x - start.x) / length, y: (tip.y - start.y) / length) : (x: 0, y: 0)
    let neck = (x: tip.x - along.x * head, y: tip.y - along.y * head)
    var shaft = SVGPath()
    shaft.polyline([start, length > 0 ? neck : tip])
    canvas.svg.element(
      "path",
      [
        "d": .text(shaft.data), "fill": "none", "stroke": .text(color), "stroke-width": .number(width),
        "stroke-linecap": "round", "stroke-dasharray": SVGWriter.Value(style.dashes),
        "stroke-opacity": SVGWriter.Value(style.opacity),
      ], tooltip: tooltip)
    guard length > 0 else { return }
    let side = (x: -along.y * head * 0.45, y: along.x * head * 0.45)
    var triangle = SVGPath()
    triangle.polyline([(neck.x + side.x, neck.y + side.y), tip, (neck.x - side.x, neck.y - side.y)])
    canvas.svg.element(
      "path", ["d": .text(triangle.data + "Z"), "fill": .text(color), "fill-opacity": SVGWriter.Value(style.opacity)])
  }
}
