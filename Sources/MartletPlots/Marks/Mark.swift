/// One layer of a chart: points, a line, bars, ….
public protocol Mark: Sendable {
  /// The mark with the values of all its channels.
  ///
  /// - Parameter table: the chart's frame; `nil` in a chart without one.
  /// - Throws: `ChartError` when a column is missing, has the wrong type, or channels differ in length.
  func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark
}

/// A mark that has found its data.
public struct ResolvedMark: Sendable {
  let layer: any MarkLayer
  init(_ layer: any MarkLayer) { self.layer = layer }
}

/// What the renderer asks of a mark. A new kind of mark is one file with a `Mark` and its `MarkLayer`.
protocol MarkLayer: Sendable {
  /// What the mark brings to the chart's scales.
  var demands: MarkDemands { get }
  /// How many rows the mark was given.
  var rowCount: Int { get }
  /// Whether the mark takes the next colour of the palette when it has none of its own.
  var takesSeriesColor: Bool { get }
  /// Whether the mark draws beyond what it asks room for, and must be cut at the plot's edge.
  var exceedsDemands: Bool { get }
  /// Draws the mark, and counts on the canvas what could not be drawn.
  func draw(on canvas: inout Canvas)
}

extension MarkLayer {
  var takesSeriesColor: Bool { true }
  var exceedsDemands: Bool { false }
}

/// What a mark needs room for.
struct MarkDemands: Sendable {
  var x: AxisDemand?
  var y: AxisDemand?
  var color: ColorDemand?
  /// Quantities that decide the size of dots.
  var size: ChannelDemand?
  /// Names that decide the shape of dots.
  var symbol: ChannelDemand?
  /// Quantities that decide how opaque a mark is.
  var opacity: ChannelDemand?
  /// How many square cells the mark has in each direction, where cells must be square.
  var cells: (columns: Int, rows: Int)?
  /// What a mark with a square plot needs of the axes where a unit is to be equally long on both.
  var unsquared: (x: AxisDemand, y: AxisDemand)?
}

/// What a mark needs of one axis.
struct AxisDemand: Sendable {
  enum Extent: Sendable {
    case numbers([Double])
    /// Seconds since the start of 1970 in UTC.
    case instants([Double])
    case categories([String])

    /// The numbers, or the seconds of instants.
    var quantities: [Double] {
      switch self {
      case .numbers(let numbers), .instants(let numbers): numbers
      case .categories: []
      }
    }
    var isTime: Bool { if case .instants = self { true } else { false } }
    var names: [String] { if case .categories(let names) = self { names } else { [] } }
  }
  var extent: Extent
  var title: String?
  /// Zero belongs to the axis: lengths and areas mean nothing without it.
  var includesZero = false
  /// The axis ends where the data end, not at the next round number.
  var isTight = false
  /// The share of a band that stays empty.
  var gap = 0.2
  /// The quantities are shares of a whole, written as percentages.
  var isShare = false
  /// The quantities are whole numbers, such as years and counts: ticks have no fractions.
  var isWhole = false
  init(_ extent: Extent, title: String? = nil, includesZero: Bool = false, isTight: Bool = false, gap: Double = 0.2) {
    (self.extent, self.title, self.includesZero, self.isTight, self.gap) = (extent, title, includesZero, isTight, gap)
  }

  /// What a column needs.
  init(_ column: PlotColumn, includesZero: Bool = false, isTight: Bool = false) {
    switch column.values {
    case .numbers(let numbers): extent = .numbers(numbers.filter(\.isFinite))
    case .instants(let instants): extent = .instants(instants.filter(\.isFinite))
    case .categories: extent = .categories(column.namesInOrder)
    }
    (title, self.includesZero, self.isTight, isWhole) = (column.name, includesZero, isTight, column.isWhole)
  }
}

/// What a mark needs of the colours.
struct ColorDemand: Sendable {
  var extent: AxisDemand.Extent
  var title: String?
  var ramp: ColorRamp?
  /// Whether zero is the middle of the ramp.
  var isCentred = false
  var showsLegend = true
  /// Names whose colour does not come from the palette.
  var fixed: [String: Color] = [:]

  init(_ extent: AxisDemand.Extent, title: String? = nil) { (self.extent, self.title) = (extent, title) }

  /// - Parameter style: the mark's; its colour is that of a label, one name for all rows.
  init?(_ column: PlotColumn?, _ style: MarkStyle = MarkStyle()) {
    guard let column else { return nil }
    let demand = AxisDemand(column)
    self.init(demand.extent, title: column.name)
    if column.isConstant, let name = column[0].text, let color = style.color { fixed = [name: color] }
  }
}

/// What a mark needs of a channel other than places and colours.
struct ChannelDemand: Sendable {
  var extent: AxisDemand.Extent
  var title: String?

  /// What a column needs; nothing where it is one value for all rows.
  init?(_ column: PlotColumn?) {
    guard let column, !column.isConstant else { return nil }
    let demand = AxisDemand(column)
    (extent, title) = (demand.extent, demand.title)
  }
}

extension Sequence where Element: Hashable {
  /// The elements, each once, in order of appearance.
  func removingDuplicates() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
