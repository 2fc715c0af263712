extension SVGWriter {
  /// The background of the whole picture.
  mutating func paper() {
    element("rect", ["width": "100%", "height": "100%", "class": "paper", "fill": .text(Theme.light.paper.css)])
  }

  /// Title and subtitle at the top, shortened where the picture is too narrow.
  mutating func headings(_ title: String?, _ subtitle: String?, width: Double) {
    var y = ChartLayout.edge + 13
    let room = width - 2 * ChartLayout.edge
    if let title {
      let text = TextMetrics.fitted(title, size: FontSize.title, width: room)
      label(text, x: ChartLayout.edge, y: y, size: FontSize.title, weight: "600")
      y += 20
    }
    if let subtitle {
      let text = TextMetrics.fitted(subtitle, size: FontSize.subtitle, width: room)
      label(text, x: ChartLayout.edge, y: y - 1, size: FontSize.subtitle, class: "muted")
    }
  }

  /// A straight line in the colour of the group around it.
  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
    element("line", ["x1": .number(x1), "y1": .number(y1), "x2": .number(x2), "y2": .number(y2)])
  }

  /// A rectangle that looks like the group around it.
  mutating func rectangle(_ box: Box) {
    element(
      "rect",
      ["x": .number(box.left), "y": .number(box.top), "width": .number(box.width), "height": .number(box.height)])
  }

  /// A line of text, in the theme's ink or in its quieter colour.
  mutating func label(
    _ text: String, x: Double, y: Double, size: Double, class name: String = "ink", weight: String? = nil,
    anchor: String? = nil, tooltip: String? = nil
  ) {
    element(
      "text",
      [
        "x": .number(x), "y": .number(y), "font-size": .number(size), "font-weight": Value(weight),
        "text-anchor": Value(anchor), "class": .text(name), "fill": .text(Self.color(name).css),
      ], content: text, tooltip: tooltip)
  }

  /// A line of text turned around its middle, in degrees.
  mutating func turnedLabel(_ text: String, x: Double, y: Double, size: Double, angle: Double) {
    element(
      "text",
      [
        "transform": "translate(\(Self.number(x)) \(Self.number(y))) rotate(\(Self.number(angle)))",
        "text-anchor": "middle", "font-size": .number(size), "class": "ink", "fill": .text(Theme.light.ink.css),
      ], content: text)
  }

  /// The light theme's colour of a class of text.
  private static func color(_ name: String) -> Color {
    name.hasPrefix("muted") ? Theme.light.muted : Theme.light.ink
  }
}
