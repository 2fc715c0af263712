/// Draws everything around the marks: background, headings, legend, grid, axes and notes.
struct FrameDrawing {
  let content: ChartContent
  let layout: ChartLayout

  private var plot: Box { layout.plot }

  /// What lies behind the marks.
  func drawBack(on svg: inout SVGWriter) {
    if content.options.hasBackground {
      svg.element("rect", ["width": "100%", "height": "100%", "class": "paper", "fill": .text(Theme.light.paper.css)])
    }
    drawHeadings(on: &svg)
    layout.legend?.draw(left: ChartLayout.edge, top: layout.legendTop, on: &svg)
    guard !content.isEmpty else { return }
    svg.group("g", ["class": "axis", "stroke": .text(Theme.light.ink.css), "stroke-opacity": 0.12]) { svg in
      for tick in layout.y?.ticks ?? [] where tick.hasGridLine {
        line(plot.left, tick.position, plot.right, tick.position, on: &svg)
      }
      for tick in layout.x?.ticks ?? [] where tick.hasGridLine {
        line(tick.position, plot.top, tick.position, plot.bottom, on: &svg)
      }
    }
  }

  /// What lies on the marks.
  func drawFront(notes: [String], on svg: inout SVGWriter) {
    if content.isEmpty { return drawEmpty(on: &svg) }
    drawAxisLines(on: &svg)
    if let axis = layout.x { draw(axis, on: &svg) }
    if let axis = layout.y { draw(axis, on: &svg) }
    drawAxisTitles(on: &svg)
    for (index, note) in notes.reversed().enumerated() {
      write(
        note, x: ChartLayout.edge, y: layout.noteY - Double(index) * 15, size: FontSize.note, name: "muted", on: &svg)
    }
  }

  /// The part of the picture that marks may touch.
  func drawClip(identifier: String, on svg: inout SVGWriter) {
    svg.group("clipPath", ["id": "\(identifier)-plot"]) { svg in
      svg.element(
        "rect",
        [
          "x": .number(plot.left), "y": .number(plot.top), "width": .number(plot.width), "height": .number(plot.height),
        ])
    }
  }

  private func drawHeadings(on svg: inout SVGWriter) {
    var y = ChartLayout.edge + 13
    let room = layout.width - 2 * ChartLayout.edge
    if let title = content.options.title {
      let text = TextMetrics.fitted(title, size: FontSize.title, width: room)
      write(text, x: ChartLayout.edge, y: y, size: FontSize.title, weight: "600", on: &svg)
      y += 20
    }
    if let subtitle = content.options.subtitle {
      let text = TextMetrics.fitted(subtitle, size: FontSize.subtitle, width: room)
      write(text, x: ChartLayout.edge, y: y - 1, size: FontSize.subtitle, name: "muted", on: &svg)
    }
  }

  private func drawEmpty(on svg: inout SVGWriter) {
    svg.element(
      "rect",
      [
        "x": .number(plot.left), "y": .number(plot.top), "width": .number(plot.width), "height": .number(plot.height),
        "fill": "none", "class": "axis", "stroke": .text(Theme.light.ink.css), "stroke-opacity": 0.25,
      ])
    write("No data to show", x: plot.middleX, y: plot.middleY + 4, size: 13, name: "muted", anchor: "middle", on: &svg)
  }

  /// Baselines: below the plot, and at zero where bars may stand on either side. Cells need none.
  private func drawAxisLines(on svg: inout SVGWriter) {
    guard content.cells == nil else { return }
    svg.group("g", ["class": "axis", "stroke": .text(Theme.light.ink.css), "stroke-opacity": 0.55]) { svg in
      let isLying = (layout.yScale?.bandwidth ?? 0) > 0 && layout.xScale is LinearScale
      if isLying { return drawUpright(on: &svg) }
      let zero = (layout.xScale?.bandwidth ?? 0) > 0 ? (layout.yScale as? LinearScale)?.position(of: 0) : nil
      let y = zero.map { min(max($0, plot.top), plot.bottom) } ?? plot.bottom
      line(plot.left, y, plot.right, y, on: &svg)
    }
  }

  private func drawUpright(on svg: inout SVGWriter) {
    let zero = layout.xScale?.position(of: 0) ?? plot.left
    let x = min(max(zero, plot.left), plot.right)
    line(x, plot.top, x, plot.bottom, on: &svg)
  }

  private func draw(_ axis: HorizontalAxis, on svg: inout SVGWriter) {
    for tick in axis.ticks {
      let y = plot.bottom + (axis.isSlanted ? 12 : 17)
      let turn =
        "rotate(-\(SVGWriter.number(HorizontalAxis.slant)) \(SVGWriter.number(tick.position + 4)) \(SVGWriter.number(y)))"
      svg.element(
        "text",
        [
          "x": .number(tick.position + (axis.isSlanted ? 4 : 0)), "y": .number(y),
          "text-anchor": axis.isSlanted ? "end" : "middle", "transform": axis.isSlanted ? .text(turn) : .absent,
          "class": "muted x-tick", "fill": .text(Theme.light.muted.css),
        ], content: tick.label)
    }
  }

  private func draw(_ axis: VerticalAxis, on svg: inout SVGWriter) {
    for tick in axis.ticks {
      svg.element(
        "text",
        [
          "x": .number(plot.left - 7), "y": .number(tick.position + 3.9), "text-anchor": "end", "class": "muted y-tick",
          "fill": .text(Theme.light.muted.css),
        ], content: tick.label)
    }
  }

  private func drawAxisTitles(on svg: inout SVGWriter) {
    if let title = content.x?.title {
      let text = TextMetrics.fitted(title, size: FontSize.axisTitle, width: layout.width - 2 * ChartLayout.edge)
      let half = TextMetrics.width(of: text, size: FontSize.axisTitle) / 2
      let x = max(min(plot.middleX, layout.width - 4 - half), 4 + half)
      write(text, x: x, y: layout.xTitleY, size: FontSize.axisTitle, anchor: "middle", on: &svg)
    }
    if let title = content.y?.title {
      let text = TextMetrics.fitted(title, size: FontSize.axisTitle, width: layout.height - 2 * ChartLayout.edge)
      let half = TextMetrics.width(of: text, size: FontSize.axisTitle) / 2
      let y = max(min(plot.middleY, layout.height - 4 - half), 4 + half)
      svg.element(
        "text",
        [
          "transform": "translate(\(SVGWriter.number(ChartLayout.edge + 8)) \(SVGWriter.number(y))) rotate(-90)",
          "text-anchor": "middle", "font-size": .number(FontSize.axisTitle), "class": "ink",
          "fill": .text(Theme.light.ink.css),
        ], content: text)
    }
  }

  private func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, on svg: inout SVGWriter) {
    svg.element("line", ["x1": .number(x1), "y1": .number(y1), "x2": .number(x2), "y2": .number(y2)])
  }

  private func write(
    _ text: String, x: Double, y: Double, size: Double, name: String = "ink", weight: String? = nil,
    anchor: String? = nil, on svg: inout SVGWriter
  ) {
    let color = name == "ink" ? Theme.light.ink : Theme.light.muted
    svg.element(
      "text",
      [
        "x": .number(x), "y": .number(y), "font-size": .number(size), "font-weight": SVGWriter.Value(weight),
        "text-anchor": SVGWriter.Value(anchor), "class": .text(name), "fill": .text(color.css),
      ], content: text)
  }
}
