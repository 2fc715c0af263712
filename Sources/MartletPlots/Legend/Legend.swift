/// What colours, symbols, sizes and opacities mean: blocks beside each other above or below the plot, or below each
/// other to its right.
struct Legend {
  private let placed: [(arrangement: LegendArrangement, x: Double, y: Double)]
  private let isUpright: Bool
  let width: Double
  let height: Double

  /// - Returns: `nil` where there is nothing to explain.
  init?(_ blocks: [LegendBlock], width: Double, isUpright: Bool) {
    guard !blocks.isEmpty else { return nil }
    self.isUpright = isUpright
    var placed: [(arrangement: LegendArrangement, x: Double, y: Double)] = []
    var (x, y, lineHeight, widest) = (0.0, 0.0, 0.0, 0.0)
    for block in blocks {
      let arrangement = LegendArrangement(block, width: width, isUpright: isUpright)
      if !placed.isEmpty, isUpright || x + arrangement.width > width {
        (x, y, lineHeight) = (0, y + lineHeight + (isUpright ? 10 : 2), 0)
      }
      placed.append((arrangement, x, y))
      lineHeight = max(lineHeight, arrangement.height)
      x += arrangement.width + 28
      widest = max(widest, x - 28)
    }
    self.placed = placed
    (self.width, height) = (widest, y + lineHeight)
  }

  func draw(left: Double, top: Double, on svg: inout SVGWriter) {
    for (arrangement, x, y) in placed { draw(arrangement, left + x, top + y, on: &svg) }
  }

  private func draw(_ block: LegendArrangement, _ left: Double, _ top: Double, on svg: inout SVGWriter) {
    let lineMiddle = isUpright ? 6.5 : block.items.first?.y ?? 5.5
    if let title = block.title { write(title, x: left, middle: top + lineMiddle, class: "muted", on: &svg) }
    for item in block.items {
      draw(
        item.entry.look, x: left + item.x, y: top + item.y,
        tooltip: item.entry.text == item.text ? nil : item.entry.text, on: &svg)
      write(item.text, x: left + block.textX(item, isUpright: isUpright), middle: top + item.y, class: "ink", on: &svg)
    }
    if let bar = block.bar, case .ramp(let scale, let ramp, let format) = block.block.content {
      draw(
        scale, ramp, format,
        Box(left: left + bar.left, top: top + bar.top, right: left + bar.left + bar.width, bottom: top), on: &svg)
    }
  }

  private func draw(_ look: LegendBlock.Look, x: Double, y: Double, tooltip: String?, on svg: inout SVGWriter) {
    switch look {
    case .nothing: break
    case .square(let color):
      svg.element(
        "rect",
        [
          "x": .number(x), "y": .number(y - 5.5), "width": 11, "height": 11, "rx": 2.5, "fill": .text(color.css),
        ], tooltip: tooltip)
    case .dot(let symbol, let color, let diameter, let opacity):
      svg.symbol(
        symbol, x: x + look.width / 2, y: y, diameter: diameter, fill: .text((color ?? Theme.light.muted).css),
        opacity: opacity == 1 ? .absent : .number(opacity), class: color == nil ? "muted" : .absent, tooltip: tooltip)
    }
  }

  /// A bar of colours, in strips: a gradient would need an identifier.
  private func draw(
    _ scale: any PositionScale, _ ramp: ColorRamp, _ format: TickFormat, _ bar: Box, on svg: inout SVGWriter
  ) {
    let strips = 50
    let strip = bar.width / Double(strips)
    svg.group("g", ["shape-rendering": "crispEdges"]) { svg in
      for index in 0..<strips {
        let fill = ramp.fill(at: (Double(index) + 0.5) / Double(strips))
        svg.element(
          "rect",
          [
            "x": .number(bar.left + Double(index) * strip), "y": .number(bar.top + 1), "width": .number(strip),
            "height": 10, "fill": .text(fill.color.css), "fill-opacity": SVGWriter.Value(fill.opacity),
          ])
      }
    }
    let axis = HorizontalAxis(scale.over(PixelSpan(start: bar.left, end: bar.right)), format: format, spacing: 40)
    for tick in axis.ticks {
      svg.element(
        "text",
        [
          "x": .number(tick.position), "y": .number(bar.top + 24), "text-anchor": "middle", "class": "muted",
          "font-size": .number(FontSize.tick), "fill": .text(Theme.light.muted.css),
        ], content: tick.fullLabel)
    }
  }

  private func write(_ text: String, x: Double, middle: Double, class name: String, on svg: inout SVGWriter) {
    let color = name == "ink" ? Theme.light.ink : Theme.light.muted
    svg.element(
      "text",
      [
        "x": .number(x), "y": .number(middle + 4.5), "class": .text(name), "font-size": .number(FontSize.legend),
        "fill": .text(color.css),
      ], content: text)
  }
}
