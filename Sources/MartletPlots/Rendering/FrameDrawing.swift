/// Draws everything around the marks: background, headings, legend, grid, axes and notes.
struct FrameDrawing {
  let content: ChartContent
  let layout: ChartLayout

  /// What lies behind the marks.
  func drawBack(on svg: inout SVGWriter) {
    if content.options.hasBackground { svg.paper() }
    svg.headings(content.options.title, content.options.subtitle, width: layout.width)
    let origin = layout.legendOrigin
    layout.legend?.draw(left: origin.left, top: origin.top, on: &svg)
    guard !content.isEmpty else { return }
    svg.group("g", ["class": "axis", "stroke": .text(Theme.light.ink.css), "stroke-opacity": 0.12]) { svg in
      for panel in layout.panels {
        for tick in panel.y?.ticks ?? [] where tick.hasGridLine {
          svg.line(panel.plot.left, tick.position, panel.plot.right, tick.position)
        }
        for tick in panel.x?.ticks ?? [] where tick.hasGridLine {
          svg.line(tick.position, panel.plot.top, tick.position, panel.plot.bottom)
        }
      }
    }
  }

  /// What lies on the marks.
  func drawFront(notes: [String], on svg: inout SVGWriter) {
    if content.isEmpty {
      drawEmpty(on: &svg)
    } else {
      for panel in layout.panels { AxisDrawing(panel: panel, hasCells: content.cells != nil).draw(on: &svg) }
      StripDrawing(content: content, layout: layout).draw(on: &svg)
      drawAxisTitles(on: &svg)
    }
    let foot = (content.options.caption.map { [$0] } ?? []) + notes
    for (index, line) in foot.reversed().enumerated() {
      let text = TextMetrics.fitted(line, size: FontSize.note, width: layout.width - 2 * ChartLayout.edge)
      svg.label(
        text, x: ChartLayout.edge, y: layout.noteY - Double(index) * 15, size: FontSize.note, class: "muted")
    }
  }

  /// The parts of the picture that marks may touch, one for each panel.
  func drawClips(identifier: String, on svg: inout SVGWriter) {
    for (index, panel) in layout.panels.enumerated() {
      svg.group("clipPath", ["id": "\(identifier)-plot-\(index)"]) { $0.rectangle(panel.plot) }
    }
  }

  private func drawEmpty(on svg: inout SVGWriter) {
    let box = layout.area
    svg.group("g", ["fill": "none", "class": "axis", "stroke": .text(Theme.light.ink.css), "stroke-opacity": 0.25]) {
      $0.rectangle(box)
    }
    svg.label("No data to show", x: box.middleX, y: box.middleY + 4, size: 13, class: "muted", anchor: "middle")
  }

  private func drawAxisTitles(on svg: inout SVGWriter) {
    if let title = content.xTitle {
      let text = TextMetrics.fitted(title, size: FontSize.axisTitle, width: layout.width - 2 * ChartLayout.edge)
      let half = TextMetrics.width(of: text, size: FontSize.axisTitle) / 2
      let x = max(min(layout.area.middleX, layout.width - 4 - half), 4 + half)
      svg.label(text, x: x, y: layout.xTitleY, size: FontSize.axisTitle, anchor: "middle")
    }
    if let title = content.yTitle {
      let text = TextMetrics.fitted(title, size: FontSize.axisTitle, width: layout.height - 2 * ChartLayout.edge)
      let half = TextMetrics.width(of: text, size: FontSize.axisTitle) / 2
      let y = max(min(layout.area.middleY, layout.height - 4 - half), 4 + half)
      svg.turnedLabel(text, x: ChartLayout.edge + 8, y: y, size: FontSize.axisTitle, angle: -90)
    }
  }
}
