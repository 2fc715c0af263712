/// Draws the titles of panels: above each of them, or along the edges of their table.
struct StripDrawing {
  let content: ChartContent
  let layout: ChartLayout

  func draw(on svg: inout SVGWriter) {
    guard let facets = content.facets else { return }
    for panel in layout.panels {
      let plot = panel.plot
      if let title = panel.panel.title { write(title, above: plot, on: &svg) }
      if panel.panel.row == 0, let title = facets.columnTitles[checked: panel.panel.column] {
        write(title, above: plot, on: &svg)
      }
      if panel.panel.column == facets.columnCount - 1, let title = facets.rowTitles[checked: panel.panel.row] {
        let text = TextMetrics.fitted(title, size: FontSize.strip, width: plot.height)
        svg.turnedLabel(text, x: plot.right + 8, y: plot.middleY, size: FontSize.strip, angle: 90)
      }
    }
  }

  private func write(_ title: String, above plot: Box, on svg: inout SVGWriter) {
    let text = TextMetrics.fitted(title, size: FontSize.strip, width: plot.width)
    svg.label(
      text, x: plot.middleX, y: plot.top - 7, size: FontSize.strip, class: "ink strip", anchor: "middle",
      tooltip: text == title ? nil : title)
  }
}

extension Array {
  /// The element there; `nil` beyond the end.
  fileprivate subscript(checked index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
