/// Where one plot stands, with its scales and axes.
struct PanelLayout {
  let panel: ChartContent.Panel
  let plot: Box
  let xScale: (any PositionScale)?
  let yScale: (any PositionScale)?
  let x: HorizontalAxis?
  let y: VerticalAxis?
  /// Whether labels stand below the panel.
  let showsX: Bool
  /// Whether labels stand beside the panel.
  let showsY: Bool

  /// - Parameters:
  ///   - box: the room for the panel without its labels.
  ///   - isOne: whether the chart has no other panel; labels of small ones stand closer.
  init(_ panel: ChartContent.Panel, in box: Box, content: ChartContent, isOne: Bool) {
    self.panel = panel
    plot = content.cells.map { box.squared(columns: $0.columns, rows: $0.rows) } ?? box
    xScale = panel.x?.scale(over: PixelSpan(start: plot.left, end: plot.right))
    let isBands = (panel.y?.scale.bandwidth ?? 0) > 0
    let upwards = PixelSpan(start: plot.bottom, end: plot.top)
    yScale = panel.y?.scale(over: isBands ? upwards.reversed : upwards)
    x = xScale.map { [plot] in
      HorizontalAxis($0, format: panel.x?.format ?? .automatic, spacing: isOne && plot.width > 420 ? 70 : 42)
    }
    y = yScale.map { [plot] in
      VerticalAxis($0, format: panel.y?.format ?? .automatic, height: plot.height, spacing: isOne ? 44 : 32)
    }
    let sharesX = content.facets?.scales.sharesX ?? true
    let sharesY = content.facets?.scales.sharesY ?? true
    let isLowest = !content.panels.contains { $0.column == panel.column && $0.row > panel.row }
    showsX = panel.x?.options.isHidden == false && (!sharesX || isLowest)
    showsY = panel.y?.options.isHidden == false && (!sharesY || panel.column == 0)
  }

  /// How far the labels below reach beyond the plot.
  var overhang: (left: Double, right: Double) {
    guard showsX, let x else { return (0, 0) }
    return x.overhang(PixelSpan(start: plot.left, end: plot.right))
  }

  /// The room that the labels below take.
  var labelHeight: Double { showsX ? x.map { $0.height + 8 } ?? 0 : 0 }
  /// The room that the labels to the left take.
  var labelWidth: Double { showsY ? y.map { $0.width + 9 } ?? 0 : 0 }
}

extension Box {
  /// The largest part from the top left corner on whose cells are squares.
  fileprivate func squared(columns: Int, rows: Int) -> Box {
    let side = min(width / Double(columns), height / Double(rows))
    return Box(left: left, top: top, right: left + side * Double(columns), bottom: top + side * Double(rows))
  }
}
