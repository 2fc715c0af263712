/// How sure a quantity is: a line from its lower to its upper end.
///
///     Chart {
///       BarMark(x: models, y: means)
///       ErrorBarMark(x: models, y: means, error: standardErrors)
///     }
///     Chart { ErrorBarMark(x: coefficients, y: names, from: lowerEnds, to: upperEnds) }   // lying: a forest plot
///
/// Say in the chart's text what the ends mean: a standard deviation, a standard error, an interval of confidence.
public struct ErrorBarMark: StyledMark {
  private enum Ends {
    case around(any PlotChannel)
    case between(any PlotChannel, any PlotChannel)
  }
  private let x, y: any PlotChannel
  private let ends: Ends
  private let color: (any PlotChannel)?
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// Lines that reach equally far in both directions; the middle is a dot.
  ///
  /// - Parameters:
  ///   - x: where the lines stand; quantities when `y` are names.
  ///   - y: the middle of the lines; names make the lines lie.
  ///   - error: how far each goes up and down, in the unit of the quantity; at least 0.
  ///   - color: names, one colour for each.
  public init(x: any PlotChannel, y: any PlotChannel, error: any PlotChannel, color: (any PlotChannel)? = nil) {
    (self.x, self.y, ends, self.color) = (x, y, .around(error), color)
  }

  /// Lines between two ends; the middle is a dot.
  ///
  /// - Parameters:
  ///   - x: where the lines stand; quantities when `y` are names.
  ///   - y: what the ends belong to, drawn as a dot; names make the lines lie.
  ///   - from: the lower end of each line.
  ///   - to: its upper end.
  ///   - color: names, one colour for each.
  public init(
    x: any PlotChannel, y: any PlotChannel, from: any PlotChannel, to: any PlotChannel, color: (any PlotChannel)? = nil
  ) {
    (self.x, self.y, ends, self.color) = (x, y, .between(from, to), color)
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let (x, y) = (try x.plotColumn(in: table), try y.plotColumn(in: table))
    let isLying = x.isNumeric && !y.isNumeric
    let middle = isLying ? x : y
    guard middle.isNumeric else { throw ChartError(.notNumbers(mark: "ErrorBarMark", channel: "y")) }
    let color = try colorColumn(color, nil, in: table)?.asCategories
    switch ends {
    case .around(let channel):
      let error = try numericColumn(channel, of: "ErrorBarMark", channel: "error", in: table)
      let rows = try PlotRows("ErrorBarMark", x: x, y: y, color: color, others: ["error": error])
      let pairs = (0..<rows.count).map { (middle[$0].number ?? .nan, error[$0].number ?? .nan) }
      return ResolvedMark(
        Layer(
          rows: rows, isLying: isLying, from: pairs.map { $0 - $1 }, to: pairs.map { $0 + $1 }, takesColor: false,
          style: style))
    case .between(let lower, let upper):
      let lower = try numericColumn(lower, of: "ErrorBarMark", channel: "from", in: table)
      let upper = try numericColumn(upper, of: "ErrorBarMark", channel: "to", in: table)
      let rows = try PlotRows("ErrorBarMark", x: x, y: y, color: color, others: ["from": lower, "to": upper])
      return ResolvedMark(
        Layer(
          rows: rows, isLying: isLying, from: (0..<rows.count).map { lower[$0].number ?? .nan },
          to: (0..<rows.count).map { upper[$0].number ?? .nan }, takesColor: true, style: style))
    }
  }

  private struct Layer: MarkLayer {
    let rows: PlotRows
    let isLying: Bool
    let from, to: [Double]
    /// Whether the mark stands by itself rather than over bars or dots that have the series' colour.
    let takesColor: Bool
    let style: MarkStyle

    /// Half the length of the strokes at the ends, in pixels.
    private static let cap = 4.0

    var rowCount: Int { rows.count }
    var takesSeriesColor: Bool { takesColor && rows.color == nil && style.color == nil }
    var demands: MarkDemands {
      var (x, y) = (rows.x.map { AxisDemand($0) }, rows.y.map { AxisDemand($0) })
      let quantities = ((isLying ? x : y)?.extent.quantities ?? []) + from + to
      if isLying { x?.extent = .numbers(quantities) } else { y?.extent = .numbers(quantities) }
      return MarkDemands(x: x, y: y, color: ColorDemand(rows.color, style))
    }

    func draw(on canvas: inout Canvas) {
      for row in 0..<rows.count {
        guard let x = rows.x, let y = rows.y, let point = canvas.point(x[row], y[row]) else { continue }
        let scale = isLying ? canvas.x : canvas.y
        guard from[row].isFinite, to[row].isFinite, let start = scale.position(of: from[row]),
          let end = scale.position(of: to[row])
        else {
          canvas.skipped += 1
          continue
        }
        draw(row, at: point, from: start, to: end, on: &canvas)
      }
    }

    private func draw(
      _ row: Int, at point: (x: Double, y: Double), from start: Double, to end: Double, on canvas: inout Canvas
    ) {
      var path = SVGPath()
      for (a, b) in [
        ((start, 0.0), (end, 0.0)), ((start, -Self.cap), (start, Self.cap)), ((end, -Self.cap), (end, Self.cap)),
      ] {
        for (index, place) in [a, b].enumerated() {
          let (x, y) = isLying ? (place.0, point.y + place.1) : (point.x + place.1, place.0)
          if index == 0 { path.move(x, y) } else { path.line(x, y) }
        }
      }
      // Ink over bars that have the series' colour; the series' own colour where the mark stands by itself.
      let usesInk = !takesColor && style.color == nil && rows.color == nil
      let color = usesInk ? Theme.light.ink : canvas.color(rows.color, row: row, style: style)
      let (low, high) = (NumberText.short(from[row]), NumberText.short(to[row]))
      canvas.svg.element(
        "path",
        [
          "d": .text(path.data), "fill": "none", "class": usesInk ? "axis" : .absent, "stroke": .text(color.css),
          "stroke-width": .number(style.lineWidth ?? 1.5), "stroke-opacity": SVGWriter.Value(style.opacity),
        ], tooltip: rows.summary(of: row) + "\n\(low) to \(high)")
      canvas.svg.element(
        "circle",
        [
          "cx": .number(point.x), "cy": .number(point.y), "r": takesColor ? 4 : 3, "class": usesInk ? "ink" : .absent,
          "fill": .text(color.css),
        ])
    }
  }
}
