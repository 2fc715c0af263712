/// A bar for every row, from zero: quantities of named things.
///
///     Chart { BarMark(x: ["a", "b", "c"], y: [3, 5, 2]) }
///     Chart { BarMark(x: importances, y: features) }          // names on y: the bars lie, and long names fit
///
/// Rows with the same name are stacked, or stand side by side with `arrangement: .grouped`.
public struct BarMark: StyledMark {
  /// Where rows with the same name go.
  public struct Arrangement: Sendable, Hashable {
    let isGrouped: Bool
    /// One on the other; negative values downwards.
    public static let stacked = Arrangement(isGrouped: false)
    /// Side by side, by colour.
    public static let grouped = Arrangement(isGrouped: true)
  }

  private let x, y: any PlotChannel
  private let color: (any PlotChannel)?
  private let label: String?
  private let arrangement: Arrangement
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// - Parameters:
  ///   - x: the names, or the quantities of lying bars.
  ///   - y: the quantities, or the names of lying bars. When both are numbers, `x` names.
  ///   - color: names, one colour for each.
  ///   - label: the legend's name for all bars, where there is no `color`.
  ///   - arrangement: where rows with the same name go; default stacked.
  public init(
    x: any PlotChannel, y: any PlotChannel, color: (any PlotChannel)? = nil, label: String? = nil,
    arrangement: Arrangement = .stacked
  ) {
    (self.x, self.y, self.color, self.label, self.arrangement) = (x, y, color, label, arrangement)
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    var x = try x.plotColumn(in: table)
    var y = try y.plotColumn(in: table)
    let isLying = x.isNumeric && !y.isNumeric
    if isLying { y = y.asCategories } else { x = x.asCategories }
    guard (isLying ? x : y).isNumeric else { throw ChartError(.notNumbers(mark: "BarMark", channel: "y")) }
    let color = try colorColumn(color, label, in: table)?.asCategories
    let rows = try PlotRows("BarMark", x: x, y: y, color: color)
    return ResolvedMark(BarLayer(rows: rows, isLying: isLying, isGrouped: arrangement.isGrouped, style: style))
  }
}

/// Draws bars along either axis.
struct BarLayer: MarkLayer {
  let rows: PlotRows
  let isLying: Bool
  let isGrouped: Bool
  let style: MarkStyle

  var rowCount: Int { rows.count }
  var takesSeriesColor: Bool { rows.color == nil && style.color == nil }

  private var names: PlotColumn? { isLying ? rows.y : rows.x }
  private var lengths: PlotColumn? { isLying ? rows.x : rows.y }

  var demands: MarkDemands {
    let ends = AxisDemand(.numbers(intervals.flatMap { [$0.from, $0.to] }), title: lengths?.name, includesZero: true)
    let bands = names.map { AxisDemand($0) }
    return MarkDemands(x: isLying ? ends : bands, y: isLying ? bands : ends, color: ColorDemand(rows.color))
  }

  /// From where to where each row's bar goes, in units of the data; NaN for rows without a bar.
  private var intervals: [(from: Double, to: Double)] {
    var up: [String: Double] = [:]
    var down: [String: Double] = [:]
    return (0..<rows.count).map { row in
      guard let length = lengths?[row].number, let name = names?[row].text, rows.color?[row] != .missing else {
        return (.nan, .nan)
      }
      if isGrouped { return (0, length) }
      let start = (length < 0 ? down[name] : up[name]) ?? 0
      if length < 0 { down[name] = start + length } else { up[name] = start + length }
      return (start, start + length)
    }
  }

  func draw(on canvas: inout Canvas) {
    let groups = isGrouped ? rows.series(of: Array(0..<rows.count)).compactMap(\.category) : []
    let hasTooltips = rows.count <= Canvas.mostTooltips
    for (row, interval) in intervals.enumerated() {
      guard let box = box(row, interval, groups, canvas) else {
        canvas.skipped += 1
        continue
      }
      canvas.svg.element(
        "rect",
        [
          "x": .number(box.left), "y": .number(box.top), "width": .number(box.width), "height": .number(box.height),
          "fill": .text(canvas.color(rows.color, row: row, style: style).css),
          "fill-opacity": SVGWriter.Value(style.opacity),
        ], tooltip: hasTooltips ? rows.summary(of: row) : nil)
    }
  }

  private func box(
    _ row: Int, _ interval: (from: Double, to: Double), _ groups: [String], _ canvas: Canvas
  ) -> Box? {
    let bands = isLying ? canvas.y : canvas.x
    let scale = isLying ? canvas.x : canvas.y
    guard interval.to.isFinite, let names, let middle = bands.position(of: names[row]),
      let to = scale.position(of: interval.to)
    else { return nil }
    let from = scale.position(of: interval.from) ?? canvas.baseline(scale)
    let width = bands.bandwidth / Double(max(1, groups.count))
    let place = rows.color.flatMap { groups.firstIndex(of: $0[row].text ?? "") } ?? 0
    let start = middle - bands.bandwidth / 2 + width * Double(place)
    return isLying
      ? Box(left: min(from, to), top: start, right: max(from, to), bottom: start + width)
      : Box(left: start, top: min(from, to), right: start + width, bottom: max(from, to))
  }
}
