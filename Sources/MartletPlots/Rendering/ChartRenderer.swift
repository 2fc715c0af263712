import MartletDisplay

/// Draws a chart.
struct ChartRenderer {
  private let content: ChartContent

  init(chart: Chart) { content = ChartContent(chart) }

  /// A finished picture.
  struct Picture {
    let svg: String
    let notes: [String]
  }

  /// The chart in words.
  var summary: String {
    let rows = content.layers.map(\.rowCount).max() ?? 0
    var parts = ["\(rows) \(rows == 1 ? "row" : "rows")"]
    if let title = content.x?.title { parts.append("x: \(title)") }
    if let title = content.y?.title { parts.append("y: \(title)") }
    if let title = content.color.title { parts.append("color: \(title)") }
    let name = content.options.title.map { "Chart \"\($0)\"" } ?? "Chart"
    return "\(name): \(parts.joined(separator: ", "))"
  }

  /// The picture. Rows that turn out to have no place are mentioned below it, for which everything moves up a little.
  func render() -> Picture {
    var layout = ChartLayout(content, noteCount: 0)
    var (marks, skipped) = drawMarks(layout)
    let notes = content.isEmpty ? [] : notes(skipped: skipped)
    if !notes.isEmpty {
      layout = ChartLayout(content, noteCount: notes.count)
      (marks, skipped) = drawMarks(layout)
    }
    let frame = FrameDrawing(content: content, layout: layout)
    return Picture(svg: assemble(frame, marks, notes), notes: notes)
  }

  private func notes(skipped: Int) -> [String] {
    if skipped == 0 { return [] }
    let isLog = content.options.xScale == .log || content.options.yScale == .log
    return [
      "\(skipped) \(skipped == 1 ? "value" : "values") left out: missing\(isLog ? ", not positive" : "") or not finite"
    ]
  }

  private func drawMarks(_ layout: ChartLayout) -> (svg: SVGWriter, skipped: Int) {
    var seriesIndex = 0
    let unit = LinearScale(lower: 0, upper: 1, pixels: PixelSpan(start: 0, end: 1))
    var canvas = Canvas(
      x: layout.xScale ?? unit, y: layout.yScale ?? unit, color: content.color.scale, plot: layout.plot,
      seriesColor: content.options.palette[0])
    guard !content.isEmpty else { return (canvas.svg, 0) }
    for layer in content.layers {
      canvas.seriesColor = content.options.palette[seriesIndex]
      if layer.takesSeriesColor { seriesIndex += 1 }
      layer.draw(on: &canvas)
    }
    return (canvas.svg, canvas.skipped)
  }

  /// Whether marks can reach beyond the plot: only where the axes do not show everything.
  private var clips: Bool {
    content.options.xDomain != nil || content.options.yDomain != nil || content.layers.contains { $0.exceedsDemands }
  }

  private func assemble(_ frame: FrameDrawing, _ marks: SVGWriter, _ notes: [String]) -> String {
    var back = SVGWriter()
    frame.drawBack(on: &back)
    var front = SVGWriter()
    frame.drawFront(notes: notes, on: &front)
    let identifier = Self.identifier(for: "\(content.options.theme.name)" + back.text + marks.text + front.text)
    var svg = SVGWriter()
    let (width, height) = (SVGWriter.number(frame.layout.width), SVGWriter.number(frame.layout.height))
    svg.group(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "id": .text(identifier), "width": .text(width), "height": .text(height),
        "viewBox": "0 0 \(width) \(height)", "role": "img", "aria-label": .text(summary),
        "font-family": "Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif",
        "font-size": "\(Int(FontSize.tick))",
        "style": "max-width:100%;height:auto",
      ]
    ) { svg in
      if let title = content.options.title { svg.element("title", [:], content: title) }
      svg.element("desc", [:], content: ([summary] + notes).joined(separator: ". "))
      svg.style(StyleSheet(identifier: identifier, theme: content.options.theme).rules)
      svg.append(back)
      if clips { frame.drawClip(identifier: identifier, on: &svg) }
      svg.group("g", ["clip-path": clips ? "url(#\(identifier)-plot)" : .absent]) { $0.append(marks) }
      svg.append(front)
    }
    return svg.text
  }

  /// A name that no other picture on the page has, and that is the same whenever the chart is drawn again: FNV-1a of
  /// everything that is drawn, and of the theme, which would otherwise be that of the page's last such chart.
  private static func identifier(for text: String) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return "chart-" + String(hash, radix: 36)
  }
}
