/// The area under a line, or the band between two: a quantity that fills up, an interval around a curve.
///
///     Chart {
///       AreaMark(x: days, y: upper, from: lower).opacity(0.2)
///       LineMark(x: days, y: mean)
///     }
///     try Chart(energy) { AreaMark(x: "year", y: "output", color: "source", arrangement: .stacked) }
public struct AreaMark: StyledMark {
  /// How the areas of several groups lie.
  public struct Arrangement: Sendable, Hashable {
    enum Name: Sendable { case overlaid, stacked, normalized }
    let name: Name
    /// Each from its lower edge, over each other: the default.
    public static let overlaid = Arrangement(name: .overlaid)
    /// One on the other, in order of appearance. Where a group has no row, its area is empty.
    public static let stacked = Arrangement(name: .stacked)
    /// One on the other as shares of the whole at each place, from 0 to 100%.
    public static let normalized = Arrangement(name: .normalized)
  }

  private let x: (any PlotChannel)?
  private let y: any PlotChannel
  private let lower: any PlotChannel
  private let color: (any PlotChannel)?
  private let label: String?
  private let arrangement: Arrangement
  private let interpolation: Interpolation
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// - Parameters:
  ///   - x: where the area goes from left to right; by default the rows' numbers 0, 1, 2, ….
  ///   - y: its upper edge.
  ///   - from: its lower edge; default 0. Means nothing for areas that are stacked.
  ///   - color: names, one area for each.
  ///   - label: the legend's name for the area, where there is no `color`.
  ///   - arrangement: how the areas of several groups lie. Default overlaid.
  ///   - interpolation: how the edges get from row to row. Default straight.
  public init(
    x: (any PlotChannel)? = nil, y: any PlotChannel, from lower: any PlotChannel = 0.0,
    color: (any PlotChannel)? = nil, label: String? = nil, arrangement: Arrangement = .overlaid,
    interpolation: Interpolation = .linear
  ) {
    (self.x, self.y, self.lower, self.color, self.label) = (x, y, lower, color, label)
    (self.arrangement, self.interpolation) = (arrangement, interpolation)
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let y = try numericColumn(y, of: "AreaMark", channel: "y", in: table)
    let lower = try numericColumn(lower, of: "AreaMark", channel: "from", in: table)
    let x = try optionalColumn(x, in: table) ?? rowNumbers(y.count)
    let color = try colorColumn(color, label, in: table)?.asCategories
    let rows = try PlotRows("AreaMark", x: x, y: y, color: color, others: ["from": lower])
    let areas =
      arrangement == .overlaid
      ? AreaLayer.overlaid(rows, lower: lower) : AreaLayer.stacked(rows, isNormalized: arrangement == .normalized)
    return ResolvedMark(
      AreaLayer(
        rows: rows, areas: areas, arrangement: arrangement, interpolation: interpolation, style: style))
  }
}

/// Draws areas whose edges are known at every row.
struct AreaLayer: MarkLayer {
  /// One area: the places of its edges from left to right; a place without edges is a gap.
  struct Area: Sendable {
    let category: String?
    let places: [(x: PlotValue, upper: Double, lower: Double)]
  }

  let rows: PlotRows
  let areas: [Area]
  let arrangement: AreaMark.Arrangement
  let interpolation: Interpolation
  let style: MarkStyle

  var rowCount: Int { rows.count }
  var takesSeriesColor: Bool { rows.color == nil && style.color == nil }

  var demands: MarkDemands {
    let ends = areas.flatMap(\.places).flatMap { [$0.upper, $0.lower] }.filter(\.isFinite)
    var y = AxisDemand(rows.y?.isTime == true ? .instants(ends) : .numbers(ends), title: rows.y?.name)
    y.isShare = arrangement == .normalized
    y.isTight = y.isShare
    return MarkDemands(x: rows.x.map { AxisDemand($0, isTight: true) }, y: y, color: ColorDemand(rows.color, style))
  }

  static func overlaid(_ rows: PlotRows, lower: PlotColumn) -> [Area] {
    rows.series(of: Array(0..<rows.count)).map { category, members in
      Area(
        category: category,
        places: members.map { row in
          (rows.x?[row] ?? .missing, rows.y?[row].number ?? .nan, lower[row].number ?? .nan)
        })
    }
  }

  /// Every area has a place wherever one of them has.
  static func stacked(_ rows: PlotRows, isNormalized: Bool) -> [Area] {
    let isPlaced = { (row: Int) in rows.x?[row] != .missing && rows.y?[row] != .missing }
    let series = rows.series(of: (0..<rows.count).filter(isPlaced))
    var places = series.flatMap(\.rows).compactMap { rows.x?[$0] }.removingDuplicates()
    if rows.x?.isNumeric == true { places.sort { ($0.number ?? 0) < ($1.number ?? 0) } }
    let lengths = series.map { _, members in
      Dictionary(members.map { (rows.x?[$0] ?? .missing, rows.y?[$0].number ?? 0) }, uniquingKeysWith: +)
    }
    let stack = Stack(
      keys: series.flatMap { _ in places }, lengths: lengths.flatMap { length in places.map { length[$0] ?? 0 } },
      isNormalized: isNormalized)
    return series.enumerated().map { index, group in
      let intervals = stack.intervals[index * places.count..<(index + 1) * places.count]
      return Area(category: group.category, places: zip(places, intervals).map { ($0, $1.to, $1.from) })
    }
  }

  func draw(on canvas: inout Canvas) {
    let isStacked = arrangement != .overlaid
    if isStacked {
      canvas.skipped += rows.count - (0..<rows.count).filter(isDrawable).count
    }
    for area in areas {
      let path = path(around: area, on: &canvas)
      guard !path.isEmpty else { continue }
      canvas.svg.element(
        "path",
        [
          "d": .text(path.data), "fill": .text(canvas.color(category: area.category, style: style).css),
          "fill-opacity": .number(style.opacity ?? (isStacked ? 0.85 : 0.35)),
        ], tooltip: area.category ?? rows.y?.name)
    }
  }

  private func isDrawable(_ row: Int) -> Bool {
    rows.x?[row] != .missing && rows.y?[row] != .missing && rows.color?[row] != .missing
  }

  /// One closed outline for every stretch without gaps.
  private func path(around area: Area, on canvas: inout Canvas) -> SVGPath {
    var path = SVGPath()
    var upper: [(x: Double, y: Double)] = []
    var lower: [(x: Double, y: Double)] = []
    for place in area.places {
      if place.upper.isFinite, let point = canvas.point(place.x, .number(place.upper)),
        let edge = edge(place.lower, canvas)
      {
        upper.append(point)
        lower.append((point.x, edge))
      } else {
        canvas.skipped += place.upper.isFinite ? 0 : 1
        path.close(upper, lower, interpolation)
        (upper, lower) = ([], [])
      }
    }
    path.close(upper, lower, interpolation)
    return path
  }

  private func edge(_ lower: Double, _ canvas: Canvas) -> Double? {
    // Zero has no place on a logarithmic axis: the area then stands on the axis.
    lower == 0 ? canvas.y.baseline : lower.isFinite ? canvas.y.position(of: lower) : nil
  }
}

extension SVGPath {
  /// Along the upper edge, and back along the lower one.
  fileprivate mutating func close(
    _ upper: [(x: Double, y: Double)], _ lower: [(x: Double, y: Double)], _ interpolation: Interpolation
  ) {
    guard let first = upper.first, let last = lower.last else { return }
    move(first.x, first.y)
    follow(upper, interpolation)
    line(last.x, last.y)
    follow(lower.reversed(), interpolation.reversed)
    close()
  }
}

extension Interpolation {
  /// The same line when it is followed from right to left.
  fileprivate var reversed: Interpolation {
    self == .stepAfter ? .stepBefore : self == .stepBefore ? .stepAfter : self
  }
}
