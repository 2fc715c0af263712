/// Draws the lines and labels around one plot.
struct AxisDrawing {
  let panel: PanelLayout
  /// Whether the plot is made of cells, which need no lines.
  let hasCells: Bool

  private var plot: Box { panel.plot }

  func draw(on svg: inout SVGWriter) {
    if !hasCells { drawLines(on: &svg) }
    if panel.showsX, let axis = panel.x { draw(axis, on: &svg) }
    if panel.showsY, let axis = panel.y { draw(axis, on: &svg) }
  }

  /// Baselines: below the plot, or at zero where bars stand on it.
  private func drawLines(on svg: inout SVGWriter) {
    svg.group("g", ["class": "axis", "stroke": .text(Theme.light.ink.css), "stroke-opacity": 0.55]) { svg in
      if panel.panel.x?.standsOnZero == true, let scale = panel.xScale {
        let x = min(max(scale.baseline, plot.left), plot.right)
        return svg.line(x, plot.top, x, plot.bottom)
      }
      let zero = panel.panel.y?.standsOnZero == true ? panel.yScale?.baseline : nil
      let y = zero.map { min(max($0, plot.top), plot.bottom) } ?? plot.bottom
      svg.line(plot.left, y, plot.right, y)
    }
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
      if let context = tick.context {
        svg.label(
          context, x: tick.position, y: y + HorizontalAxis.lineHeight, size: FontSize.tick, class: "muted x-context",
          anchor: "middle")
      }
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
}
