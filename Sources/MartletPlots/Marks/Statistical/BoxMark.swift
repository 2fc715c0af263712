/// The quartiles of a quantity, how far most of its values reach, and those that lie further out.
///
///     try Chart(iris) { BoxMark(x: "species", y: "petalLength") }
///     Chart { BoxMark(y: [3, 4, 4, 5, 12]) }                        // one box
///     try Chart(iris) { BoxMark(x: "petalLength", y: "species") }   // names on y: the boxes lie
///
/// The box goes from the lower to the upper quartile (interpolated linearly, as NumPy does), the line in it is the
/// median. The whiskers end at the last value within 1.5 lengths of the box; values beyond are dots.
///
/// Reference: Tukey (1977), Exploratory data analysis.
public struct BoxMark: StyledMark {
  private let x, y, color: (any PlotChannel)?
  private let label: String?
  private let reach: Double
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// - Parameters:
  ///   - x: the names of groups, or the quantities of lying boxes; may be left out.
  ///   - y: the quantities, or the names of lying boxes. When both are numbers, `x` names.
  ///   - color: names; boxes of the same group stand side by side by colour.
  ///   - label: the legend's name for all boxes, where there is no `color`.
  ///   - reach: how far whiskers may reach, in lengths of the box; default 1.5, `.infinity` for all values.
  public init(
    x: (any PlotChannel)? = nil, y: (any PlotChannel)? = nil, color: (any PlotChannel)? = nil, label: String? = nil,
    reach: Double = 1.5
  ) {
    (self.x, self.y, self.color, self.label, self.reach) = (x, y, color, label, max(reach, 0))
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let rows = try DistributionRows("BoxMark", x: x, y: y, color: color, label: label, in: table)
    return ResolvedMark(Layer(rows: rows, reach: reach, style: style))
  }

  private struct Layer: MarkLayer {
    let rows: DistributionRows
    let reach: Double
    let style: MarkStyle

    var rowCount: Int { rows.rows.count }
    var takesSeriesColor: Bool { rows.rows.color == nil && style.color == nil }
    var demands: MarkDemands { rows.demands() }

    func draw(on canvas: inout Canvas) {
      canvas.skipped += rows.skipped
      for group in rows.groups {
        guard let lane = rows.lane(of: group, on: canvas), let box = BoxSummary(group.values, reach: reach) else {
          continue
        }
        draw(box, group, in: lane, on: &canvas)
      }
    }

    private func draw(
      _ box: BoxSummary, _ group: DistributionRows.Group, in lane: DistributionRows.Lane, on canvas: inout Canvas
    ) {
      guard let low = lane.along(box.lowerQuartile), let middle = lane.along(box.median),
        let high = lane.along(box.upperQuartile), let bottom = lane.along(box.lowerWhisker),
        let top = lane.along(box.upperWhisker)
      else {
        canvas.skipped += group.rows.count
        return
      }
      let color = canvas.color(category: group.category, style: style).css
      let width = min(lane.width * 0.8, 60)
      let body = lane.box(from: low, to: high, width: width)
      let hidden = outliers(box, group, in: lane, color: color)
      canvas.skipped += hidden.skipped
      canvas.svg.group("g", ["stroke": .text(color), "stroke-width": .number(style.lineWidth ?? 1.5)]) { svg in
        for (start, end) in [(low, bottom), (high, top)] where start != end {
          line(lane.point(start, 0), lane.point(end, 0), on: &svg)
          line(lane.point(end, -width / 4), lane.point(end, width / 4), on: &svg)
        }
        svg.element(
          "rect",
          [
            "x": .number(body.left), "y": .number(body.top), "width": .number(body.width),
            "height": .number(body.height), "fill": .text(color), "fill-opacity": .number(style.opacity ?? 0.3),
          ], tooltip: summary(of: box, group))
        svg.group("g", ["stroke-width": 3]) {
          line(lane.point(middle, -width / 2), lane.point(middle, width / 2), on: &$0)
        }
      }
      canvas.svg.append(hidden.svg)
    }

    private func outliers(
      _ box: BoxSummary, _ group: DistributionRows.Group, in lane: DistributionRows.Lane, color: String
    ) -> (svg: SVGWriter, skipped: Int) {
      var svg = SVGWriter()
      var skipped = 0
      for index in box.outliers {
        guard let along = lane.along(group.values[index]) else {
          skipped += 1
          continue
        }
        let point = lane.point(along, 0)
        svg.element(
          "circle",
          [
            "cx": .number(point.x), "cy": .number(point.y), "r": 2.5, "fill": .text(color), "fill-opacity": 0.75,
          ], tooltip: rowCount <= Canvas.mostTooltips ? rows.rows.summary(of: group.rows[index]) : nil)
      }
      return (svg, skipped)
    }

    private func line(_ a: (x: Double, y: Double), _ b: (x: Double, y: Double), on svg: inout SVGWriter) {
      svg.element("line", ["x1": .number(a.x), "y1": .number(a.y), "x2": .number(b.x), "y2": .number(b.y)])
    }

    private func summary(of box: BoxSummary, _ group: DistributionRows.Group) -> String {
      let names = [group.name, group.category == group.name ? "" : group.category ?? ""].filter { !$0.isEmpty }
      let (low, high) = (NumberText.short(box.lowerQuartile), NumberText.short(box.upperQuartile))
      return
        (names + [
          "median \(NumberText.short(box.median)), quartiles \(low) to \(high)",
          "\(group.values.count) values, \(box.outliers.count) beyond the whiskers",
        ]).joined(separator: "\n")
    }
  }
}
