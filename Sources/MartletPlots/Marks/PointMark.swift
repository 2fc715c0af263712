/// A dot for every row: how two quantities go together.
///
///     try Chart(penguins) { PointMark(x: "bill_length", y: "body_mass", color: "species") }
///     try Chart(countries) { PointMark(x: "income", y: "life", color: "continent", size: "population") }
///
/// Numbers, dates and names all have places on the axes. Overlapping dots are told apart by a low `opacity`.
public struct PointMark: StyledMark {
  private let x, y: any PlotChannel
  private let color, symbol: (any PlotChannel)?
  private let size, opacity: any PlotChannel
  private let label: String?
  private var shape = PlotSymbol.circle
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// - Parameters:
  ///   - x: where the dots stand from left to right.
  ///   - y: where they stand from bottom to top.
  ///   - color: names give every group a colour, numbers a shade; both add a legend.
  ///   - label: the legend's name for all dots of this mark, where there is no `color`.
  ///   - size: one number is the diameter in pixels, default 7; a column or an array is drawn as areas, with
  ///     most dots near the usual size, and adds a legend. Rows with negative sizes are left out.
  ///   - symbol: names give every group a shape; with the same column as `color` they share a legend.
  ///   - opacity: one number from 0 to 1, default 0.75, so that crowds look darker; a column or an array makes high
  ///     values opaque, and adds a legend.
  public init(
    x: any PlotChannel, y: any PlotChannel, color: (any PlotChannel)? = nil, label: String? = nil,
    size: any PlotChannel = 7, symbol: (any PlotChannel)? = nil, opacity: any PlotChannel = 0.75
  ) {
    (self.x, self.y, self.color, self.label) = (x, y, color, label)
    (self.size, self.symbol, self.opacity) = (size, symbol, opacity)
  }

  /// The same mark with dots of another shape; a symbol channel wins.
  public func symbol(_ symbol: PlotSymbol) -> PointMark {
    var copy = self
    copy.shape = symbol
    return copy
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let size = try numericColumn(size, of: "PointMark", channel: "size", in: table)
    let opacity = try numericColumn(opacity, of: "PointMark", channel: "opacity", in: table)
    let symbol = try optionalColumn(symbol, in: table)?.asCategories
    var others = ["size": size, "opacity": opacity]
    if let symbol { others["symbol"] = symbol }
    let rows = try PlotRows(
      "PointMark", x: x.plotColumn(in: table), y: y.plotColumn(in: table), color: colorColumn(color, label, in: table),
      others: others)
    return ResolvedMark(
      Layer(rows: rows, size: size, symbol: symbol, opacity: opacity, shape: shape, style: style))
  }

  private struct Layer: MarkLayer {
    let rows: PlotRows
    let size: PlotColumn
    let symbol: PlotColumn?
    let opacity: PlotColumn
    let shape: PlotSymbol
    let style: MarkStyle

    var rowCount: Int { rows.count }
    var takesSeriesColor: Bool { rows.color == nil && style.color == nil }
    var demands: MarkDemands {
      MarkDemands(
        x: rows.x.map { AxisDemand($0) }, y: rows.y.map { AxisDemand($0) }, color: ColorDemand(rows.color, style),
        size: ChannelDemand(size), symbol: ChannelDemand(symbol), opacity: ChannelDemand(opacity))
    }

    func draw(on canvas: inout Canvas) {
      let hasTooltips = rows.count <= Canvas.mostTooltips
      var dots = canvas
      dots.svg = SVGWriter()
      for row in drawingOrder {
        guard let dot = dot(row, on: &dots) else { continue }
        dots.svg.symbol(
          dot.symbol, x: dot.x, y: dot.y, diameter: dot.diameter,
          fill: .text(dots.color(rows.color, row: row, style: style).css), opacity: SVGWriter.Value(dot.opacity),
          tooltip: hasTooltips ? rows.summary(of: row) : nil)
      }
      canvas.skipped = dots.skipped
      let opacity = style.opacity ?? (opacity.isConstant ? opacity[0].number.map { min(max($0, 0), 1) } : nil)
      // Some shades are those of the background: an edge keeps such dots in sight.
      let hasShades = rows.color?.isNumeric == true
      canvas.svg.group(
        "g",
        [
          "fill-opacity": SVGWriter.Value(opacity), "class": hasShades ? "axis" : .absent,
          "stroke": hasShades ? .text(Theme.light.ink.css) : .absent, "stroke-opacity": hasShades ? 0.3 : .absent,
          "stroke-width": hasShades ? 0.6 : .absent,
        ]
      ) { $0.append(dots.svg) }
    }

    /// Large dots first, so that they do not hide small ones.
    private var drawingOrder: [Int] {
      size.isConstant
        ? Array(0..<rows.count) : (0..<rows.count).sorted { (size[$0].number ?? 0) > (size[$1].number ?? 0) }
    }

    private struct Dot {
      let x, y, diameter: Double
      let symbol: PlotSymbol
      let opacity: Double?
    }

    /// What a row looks like; counts the row as skipped where one of its values is missing.
    private func dot(_ row: Int, on canvas: inout Canvas) -> Dot? {
      guard let x = rows.x, let y = rows.y else { return nil }
      let shape = symbol.map { $0[row].text.flatMap(canvas.channels.symbol(of:)) } ?? shape
      guard rows.color?[row] != .missing, let shape, let diameter = diameter(row, canvas),
        opacity[row] != .missing
      else {
        canvas.skipped += 1
        return nil
      }
      guard let point = canvas.point(x[row], y[row]) else { return nil }
      let opacity = opacity.isConstant ? nil : opacity[row].number.flatMap { canvas.channels.opacity?.opacity(of: $0) }
      return Dot(x: point.x, y: point.y, diameter: diameter, symbol: shape, opacity: opacity)
    }

    private func diameter(_ row: Int, _ canvas: Canvas) -> Double? {
      guard let quantity = size[row].number else { return nil }
      if size.isConstant { return max(quantity, 0) }
      // Where no size is positive there is no scale, and all are as small as can be.
      return canvas.channels.size.map { $0.diameter(of: quantity) } ?? (quantity == 0 ? 0 : nil)
    }
  }
}
