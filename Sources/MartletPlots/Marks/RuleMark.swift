/// A straight line across the whole plot: a threshold, a mean, a moment.
///
///     RuleMark(y: 0.5, label: "chance").dashed()
public struct RuleMark: StyledMark {
  private let x, y: (any PlotChannel)?
  private let label: String?
  private var isLabelAtStart = false
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// Upright lines.
  ///
  /// - Parameters:
  ///   - x: where they stand, one for each row.
  ///   - label: written beside the line.
  public init(x: any PlotChannel, label: String? = nil) {
    (self.x, y, self.label) = (x, nil, label)
  }

  /// Level lines.
  ///
  /// - Parameters:
  ///   - y: their heights, one for each row.
  ///   - label: written above the line.
  public init(y: any PlotChannel, label: String? = nil) {
    (x, self.y, self.label) = (nil, y, label)
  }

  /// The same rule with its label at the other end, where fewer marks are in its way: at the left of a level line, at the
  /// foot of an upright one.
  ///
  ///     RuleMark(y: 45, label: "the direction (1, 1)").labelAtStart()
  public func labelAtStart() -> RuleMark {
    var copy = self
    copy.isLabelAtStart = true
    return copy
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let rows = try PlotRows("RuleMark", x: optionalColumn(x, in: table), y: optionalColumn(y, in: table))
    return ResolvedMark(Layer(rows: rows, label: label, isLabelAtStart: isLabelAtStart, style: style))
  }

  private struct Layer: MarkLayer {
    let rows: PlotRows
    let label: String?
    let isLabelAtStart: Bool
    let style: MarkStyle

    var rowCount: Int { rows.count }
    var takesSeriesColor: Bool { false }
    var demands: MarkDemands {
      // A rule's own name is no title for the axis: it stands on the axis of other marks.
      var demands = MarkDemands(x: rows.x.map { AxisDemand($0) }, y: rows.y.map { AxisDemand($0) })
      demands.x?.isTight = true
      return demands
    }

    func draw(on canvas: inout Canvas) {
      for row in 0..<rows.count {
        guard let ends = ends(row, canvas) else {
          canvas.skipped += 1
          continue
        }
        canvas.svg.element(
          "line",
          [
            "x1": .number(ends.left), "y1": .number(ends.top), "x2": .number(ends.right), "y2": .number(ends.bottom),
            "class": style.color == nil ? "axis" : .absent,
            "stroke": .text((style.color ?? Theme.light.ink).css), "stroke-width": .number(style.lineWidth ?? 1.25),
            "stroke-dasharray": SVGWriter.Value(style.dashes), "stroke-opacity": SVGWriter.Value(style.opacity),
          ], tooltip: rows.summary(of: row))
        if row == 0, let label { write(label, at: ends, on: &canvas) }
      }
    }

    private func ends(_ row: Int, _ canvas: Canvas) -> Box? {
      let plot = canvas.plot
      if let x = rows.x {
        return canvas.x.position(of: x[row]).map { Box(left: $0, top: plot.top, right: $0, bottom: plot.bottom) }
      }
      return rows.y.flatMap { canvas.y.position(of: $0[row]) }
        .map { Box(left: plot.left, top: $0, right: plot.right, bottom: $0) }
    }

    private func write(_ label: String, at ends: Box, on canvas: inout Canvas) {
      let plot = canvas.plot
      let isUpright = rows.x != nil
      let isNearRight = isUpright && ends.left + 5 + TextMetrics.width(of: label, size: 11) > plot.right
      let isNearTop = !isUpright && ends.top < plot.top + 16
      canvas.svg.element(
        "text",
        [
          "x": .number(
            isUpright ? ends.left + (isNearRight ? -5 : 5) : isLabelAtStart ? plot.left + 4 : plot.right - 4),
          "y": .number(
            isUpright ? (isLabelAtStart ? plot.bottom - 6 : plot.top + 11) : ends.top + (isNearTop ? 13 : -5)),
          "text-anchor": isUpright ? (isNearRight ? "end" : .absent) : (isLabelAtStart ? .absent : "end"),
          "class": "muted halo",
          "fill": .text(Theme.light.muted.css),
        ], content: label)
    }
  }
}
