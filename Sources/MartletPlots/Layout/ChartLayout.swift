/// Where everything stands.
struct ChartLayout {
  private(set) var width: Double
  private(set) var height: Double
  private(set) var plot = Box(left: 0, top: 0, right: 0, bottom: 0)
  private(set) var x: HorizontalAxis?
  private(set) var y: VerticalAxis?
  private(set) var xScale: (any PositionScale)?
  private(set) var yScale: (any PositionScale)?
  private(set) var legend: Legend?
  private(set) var legendTop = 0.0

  static let edge = 14.0
  private static let axisTitleHeight = 20.0
  private static let noteHeight = 18.0

  private let content: ChartContent
  private let noteCount: Int

  /// - Parameter noteCount: how many lines of notes stand below the plot.
  init(_ content: ChartContent, noteCount: Int) {
    self.content = content
    self.noteCount = noteCount
    (width, height) = content.options.size ?? (640, 400)
    // Labels need room, room decides how many labels there are: settled after two rounds in practice.
    var margins = Margins(left: 50, right: Self.edge, top: top, bottom: 40)
    for _ in 0..<4 {
      place(margins)
      let wanted = self.margins
      if wanted == margins { break }
      margins = wanted
    }
    place(margins)
  }

  private struct Margins: Equatable { var left, right, top, bottom: Double }

  /// Puts the plot between margins, and fits axes and legend to it.
  private mutating func place(_ margins: Margins) {
    let cells = content.cells
    if let cells, content.options.size == nil { fit(cells, margins) }
    plot = Box(left: margins.left, top: margins.top, right: width - margins.right, bottom: height - margins.bottom)
    // A plot too small for its margins keeps a little room; labels then run over the edge.
    plot.right = max(plot.right, plot.left + 20)
    plot.bottom = max(plot.bottom, plot.top + 20)
    if let cells {
      let side = min(plot.width / Double(cells.columns), plot.height / Double(cells.rows))
      plot.right = plot.left + side * Double(cells.columns)
      plot.bottom = plot.top + side * Double(cells.rows)
    }
    xScale = content.x?.scale.over(PixelSpan(start: plot.left, end: plot.right))
    let isBands = (content.y?.scale.bandwidth ?? 0) > 0
    let (start, end) = isBands ? (plot.top, plot.bottom) : (plot.bottom, plot.top)
    yScale = content.y?.scale.over(PixelSpan(start: start, end: end))
    x = xScale.map { HorizontalAxis($0) }
    y = yScale.map { VerticalAxis($0, height: plot.height) }
    legend = Legend(content.color, width: width - 2 * Self.edge)
    legendTop = headingHeight
  }

  /// The size of the picture where square cells decide it.
  private mutating func fit(_ cells: (columns: Int, rows: Int), _ margins: Margins) {
    let largest = content.x != nil ? 90.0 : cells == (1, 1) ? 240 : 64
    let room = content.x == nil ? 612.0 : 400
    let side = max(2, min(largest, room / Double(max(cells.columns, content.x == nil ? 1 : cells.rows))))
    let plotWidth = side * Double(cells.columns)
    let heading =
      [(content.options.title, FontSize.title), (content.options.subtitle, FontSize.subtitle)]
      .map { text, size in TextMetrics.width(of: text ?? "", size: size) }.max() ?? 0
    let legendWidth = content.color.showsLegend ? 260.0 : 0
    width = max(margins.left + plotWidth + margins.right, min(max(heading, legendWidth) + 2 * Self.edge, 640))
    height = margins.top + side * Double(cells.rows) + margins.bottom
  }

  /// The margins that the labels need as they are placed now.
  private var margins: Margins {
    let overhang = xScale == nil ? nil : x?.overhang(PixelSpan(start: plot.left, end: plot.right))
    let axisTitle = content.y?.title == nil ? 0 : Self.axisTitleHeight
    let labels = y.map { $0.width + 9 } ?? 0
    let left = max(Self.edge + axisTitle + labels, (overhang?.left ?? 0) + 6)
    let right = max(Self.edge, (overhang?.right ?? 0) + 6)
    return Margins(left: left.rounded(.up), right: right.rounded(.up), top: top, bottom: bottom.rounded(.up))
  }

  /// The height of title and subtitle, with the edge above them.
  private var headingHeight: Double {
    Self.edge + (content.options.title == nil ? 0 : 24) + (content.options.subtitle == nil ? 0 : 19)
  }

  private var top: Double {
    let legendHeight = Legend(content.color, width: width - 2 * Self.edge).map { $0.height + 6 } ?? 0
    return headingHeight + legendHeight + 2
  }

  private var bottom: Double {
    let labels = x.map { $0.height + 8 } ?? 0
    let axisTitle = content.x?.title == nil ? 0 : Self.axisTitleHeight
    return labels + axisTitle + Double(noteCount) * Self.noteHeight + Self.edge * 0.75
  }

  /// The baseline of the horizontal axis's title.
  var xTitleY: Double { plot.bottom + 8 + (x?.height ?? 0) + 14 }
  /// The baseline of the last line of notes.
  var noteY: Double { height - 8 }
}
