/// Every single value as a dot, beside its group's name: nothing is summarised, nothing is hidden.
///
///     try Chart(iris) { StripMark(x: "species", y: "petalLength", color: "species") }
///
/// Dots step aside so that none covers another (a beeswarm); where a group has too many for its room, those on its edges
/// overlap. Groups of more than a thousand values are spread evenly instead, wider where values are dense.
///
/// Reference: Wilkinson (1999), Dot plots.
public struct StripMark: StyledMark {
  private let x, y, color: (any PlotChannel)?
  private let label: String?
  private let size: Double
  /// How the mark looks where no channel decides.
  public var style: MarkStyle

  /// - Parameters:
  ///   - x: the names of groups, or the quantities of lying strips; may be left out.
  ///   - y: the quantities, or the names of lying strips. When both are numbers, `x` names.
  ///   - color: names, which stand side by side within a group, or numbers, which only colour the dots.
  ///   - label: the legend's name for all dots, where there is no `color`.
  ///   - size: the diameter in pixels. Default 6.
  public init(
    x: (any PlotChannel)? = nil, y: (any PlotChannel)? = nil, color: (any PlotChannel)? = nil, label: String? = nil,
    size: Double = 6
  ) {
    (self.x, self.y, self.color, self.label, self.size) = (x, y, color, label, max(size, 0.5))
    style = MarkStyle(opacity: 0.8)
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let rows = try DistributionRows(
      "StripMark", x: x, y: y, color: color, label: label, colorsAreNames: false, in: table)
    return ResolvedMark(Layer(rows: rows, size: size, style: style))
  }

  private struct Layer: MarkLayer {
    let rows: DistributionRows
    let size: Double
    let style: MarkStyle

    /// Above, the exact placement would cost more than it shows.
    private static let mostSwarming = 1000

    var rowCount: Int { rows.rows.count }
    var takesSeriesColor: Bool { rows.rows.color == nil && style.color == nil }
    var demands: MarkDemands { rows.demands() }

    func draw(on canvas: inout Canvas) {
      canvas.skipped += rows.skipped
      var dots = canvas
      dots.svg = SVGWriter()
      for group in rows.groups {
        guard let lane = rows.lane(of: group, on: canvas) else { continue }
        draw(group, in: lane, on: &dots)
      }
      canvas.skipped = dots.skipped
      canvas.svg.group("g", ["fill-opacity": SVGWriter.Value(style.opacity)]) { $0.append(dots.svg) }
    }

    private func draw(
      _ group: DistributionRows.Group, in lane: DistributionRows.Lane, on canvas: inout Canvas
    ) {
      let placed = zip(group.rows, group.values).compactMap { row, value in
        lane.along(value).map { (row: row, value: value, along: $0) }
      }
      canvas.skipped += group.rows.count - placed.count
      let room = max(0, (lane.width - size) / 2)
      let offsets =
        placed.count > Self.mostSwarming
        ? spread(placed.map(\.value), room: room) : Swarm.offsets(placed.map(\.along), diameter: size)
      for (dot, offset) in zip(placed, offsets) {
        let point = lane.point(dot.along, min(max(offset, -room), room))
        canvas.svg.element(
          "circle",
          [
            "cx": .number(point.x), "cy": .number(point.y), "r": .number(size / 2),
            "fill": .text(canvas.color(rows.rows.color, row: dot.row, style: style).css),
          ], tooltip: rowCount <= Canvas.mostTooltips ? rows.rows.summary(of: dot.row) : nil)
      }
    }

    private func spread(_ values: [Double], room: Double) -> [Double] {
      guard let curve = DensityEstimate(values)?.curve(count: 100, beyond: 0), let highest = curve.densities.max()
      else {
        return values.indices.map { Swarm.spread($0) * room }
      }
      let step = (curve.places[99] - curve.places[0]) / 99
      return values.enumerated().map { index, value in
        let place = min(max(Int(((value - curve.places[0]) / step).rounded()), 0), 99)
        return Swarm.spread(index) * room * curve.densities[place] / highest
      }
    }
  }
}
