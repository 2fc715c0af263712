import Glibc

/// Parts of a whole, as sectors of a disc or of a ring.
///
///     Chart { SectorMark(["yes", "no", "undecided"], values: [48, 37, 15]) }
///     Chart { SectorMark(parties, values: seats, innerRadius: 0.6) }     // a ring, or donut
///
/// Sectors go clockwise from the top in the order of the rows, and rows of one name are added up. Lengths are easier to
/// compare than angles: for more than five parts, or parts of similar size, ``BarMark`` tells more.
public struct SectorMark: StyledMark {
  private let names, values: any PlotChannel
  private let innerRadius: Double
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// - Parameters:
  ///   - names: what the parts are called; each has a colour of its own.
  ///   - values: how large they are, at least 0, in any unit.
  ///   - innerRadius: of the hole, as a share of the disc's radius; default 0, at most 0.95.
  public init(_ names: any PlotChannel, values: any PlotChannel, innerRadius: Double = 0) {
    (self.names, self.values, self.innerRadius) = (names, values, min(max(innerRadius, 0), 0.95))
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let values = try numericColumn(values, of: "SectorMark", channel: "values", in: table)
    let rows = try PlotRows(
      "SectorMark", color: names.plotColumn(in: table).asCategories, others: ["values": values])
    if let row = (0..<rows.count).first(where: { (values[$0].number ?? 0) < 0 }) {
      throw ChartError(
        .unsuitable("SectorMark needs values of at least 0; row \(row) has \(values[row].text ?? "none")."))
    }
    return ResolvedMark(Layer(rows: rows, values: values, innerRadius: innerRadius, style: style))
  }

  private struct Layer: MarkLayer {
    let rows: PlotRows
    let values: PlotColumn
    let innerRadius: Double
    let style: MarkStyle

    /// Sectors below this share have no room for a label.
    private static let leastLabelled = 0.04

    var rowCount: Int { rows.count }
    var takesSeriesColor: Bool { false }
    var demands: MarkDemands { .free(width: 320, height: 320, color: ColorDemand(rows.color)) }

    func draw(on canvas: inout Canvas) {
      let parts = rows.series(of: Array(0..<rows.count)).map { name, rows in
        (name: name ?? "", value: rows.reduce(0) { $0 + (values[$1].number ?? 0) })
      }
      canvas.skipped += (0..<rows.count).filter { values[$0] == .missing || rows.color?[$0] == .missing }.count
      let total = parts.reduce(0) { $0 + $1.value }
      guard total > 0, total.isFinite else { return }
      var start = 0.0
      for part in parts where part.value > 0 {
        draw(part.name, part.value, from: start, to: start + part.value / total, on: &canvas)
        start += part.value / total
      }
    }

    private func draw(_ name: String, _ value: Double, from start: Double, to end: Double, on canvas: inout Canvas) {
      let plot = canvas.plot
      let radius = min(plot.width, plot.height) / 2 - 2
      let centre = (x: plot.left + radius + 2, y: plot.middleY)
      let color = canvas.color(category: name, style: MarkStyle())
      let percent = NumberText.fixed((end - start) * 100, decimals: end - start < 0.1 ? 1 : 0) + " %"
      canvas.svg.element(
        "path",
        [
          "d": .text(Self.sector(centre, radius, radius * innerRadius, from: start, to: end)), "fill": .text(color.css),
          "fill-rule": "evenodd", "stroke": .text(Theme.light.paper.css), "class": "halo",
          "fill-opacity": SVGWriter.Value(style.opacity),
        ], tooltip: "\(name): \(NumberText.short(value)) (\(percent))")
      guard end - start >= Self.leastLabelled else { return }
      let angle = (start + end) * .pi
      let distance = radius * (innerRadius == 0 ? 0.68 : (1 + innerRadius) / 2)
      guard TextMetrics.width(of: percent, size: FontSize.tick) < radius * (1 - innerRadius) * 0.95 else { return }
      canvas.svg.element(
        "text",
        [
          "x": .number(centre.x + distance * sin(angle)), "y": .number(centre.y - distance * cos(angle) + 4),
          "text-anchor": "middle", "font-size": .number(FontSize.tick), "fill": .text(color.readableInk.css),
          "pointer-events": "none",
        ], content: percent)
    }

    /// The outline of a sector, from one share of the turn to another, clockwise from the top.
    private static func sector(
      _ centre: (x: Double, y: Double), _ outer: Double, _ inner: Double, from start: Double, to end: Double
    ) -> String {
      // An arc whose ends meet is not drawn at all: a whole disc is two halves.
      if end - start > 0.9999 {
        return sector(centre, outer, inner, from: 0, to: 0.5) + sector(centre, outer, inner, from: 0.5, to: 1)
      }
      func place(_ share: Double, _ radius: Double) -> String {
        let angle = share * 2 * .pi
        return "\(SVGWriter.number(centre.x + radius * sin(angle))) \(SVGWriter.number(centre.y - radius * cos(angle)))"
      }
      let isLarge = end - start > 0.5 ? 1 : 0
      func arc(_ radius: Double, _ sweep: Int, to share: Double) -> String {
        "A\(SVGWriter.number(radius)) \(SVGWriter.number(radius)) 0 \(isLarge) \(sweep) \(place(share, radius))"
      }
      let outside = "M\(place(start, outer))" + arc(outer, 1, to: end)
      if inner == 0 { return outside + "L\(SVGWriter.number(centre.x)) \(SVGWriter.number(centre.y))Z" }
      return outside + "L\(place(end, inner))" + arc(inner, 0, to: start) + "Z"
    }
  }
}
