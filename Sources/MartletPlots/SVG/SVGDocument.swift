/// The root element of a picture: its size, its names for those who cannot see it, its style sheet.
struct SVGDocument {
  let identifier: String
  let width: Double
  let height: Double
  /// The picture in one sentence, as screen readers say it.
  let label: String
  let title: String?
  let description: String
  let theme: ChartTheme
  /// Where the picture stands in one around it; `nil` for a document of its own.
  let place: (x: Double, y: Double)?

  private static let fonts = "Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"

  /// The document around what `body` writes.
  func text(_ body: (inout SVGWriter) -> Void) -> String {
    var svg = SVGWriter()
    let (width, height) = (SVGWriter.number(width), SVGWriter.number(height))
    svg.group(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "id": .text(identifier), "x": SVGWriter.Value(place?.x),
        "y": SVGWriter.Value(place?.y), "width": .text(width), "height": .text(height),
        "viewBox": "0 0 \(width) \(height)", "role": "img", "aria-label": .text(label),
        "font-family": .text(Self.fonts),
        "font-size": "\(Int(FontSize.tick))", "style": place == nil ? "max-width:100%;height:auto" : .absent,
      ]
    ) { svg in
      if let title { svg.element("title", [:], content: title) }
      svg.element("desc", [:], content: description)
      svg.style(StyleSheet(identifier: identifier, theme: theme).rules)
      body(&svg)
    }
    return svg.text
  }
}
