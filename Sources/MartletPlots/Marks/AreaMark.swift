/// The area under a line, or the band between two: a quantity that fills up, an interval around a curve.
///
///     Chart {
///       AreaMark(x: days, y: upper, from: lower).opacity(0.2)
///       LineMark(x: days, y: mean)
///     }
public struct AreaMark: StyledMark {
  private let x: (any PlotChannel)?
  private let y: any PlotChannel
  private let lower: any PlotChannel
  private let color: (any PlotChannel)?
  private let label: String?
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// - Parameters:
  ///   - x: where the area goes from left to right; by default the rows' numbers 0, 1, 2, ….
  ///   - y: its upper edge.
  ///   - from: its lower edge; default 0.
  ///   - color: names, one area for each; areas lie over each other.
  ///   - label: the legend's name for the area, where there is no `color`.
  public init(
    x: (any PlotChannel)? = nil, y: any PlotChannel, from lower: any PlotChannel = 0.0,
    color: (any PlotChannel)? = nil, label: String? = nil
  ) {
    (self.x, self.y, self.lower, self.color, self.label) = (x, y, lower, color, label)
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let y = try numericColumn(y, of: "AreaMark", channel: "y", in: table)
    let lower = try numericColumn(lower, of: "AreaMark", channel: "from", in: table)
    let x = try optionalColumn(x, in: table) ?? rowNumbers(y.count)
    let color = try colorColumn(color, label, in: table)?.asCategories
    let rows = try PlotRows("AreaMark", x: x, y: y, color: color, others: ["from": lower])
    return ResolvedMark(Layer(rows: rows, lower: lower, style: style))
  }

  private struct Layer: MarkLayer {
    let rows: PlotRows
    let lower: PlotColumn
    let style: MarkStyle

    var rowCount: Int { rows.count }
    var takesSeriesColor: Bool { rows.color == nil && style.color == nil }
    var demands: MarkDemands {
      var y = rows.y.map { AxisDemand($0) }
      if case .numbers(let edge)? = rows.y?.values, case .numbers(let other) = lower.values {
        y?.extent = .numbers((edge + other).filter(\.isFinite))
      }
      return MarkDemands(x: rows.x.map { AxisDemand($0, isTight: true) }, y: y, color: ColorDemand(rows.color))
    }

    func draw(on canvas: inout Canvas) {
      for (category, rows) in rows.series(of: Array(0..<rows.count)) {
        let path = path(over: rows, on: &canvas)
        guard !path.isEmpty else { continue }
        canvas.svg.element(
          "path",
          [
            "d": .text(path.data), "fill": .text(canvas.color(category: category, style: style).css),
            "fill-opacity": .number(style.opacity ?? 0.35),
          ], tooltip: category ?? self.rows.y?.name)
      }
    }

    /// One closed outline for every stretch without gaps.
    private func path(over rows: [Int], on canvas: inout Canvas) -> SVGPath {
      var path = SVGPath()
      var stretch: [(x: Double, upper: Double, lower: Double)] = []
      for row in rows {
        if let x = self.rows.x, let y = self.rows.y, let point = canvas.point(x[row], y[row]),
          let edge = edge(row, canvas)
        {
          stretch.append((point.x, point.y, edge))
        } else {
          path.close(stretch)
          stretch = []
        }
      }
      path.close(stretch)
      return path
    }

    private func edge(_ row: Int, _ canvas: Canvas) -> Double? {
      // Zero has no place on a logarithmic axis: the area then stands on the axis.
      lower.isConstant && lower[0] == .number(0) ? canvas.baseline(canvas.y) : canvas.y.position(of: lower[row])
    }
  }
}

extension SVGPath {
  fileprivate mutating func close(_ stretch: [(x: Double, upper: Double, lower: Double)]) {
    guard let first = stretch.first else { return }
    move(first.x, first.upper)
    for place in stretch.dropFirst() { line(place.x, place.upper) }
    for place in stretch.reversed() { line(place.x, place.lower) }
    close()
  }
}
