/// What the colours mean, above the plot.
struct Legend {
  private let plan: ColorPlan
  private let width: Double

  private static let swatch = 11.0
  private static let rowHeight = 20.0
  private static let barWidth = 200.0
  private static let mostNames = 40

  /// - Returns: `nil` where the colours mean nothing.
  init?(_ plan: ColorPlan, width: Double) {
    guard plan.showsLegend else { return nil }
    if case .none = plan.scale { return nil }
    self.plan = plan
    self.width = width
  }

  var height: Double {
    switch plan.scale {
    case .categories(let names, _): (entries(names).last?.y ?? 0) + Self.rowHeight
    default: 38
    }
  }

  func draw(left: Double, top: Double, on svg: inout SVGWriter) {
    switch plan.scale {
    case .categories(let names, let palette): draw(names, palette, left, top, on: &svg)
    case .numbers(let scale, let ramp): draw(scale, ramp, left, top, on: &svg)
    case .none: break
    }
  }

  private var titleWidth: Double {
    guard let title else { return 0 }
    return TextMetrics.width(of: title, size: FontSize.legend) + 12
  }

  private var title: String? {
    plan.title.map { TextMetrics.fitted($0, size: FontSize.legend, width: width / 2) }
  }

  /// The names with their places, in lines no longer than the legend is wide.
  private func entries(_ names: [String]) -> [(name: String, index: Int?, x: Double, y: Double)] {
    var (x, y) = (titleWidth, 0.0)
    var shown = names.prefix(Self.mostNames).enumerated().map { (name: $1, index: Int?.some($0)) }
    if names.count > Self.mostNames { shown.append((name: "and \(names.count - Self.mostNames) more", index: nil)) }
    return shown.map { name, index in
      let text = TextMetrics.fitted(name, size: FontSize.legend, width: min(180, width - 30))
      let length = Self.swatch + 5 + TextMetrics.width(of: text, size: FontSize.legend)
      if x + length > width, x > 0 { (x, y) = (0, y + Self.rowHeight) }
      defer { x += length + 14 }
      return (text, index, x, y)
    }
  }

  private func draw(
    _ names: [String], _ palette: Palette, _ left: Double, _ top: Double, on svg: inout SVGWriter
  ) {
    if let title { write(title, x: left, y: top + 11, class: "muted", on: &svg) }
    for entry in entries(names) {
      if let index = entry.index {
        svg.element(
          "rect",
          [
            "x": .number(left + entry.x), "y": .number(top + entry.y + 1), "width": .number(Self.swatch),
            "height": .number(Self.swatch), "rx": 2.5, "fill": .text(palette[index].css),
          ], tooltip: names[index] == entry.name ? nil : names[index])
      }
      write(entry.name, x: left + entry.x + Self.swatch + 5, y: top + entry.y + 11, class: "ink", on: &svg)
    }
  }

  /// A bar of colours, in strips: a gradient would need an identifier.
  private func draw(
    _ scale: LinearScale, _ ramp: ColorRamp, _ left: Double, _ top: Double, on svg: inout SVGWriter
  ) {
    if let title { write(title, x: left, y: top + 10, class: "muted", on: &svg) }
    let start = left + titleWidth
    let bar = scale.over(PixelSpan(start: start, end: start + Self.barWidth))
    let strips = 50
    let strip = Self.barWidth / Double(strips)
    svg.group("g", ["shape-rendering": "crispEdges"]) { svg in
      for index in 0..<strips {
        let fill = ramp.fill(at: (Double(index) + 0.5) / Double(strips))
        svg.element(
          "rect",
          [
            "x": .number(start + Double(index) * strip), "y": .number(top + 1), "width": .number(strip), "height": 10,
            "fill": .text(fill.color.css), "fill-opacity": SVGWriter.Value(fill.opacity),
          ])
      }
    }
    for tick in HorizontalAxis(bar, spacing: 40).ticks {
      svg.element(
        "text",
        [
          "x": .number(tick.position), "y": .number(top + 24), "text-anchor": "middle", "class": "muted",
          "font-size": .number(FontSize.tick), "fill": .text(Theme.light.muted.css),
        ], content: tick.label)
    }
  }

  private func write(_ text: String, x: Double, y: Double, class name: String, on svg: inout SVGWriter) {
    let color = name == "ink" ? Theme.light.ink : Theme.light.muted
    svg.element(
      "text",
      [
        "x": .number(x), "y": .number(y), "class": .text(name), "font-size": .number(FontSize.legend),
        "fill": .text(color.css),
      ], content: text)
  }
}
