import MartletDisplay

/// Draws a chart.
struct ChartRenderer {
  let content: ChartContent

  init(chart: Chart) { content = ChartContent(chart) }
  init(content: ChartContent) { self.content = content }

  /// A finished picture.
  struct Picture {
    let svg: String
    let notes: [String]
    let width: Double
    let height: Double
  }

  /// The chart in words.
  var summary: String {
    let rows = content.rowCount
    var parts = ["\(rows) \(rows == 1 ? "row" : "rows")"]
    if let title = content.xTitle { parts.append("x: \(title)") }
    if let title = content.yTitle { parts.append("y: \(title)") }
    if let title = content.color.title { parts.append("color: \(title)") }
    if let title = content.channels.sizeTitle { parts.append("size: \(title)") }
    if let title = content.channels.symbolTitle { parts.append("symbol: \(title)") }
    if let title = content.channels.opacityTitle { parts.append("opacity: \(title)") }
    if content.facets != nil { parts.append("\(content.panels.count) panels") }
    let name = content.options.title.map { "Chart \"\($0)\"" } ?? "Chart"
    return "\(name): \(parts.joined(separator: ", "))"
  }

  /// The margins that the chart needs on its own.
  var margins: Margins { ChartLayout(content, noteCount: 0).margins }

  /// The picture. Rows that turn out to have no place are mentioned below it, for which everything moves up a little.
  ///
  /// - Parameters:
  ///   - least: margins that are needed in any case.
  ///   - place: where the picture stands in one around it; `nil` for a document of its own.
  func render(least: Margins = Margins(), at place: (x: Double, y: Double)? = nil) -> Picture {
    var layout = ChartLayout(content, noteCount: 0, least: least)
    var (marks, skipped) = drawMarks(layout)
    let notes = content.isEmpty ? [] : notes(skipped: skipped + (content.facets?.leftOut ?? 0), width: layout.width)
    if !notes.isEmpty {
      layout = ChartLayout(content, noteCount: notes.count, least: least)
      (marks, skipped) = drawMarks(layout)
    }
    let frame = FrameDrawing(content: content, layout: layout)
    return Picture(
      svg: assemble(frame, marks, notes, place), notes: notes, width: layout.width, height: layout.height)
  }

  private func notes(skipped: Int, width: Double) -> [String] {
    if skipped == 0 { return [] }
    // A small panel has no room for the reasons.
    if width < 300 { return ["\(skipped) left out"] }
    let isLog = content.options.x.kind == .log || content.options.y.kind == .log
    return [
      "\(skipped) \(skipped == 1 ? "value" : "values") left out: missing\(isLog ? ", not positive" : "") or not finite"
    ]
  }

  /// The marks of each panel.
  private func drawMarks(_ layout: ChartLayout) -> (panels: [SVGWriter], skipped: Int) {
    var skipped = 0
    let panels = layout.panels.map { panel in
      var seriesIndex = 0
      let unit = LinearScale(lower: 0, upper: 1, pixels: PixelSpan(start: 0, end: 1))
      var canvas = Canvas(
        x: panel.xScale ?? unit, y: panel.yScale ?? unit, color: content.color.scale, channels: content.channels,
        plot: panel.plot, seriesColor: content.options.palette[0])
      guard !content.isEmpty else { return canvas.svg }
      for layer in panel.panel.layers {
        canvas.seriesColor = content.options.palette[seriesIndex]
        if layer.takesSeriesColor { seriesIndex += 1 }
        layer.draw(on: &canvas)
      }
      skipped += canvas.skipped
      return canvas.svg
    }
    return (panels, skipped)
  }

  /// Whether marks can reach beyond the plot: only where the axes do not show everything.
  private var clips: Bool {
    content.options.x.domain != nil || content.options.y.domain != nil
      || content.panels.contains { $0.layers.contains(where: \.exceedsDemands) }
  }

  private func assemble(
    _ frame: FrameDrawing, _ marks: [SVGWriter], _ notes: [String], _ place: (x: Double, y: Double)?
  ) -> String {
    var back = SVGWriter()
    frame.drawBack(on: &back)
    var front = SVGWriter()
    frame.drawFront(notes: notes, on: &front)
    let contents = back.text + marks.map(\.text).joined() + front.text
    let placed = place.map { "\($0.x) \($0.y)" } ?? ""
    let identifier = Self.identifier(for: "\(content.options.theme.name)\(placed)" + contents)
    let description = ([summary] + frame.layout.ranges + notes).joined(separator: ". ")
    return SVGDocument(
      identifier: identifier, width: frame.layout.width, height: frame.layout.height, label: summary,
      title: content.options.title, description: description, theme: content.options.theme, place: place
    ).text { svg in
      svg.append(back)
      if clips { frame.drawClips(identifier: identifier, on: &svg) }
      for (index, panel) in marks.enumerated() {
        svg.group("g", ["clip-path": clips ? "url(#\(identifier)-plot-\(index))" : .absent]) { $0.append(panel) }
      }
      svg.append(front)
    }
  }

  /// A name that no other picture on the page has, and that is the same whenever the chart is drawn again: FNV-1a of
  /// everything that is drawn, and of the theme, which would otherwise be that of the page's last such chart.
  static func identifier(for text: String) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return "chart-" + String(hash, radix: 36)
  }
}
