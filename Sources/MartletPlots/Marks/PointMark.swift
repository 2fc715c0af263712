/// A dot for every row: how two quantities go together.
///
///     try Chart(penguins) { PointMark(x: "bill_length", y: "body_mass", color: "species") }
///
/// Numbers and names both have places on the axes. Overlapping dots are told apart by a low `opacity`.
public struct PointMark: StyledMark {
  private let x, y: any PlotChannel
  private let color: (any PlotChannel)?
  private let label: String?
  private let size: Double
  /// How the mark looks where no channel decides.
  public var style: MarkStyle

  /// - Parameters:
  ///   - x: where the dots stand from left to right.
  ///   - y: where they stand from bottom to top.
  ///   - color: names give every group a colour, numbers a shade; both add a legend.
  ///   - label: the legend's name for all dots of this mark, where there is no `color`.
  ///   - size: the diameter in pixels. Default 7.
  ///   - opacity: from 0 to 1; default 0.75, so that crowds look darker.
  public init(
    x: any PlotChannel, y: any PlotChannel, color: (any PlotChannel)? = nil, label: String? = nil, size: Double = 7,
    opacity: Double = 0.75
  ) {
    (self.x, self.y, self.color, self.label, self.size) = (x, y, color, label, max(size, 0))
    style = MarkStyle(opacity: min(max(opacity, 0), 1))
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let rows = try PlotRows(
      "PointMark", x: x.plotColumn(in: table), y: y.plotColumn(in: table), color: colorColumn(color, label, in: table))
    return ResolvedMark(Layer(rows: rows, size: size, style: style))
  }

  private struct Layer: MarkLayer {
    let rows: PlotRows
    let size: Double
    let style: MarkStyle

    var rowCount: Int { rows.count }
    var takesSeriesColor: Bool { rows.color == nil && style.color == nil }
    var demands: MarkDemands {
      MarkDemands(x: rows.x.map { AxisDemand($0) }, y: rows.y.map { AxisDemand($0) }, color: ColorDemand(rows.color))
    }

    func draw(on canvas: inout Canvas) {
      guard let x = rows.x, let y = rows.y else { return }
      let hasTooltips = rows.count <= Canvas.mostTooltips
      var dots = canvas
      dots.svg = SVGWriter()
      for row in 0..<rows.count {
        guard rows.color?[row] != .missing else {
          dots.skipped += 1
          continue
        }
        guard let point = dots.point(x[row], y[row]) else { continue }
        dots.svg.element(
          "circle",
          [
            "cx": .number(point.x), "cy": .number(point.y), "r": .number(size / 2),
            "fill": .text(dots.color(rows.color, row: row, style: style).css),
          ], tooltip: hasTooltips ? rows.summary(of: row) : nil)
      }
      canvas.skipped = dots.skipped
      canvas.svg.group("g", ["fill-opacity": SVGWriter.Value(style.opacity)]) { $0.append(dots.svg) }
    }
  }
}
