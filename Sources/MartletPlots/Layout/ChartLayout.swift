/// Where everything stands.
struct ChartLayout {
  private(set) var width: Double
  private(set) var height: Double
  private(set) var panels: [PanelLayout] = []
  /// The box around all plots.
  private(set) var area = Box(left: 0, top: 0, right: 0, bottom: 0)
  private(set) var legend: Legend?
  /// The margins that were settled on.
  private(set) var margins: Margins

  static let edge = 14.0
  static let stripHeight = 20.0
  private static let axisTitleHeight = 20.0
  private static let noteHeight = 18.0
  private static let legendGap = 8.0

  private let content: ChartContent
  private let noteCount: Int
  private let least: Margins

  /// - Parameters:
  ///   - noteCount: how many lines of notes stand below the plot.
  ///   - least: margins that are needed in any case, so that plots of several charts stand in line.
  init(_ content: ChartContent, noteCount: Int, least: Margins = Margins()) {
    (self.content, self.noteCount, self.least) = (content, noteCount, least)
    (width, height) = content.options.size ?? Self.defaultSize(content)
    margins = Margins(left: 50, right: Self.edge, top: 40, bottom: 40, columnGap: 20, rowGap: 30)
    // Labels need room, room decides how many labels there are: settled after two rounds in practice.
    for _ in 0..<4 {
      place()
      let wanted = wanted.union(least)
      if wanted == margins { break }
      margins = wanted
    }
    place()
  }

  /// 640 × 400, wider for many panels, whose height is decided when the margins are known.
  private static func defaultSize(_ content: ChartContent) -> (Double, Double) {
    content.facets == nil ? (640, 400) : (min(max(640, Double(content.columns) * 190 + 80), 1200), 400)
  }

  /// The height of a picture of several panels of a pleasing shape.
  private mutating func fitPanels() {
    let (columns, rows) = (Double(content.columns), Double(content.rows))
    let panelWidth = (width - margins.left - margins.right - margins.columnGap * (columns - 1)) / columns
    let panelHeight = min(max(panelWidth * 0.9, 100), rows > 1 ? 200 : 300)
    height = min(margins.top + rows * panelHeight + (rows - 1) * margins.rowGap + margins.bottom, 6000)
  }

  /// Puts the plots between margins, and fits axes and legend to them.
  private mutating func place() {
    if content.options.size == nil {
      if content.facets != nil { fitPanels() } else if let cells = content.cells { fit(cells) }
    }
    legend = Legend(content.legend, width: legendRoom, isUpright: content.options.legend == .right)
    area = Box(left: margins.left, top: margins.top, right: width - margins.right, bottom: height - margins.bottom)
    // A plot too small for its margins keeps a little room; labels then run over the edge.
    area.right = max(area.right, area.left + 20 * Double(content.columns))
    area.bottom = max(area.bottom, area.top + 20 * Double(content.rows))
    panels = content.panels.map { panel in
      PanelLayout(panel, in: box(panel), content: content, isOne: content.panels.count == 1)
    }
    if content.panels.count == 1, let plot = panels.first?.plot { area = plot }
  }

  private func box(_ panel: ChartContent.Panel) -> Box {
    let (columns, rows) = (Double(content.columns), Double(content.rows))
    let width = max((area.width - margins.columnGap * (columns - 1)) / columns, 10)
    let height = max((area.height - margins.rowGap * (rows - 1)) / rows, 10)
    let left = area.left + Double(panel.column) * (width + margins.columnGap)
    let top = area.top + Double(panel.row) * (height + margins.rowGap)
    return Box(left: left, top: top, right: left + width, bottom: top + height)
  }

  /// The size of the picture where square cells decide it.
  private mutating func fit(_ cells: (columns: Int, rows: Int)) {
    let hasAxes = content.panels.contains { $0.x != nil }
    let largest = hasAxes ? 90.0 : cells == (1, 1) ? 240 : 64
    let room = hasAxes ? 400 : 612.0
    let side = max(2, min(largest, room / Double(max(cells.columns, hasAxes ? cells.rows : 1))))
    let plotWidth = side * Double(cells.columns)
    let heading =
      [(content.options.title, FontSize.title), (content.options.subtitle, FontSize.subtitle)]
      .map { text, size in TextMetrics.width(of: text ?? "", size: size) }.max() ?? 0
    let legendWidth = content.legend.isEmpty ? 0.0 : 260
    width = max(margins.left + plotWidth + margins.right, min(max(heading, legendWidth) + 2 * Self.edge, 640))
    height = margins.top + side * Double(cells.rows) + margins.bottom
  }

  /// The margins that the labels need as they are placed now.
  private var wanted: Margins {
    let overhang = panels.map(\.overhang)
    let outer = panels.filter { $0.panel.column == 0 }
    let axisTitle = content.yTitle == nil ? 0 : Self.axisTitleHeight
    let labels = outer.map(\.labelWidth).max() ?? 0
    let inner = panels.filter { $0.panel.column > 0 }.map(\.labelWidth).max() ?? 0
    let (left, right) = (overhang.map(\.left).max() ?? 0, overhang.map(\.right).max() ?? 0)
    let raised = panels.filter { $0.showsX && $0.panel.row < content.rows - 1 && !isAboveNothing($0.panel) }
    return Margins(
      left: max(Self.edge + axisTitle + labels, left + 6).rounded(.up),
      right: (max(Self.edge, right + 6, dotOverhang + 2) + rightOfPlot).rounded(.up), top: top,
      bottom: bottom.rounded(.up),
      columnGap: max(inner > 0 ? inner + 8 : 14, left + right + 10).rounded(.up),
      rowGap: ((raised.map(\.labelHeight).max() ?? 0) + (isWrapped ? Self.stripHeight : 0) + 14).rounded(.up))
  }

  /// Whether the place below a panel is empty, as in the last line of wrapped panels.
  private func isAboveNothing(_ panel: ChartContent.Panel) -> Bool {
    !content.panels.contains { $0.column == panel.column && $0.row == panel.row + 1 }
  }

  private var isWrapped: Bool { content.panels.contains { $0.title != nil } }

  private var rightOfPlot: Double {
    let strip = content.facets?.rowTitles.isEmpty == false ? Self.stripHeight : 0
    let legendWidth = content.options.legend == .right ? legend.map { $0.width + 14 } ?? 0 : 0
    return strip + legendWidth
  }

  private var legendRoom: Double {
    content.options.legend == .right ? min(220, width * 0.3) : width - 2 * Self.edge
  }

  /// The height of title and subtitle, with the edge above them.
  private var headingHeight: Double {
    Self.edge + (content.options.title == nil ? 0 : 24) + (content.options.subtitle == nil ? 0 : 19)
  }

  private var top: Double {
    let legendHeight = content.options.legend == .top ? legend.map { $0.height + 6 } ?? 0 : 0
    let hasStrips = isWrapped || content.facets?.columnTitles.isEmpty == false
    return headingHeight + legendHeight + 2 + dotOverhang + (hasStrips ? Self.stripHeight : 0)
  }

  /// How far the largest dot may reach beyond the plot and its edge.
  private var dotOverhang: Double { max(0, (content.channels.size?.widest ?? 0) / 2 - 4) }

  private var bottom: Double {
    let labels = panels.filter { $0.panel.row == content.rows - 1 }.map(\.labelHeight).max() ?? 0
    let axisTitle = content.xTitle == nil ? 0 : Self.axisTitleHeight
    let legendHeight = content.options.legend == .bottom ? legend.map { $0.height + Self.legendGap } ?? 0 : 0
    return labels + axisTitle + legendHeight + footHeight + Self.edge * 0.75
  }

  private var footHeight: Double {
    Double(noteCount + (content.options.caption == nil ? 0 : 1)) * Self.noteHeight
  }

  /// The left end and the top of the legend.
  var legendOrigin: (left: Double, top: Double) {
    switch content.options.legend.name {
    case .top, .hidden: (Self.edge, headingHeight)
    case .right: (width - Self.edge - (legend?.width ?? 0), area.top + 2)
    case .bottom: (Self.edge, height - Self.edge * 0.75 - footHeight - (legend?.height ?? 0))
    }
  }

  /// The baseline of the horizontal axis's title.
  var xTitleY: Double {
    let labels = panels.filter { $0.panel.row == content.rows - 1 }.map(\.labelHeight).max() ?? 0
    return area.bottom + max(labels, 8) + 14
  }

  /// The baseline of the last line at the foot.
  var noteY: Double { height - 8 }

  /// The axes of the first panel in words, for those who cannot see them: `x from 0 to 10`.
  var ranges: [String] {
    guard let panel = panels.first else { return [] }
    return [("x", panel.x?.ticks), ("y", panel.y?.ticks)].compactMap { name, ticks in
      guard let first = ticks?.first, let last = ticks?.last, first != last else { return nil }
      return "\(name) from \(first.fullLabel) to \(last.fullLabel)"
    }
  }
}
