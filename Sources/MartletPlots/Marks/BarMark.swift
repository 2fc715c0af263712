/// A bar for every row, from zero: quantities of named things.
///
///     Chart { BarMark(x: ["a", "b", "c"], y: [3, 5, 2]) }
///     Chart { BarMark(x: importances, y: features) }          // names on y: the bars lie, and long names fit
///     try Chart(sales) { BarMark(x: "month", y: "amount") }   // dates: the bars stand where the dates are
///
/// Rows with the same name are stacked, stand side by side with `arrangement: .grouped`, or are shares of their whole
/// with `.normalized`.
public struct BarMark: StyledMark {
  /// Where rows with the same name go.
  public struct Arrangement: Sendable, Hashable {
    enum Name: Sendable { case stacked, grouped, normalized }
    let name: Name
    /// One on the other; negative values downwards.
    public static let stacked = Arrangement(name: .stacked)
    /// Side by side, by colour.
    public static let grouped = Arrangement(name: .grouped)
    /// One on the other as shares of the whole, from 0 to 100%.
    public static let normalized = Arrangement(name: .normalized)
  }

  private let x, y: any PlotChannel
  private let color: (any PlotChannel)?
  private let label: String?
  private let arrangement: Arrangement
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// - Parameters:
  ///   - x: the names or dates, or the quantities of lying bars.
  ///   - y: the quantities, or the names or dates of lying bars. When both are numbers, `x` names.
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
    let isLying = x.isNumeric && !x.isTime && (!y.isNumeric || y.isTime)
    if isLying { y = y.isTime ? y : y.asCategories } else { x = x.isTime ? x : x.asCategories }
    guard (isLying ? x : y).isNumeric else { throw ChartError(.notNumbers(mark: "BarMark", channel: "y")) }
    let color = try colorColumn(color, label, in: table)?.asCategories
    let rows = try PlotRows("BarMark", x: x, y: y, color: color)
    return ResolvedMark(BarLayer(rows: rows, isLying: isLying, arrangement: arrangement, style: style))
  }
}

/// Draws bars along either axis.
struct BarLayer: MarkLayer {
  let rows: PlotRows
  let isLying: Bool
  let arrangement: BarMark.Arrangement
  let style: MarkStyle
  /// From where to where each row's bar goes, in units of the data; NaN for rows without a bar.
  private let intervals: [(from: Double, to: Double)]
  /// The seconds between two bars where they stand at dates.
  private let step: Double?

  init(rows: PlotRows, isLying: Bool, arrangement: BarMark.Arrangement, style: MarkStyle) {
    (self.rows, self.isLying, self.arrangement, self.style) = (rows, isLying, arrangement, style)
    let (names, lengths) = isLying ? (rows.y, rows.x) : (rows.x, rows.y)
    let keys = (0..<rows.count).map { row -> PlotValue? in
      guard let name = names?[row], name != .missing, rows.color?[row] != .missing else { return nil }
      return name
    }
    let numbers = (0..<rows.count).map { lengths?[$0].number }
    intervals =
      arrangement == .grouped
      ? zip(keys, numbers).map { $0 == nil ? (.nan, .nan) : (0, $1 ?? .nan) }
      : Stack(keys: keys, lengths: numbers, isNormalized: arrangement == .normalized).intervals
    step = names?.isTime == true ? Self.step(between: keys.compactMap { $0?.number }) : nil
  }

  /// The shortest time between two dates; a day where there is only one.
  private static func step(between instants: [Double]) -> Double {
    let sorted = Set(instants).sorted()
    return zip(sorted.dropFirst(), sorted).map { $0 - $1 }.min() ?? 86_400
  }

  var rowCount: Int { rows.count }
  var takesSeriesColor: Bool { rows.color == nil && style.color == nil }

  private var names: PlotColumn? { isLying ? rows.y : rows.x }
  private var lengths: PlotColumn? { isLying ? rows.x : rows.y }

  var demands: MarkDemands {
    var ends = AxisDemand(.numbers(intervals.flatMap { [$0.from, $0.to] }), title: lengths?.name, includesZero: true)
    ends.isShare = arrangement == .normalized
    var bands = names.map { AxisDemand($0, isTight: true) }
    if let step, let quantities = bands?.extent.quantities {
      bands?.extent = .instants(quantities.flatMap { [$0 - step / 2, $0 + step / 2] })
    }
    return MarkDemands(x: isLying ? ends : bands, y: isLying ? bands : ends, color: ColorDemand(rows.color, style))
  }

  func draw(on canvas: inout Canvas) {
    let groups = arrangement == .grouped ? rows.series(of: Array(0..<rows.count)).compactMap(\.category) : []
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
    let from = scale.position(of: interval.from) ?? scale.baseline
    let room = thickness(on: bands)
    let width = room / Double(max(1, groups.count))
    let place = rows.color.flatMap { groups.firstIndex(of: $0[row].text ?? "") } ?? 0
    let start = middle - room / 2 + width * Double(place)
    return isLying
      ? Box(left: min(from, to), top: start, right: max(from, to), bottom: start + width)
      : Box(left: start, top: min(from, to), right: start + width, bottom: max(from, to))
  }

  /// How much room the bars of one name or date take, in pixels.
  private func thickness(on bands: any PositionScale) -> Double {
    guard let step, let start = bands.position(of: 0), let end = bands.position(of: step) else {
      return bands.bandwidth
    }
    return max(0.8 * abs(end - start), 0.5)
  }
}
