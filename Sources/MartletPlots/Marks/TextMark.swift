/// A text at every row's place.
///
///     TextMark(x: "bill_length", y: "body_mass", text: "name")
///     TextMark(x: 3, y: 0.9, text: ["the best epoch"])
///     TextMark(x: "first", y: "second", text: "word", color: "topic")
public struct TextMark: StyledMark {
  private let x, y, text: any PlotChannel
  private let color: (any PlotChannel)?
  private let size: Double
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// - Parameters:
  ///   - x: where the middle of the text stands from left to right.
  ///   - y: where the middle of the text stands from bottom to top.
  ///   - text: what is written; numbers are rounded to six digits.
  ///   - color: names give every group a colour, numbers a shade; both add a legend.
  ///   - size: the font's size in pixels. Default 11.
  public init(
    x: any PlotChannel, y: any PlotChannel, text: any PlotChannel, color: (any PlotChannel)? = nil, size: Double = 11
  ) {
    (self.x, self.y, self.text, self.color, self.size) = (x, y, text, color, size)
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let text = try text.plotColumn(in: table).asCategories
    let rows = try PlotRows(
      "TextMark", x: x.plotColumn(in: table), y: y.plotColumn(in: table), color: optionalColumn(color, in: table),
      others: ["text": text])
    return ResolvedMark(Layer(rows: rows, text: text, size: size, style: style))
  }

  private struct Layer: MarkLayer {
    let rows: PlotRows
    let text: PlotColumn
    let size: Double
    let style: MarkStyle

    var rowCount: Int { rows.count }
    var takesSeriesColor: Bool { false }
    var demands: MarkDemands {
      MarkDemands(
        x: rows.x.map { AxisDemand($0) }, y: rows.y.map { AxisDemand($0) }, color: ColorDemand(rows.color, style))
    }

    func draw(on canvas: inout Canvas) {
      for row in 0..<rows.count {
        guard let x = rows.x, let y = rows.y, let point = canvas.point(x[row], y[row]), let text = text[row].text else {
          continue
        }
        let color = rows.color.flatMap { canvas.color.color(of: $0[row]) } ?? style.color
        // Kept on the picture where the point is near its edge.
        let half = TextMetrics.width(of: text, size: size) / 2
        let left = max(min(point.x, canvas.plot.right - half), canvas.plot.left + half)
        canvas.svg.element(
          "text",
          [
            "x": .number(left), "y": .number(point.y + size * 0.35), "text-anchor": "middle",
            "font-size": .number(size), "class": color == nil ? "ink halo" : "halo",
            "fill": .text((color ?? Theme.light.ink).css), "fill-opacity": SVGWriter.Value(style.opacity),
          ], content: text)
      }
    }
  }
}
