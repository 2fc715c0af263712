import MartletDisplay

/// A small drawing of simple shapes; texts are escaped here.
struct Sketch {
  private let head: String
  private var body = ""

  init(width: Double, height: Double, label: String) {
    head =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(Self.number(width))\" height=\"\(Self.number(height))\" "
      + "viewBox=\"0 0 \(Self.number(width)) \(Self.number(height))\" role=\"img\" aria-label=\"\(label.htmlEscaped)\" "
      + "font-family=\"Helvetica, Arial, sans-serif\" style=\"max-width:100%;height:auto\">"
      + "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>"
  }

  var svg: SVG { SVG(head + body + "</svg>") }

  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, fill: String, stroke: String? = nil, strokeWidth: Double = 1,
    tooltip: String? = nil
  ) {
    add(
      "rect", ["x": x, "y": y, "width": width, "height": height], fill: fill, stroke: stroke, strokeWidth: strokeWidth,
      tooltip: tooltip)
  }

  mutating func circle(x: Double, y: Double, radius: Double, fill: String, stroke: String? = nil) {
    add("circle", ["cx": x, "cy": y, "r": radius], fill: fill, stroke: stroke)
  }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, stroke: String, width: Double) {
    add("line", ["x1": x1, "y1": y1, "x2": x2, "y2": y2], fill: "none", stroke: stroke, strokeWidth: width)
  }

  mutating func path(_ points: [(x: Double, y: Double)], stroke: String, width: Double) {
    let text = Self.list(points)
    body += "<polyline points=\"\(text)\" fill=\"none\" stroke=\"\(stroke)\" stroke-width=\"\(Self.number(width))\"/>"
  }

  mutating func polygon(_ points: [(x: Double, y: Double)], fill: String) {
    body += "<polygon points=\"\(Self.list(points))\" fill=\"\(fill)\"/>"
  }

  /// A line of text around the middle `x`.
  mutating func text(_ text: String, x: Double, y: Double, size: Double, fill: String) {
    body +=
      "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" font-size=\"\(Self.number(size))\" text-anchor=\"middle\" "
      + "fill=\"\(fill)\">\(text.htmlEscaped)</text>"
  }

  private mutating func add(
    _ name: String, _ places: KeyValuePairs<String, Double>, fill: String, stroke: String?, strokeWidth: Double = 1,
    tooltip: String? = nil
  ) {
    body += "<\(name)" + places.map { " \($0)=\"\(Self.number($1))\"" }.joined() + " fill=\"\(fill)\""
    if let stroke {
      body += " stroke=\"\(stroke)\" stroke-width=\"\(Self.number(strokeWidth))\" stroke-linecap=\"round\""
    }
    body += tooltip.map { "><title>\($0.htmlEscaped)</title></\(name)>" } ?? "/>"
  }

  private static func list(_ points: [(x: Double, y: Double)]) -> String {
    points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
  }

  /// At most two decimals.
  private static func number(_ value: Double) -> String {
    let rounded = ((value.isFinite ? value : 0) * 100).rounded() / 100
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }
}
