/// The shape of a distribution, for every group: as wide as its values are dense.
///
///     try Chart(iris) { ViolinMark(x: "species", y: "petalLength") }
///
/// The outline is a kernel density estimate (see ``DensityMark``) that ends at the smallest and the largest value; all
/// violins of a chart have the same area. The thick line inside goes from the lower to the upper quartile; the dot is
/// the median. Groups whose values do not vary are a line.
///
/// Reference: Hintze and Nelson (1998), Violin plots: a box plot–density trace synergism.
public struct ViolinMark: StyledMark {
  private let x, y, color: (any PlotChannel)?
  private let label: String?
  private let bandwidth: DensityBandwidth
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// - Parameters:
  ///   - x: the names of groups, or the quantities of lying violins; may be left out.
  ///   - y: the quantities, or the names of lying violins. When both are numbers, `x` names.
  ///   - color: names; violins of the same group stand side by side by colour.
  ///   - label: the legend's name for all violins, where there is no `color`.
  ///   - bandwidth: how smooth the outline is; default Scott's rule.
  public init(
    x: (any PlotChannel)? = nil, y: (any PlotChannel)? = nil, color: (any PlotChannel)? = nil, label: String? = nil,
    bandwidth: DensityBandwidth = .scott
  ) {
    (self.x, self.y, self.color, self.label, self.bandwidth) = (x, y, color, label, bandwidth)
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let rows = try DistributionRows("ViolinMark", x: x, y: y, color: color, label: label, in: table)
    let curves = rows.groups.map { DensityEstimate($0.values, bandwidth: bandwidth)?.curve(count: 100, beyond: 0) }
    return ResolvedMark(Layer(rows: rows, curves: curves, style: style))
  }

  private struct Layer: MarkLayer {
    let rows: DistributionRows
    let curves: [(places: [Double], densities: [Double])?]
    let style: MarkStyle

    var rowCount: Int { rows.rows.count }
    var takesSeriesColor: Bool { rows.rows.color == nil && style.color == nil }
    var demands: MarkDemands { rows.demands() }

    func draw(on canvas: inout Canvas) {
      canvas.skipped += rows.skipped
      let highest = curves.compactMap { $0?.densities.max() }.max() ?? 1
      for (group, curve) in zip(rows.groups, curves) {
        guard let lane = rows.lane(of: group, on: canvas) else { continue }
        let path = outline(curve, of: group, in: lane, highest: highest)
        let color = canvas.color(category: group.category, style: style)
        canvas.svg.element(
          "path",
          [
            "d": .text(path.data), "fill": .text(color.css), "fill-opacity": .number(style.opacity ?? 0.4),
            "stroke": .text(color.css), "stroke-width": .number(style.lineWidth ?? 1.5), "stroke-linejoin": "round",
          ], tooltip: "\(group.category ?? group.name): \(group.values.count) values")
        drawQuartiles(of: group, in: lane, color, on: &canvas)
      }
    }

    private func outline(
      _ curve: (places: [Double], densities: [Double])?, of group: DistributionRows.Group,
      in lane: DistributionRows.Lane, highest: Double
    ) -> SVGPath {
      var path = SVGPath()
      guard let curve else {
        if let along = group.values.first.flatMap(lane.along) {
          path.move(lane.point(along, -lane.width / 4))
          path.line(lane.point(along, lane.width / 4))
        }
        return path
      }
      let side = zip(curve.places, curve.densities).compactMap { place, density in
        lane.along(place).map { (along: $0, across: density / highest * lane.width / 2) }
      }
      guard let first = side.first else { return path }
      path.move(lane.point(first.along, -first.across))
      for place in side.dropFirst() { path.line(lane.point(place.along, -place.across)) }
      for place in side.reversed() { path.line(lane.point(place.along, place.across)) }
      path.close()
      return path
    }

    private func drawQuartiles(
      of group: DistributionRows.Group, in lane: DistributionRows.Lane, _ color: Color, on canvas: inout Canvas
    ) {
      guard let box = BoxSummary(group.values), let low = lane.along(box.lowerQuartile),
        let high = lane.along(box.upperQuartile), let middle = lane.along(box.median)
      else { return }
      let (start, end, centre) = (lane.point(low, 0), lane.point(high, 0), lane.point(middle, 0))
      canvas.svg.element(
        "line",
        [
          "x1": .number(start.x), "y1": .number(start.y), "x2": .number(end.x), "y2": .number(end.y),
          "stroke": .text(color.css), "stroke-width": 5, "stroke-linecap": "round",
        ])
      canvas.svg.element(
        "circle",
        [
          "cx": .number(centre.x), "cy": .number(centre.y), "r": 3, "class": "paper",
          "fill": .text(Theme.light.paper.css),
        ], tooltip: "median \(NumberText.short(box.median))")
    }
  }
}
