import MartletDisplay

extension ChartGrid: PlotPicture, CustomStringConvertible {
  /// The picture as a complete SVG document.
  public var svg: String { ChartGridRenderer(self).svg }

  /// The picture's width and height, in CSS pixels.
  public var pictureSize: (width: Double, height: Double) {
    let layout = ChartGridLayout(self)
    return (layout.width, layout.height)
  }

  /// The charts in one line each: `2 charts`, then what each shows.
  public var description: String { ChartGridRenderer(self).summary }

  /// The picture as SVG, and a line of text for each chart for terminals.
  public func displayBundle() -> DisplayBundle {
    let renderer = ChartGridRenderer(self)
    return [.svg: .text(renderer.svg), .plainText: .text(renderer.summary)]
  }
}

/// Draws a grid of charts: pictures within a picture.
struct ChartGridRenderer {
  private let layout: ChartGridLayout
  private let options: ChartGridOptions

  init(_ grid: ChartGrid) { (layout, options) = (ChartGridLayout(grid), grid.options) }

  var summary: String {
    let count = layout.cells.count
    let name = "\(count) \(count == 1 ? "chart" : "charts")"
    let heading = options.title.map { "\"\($0)\": \(name)" } ?? name
    return ([heading] + layout.cells.map { ChartRenderer(content: $0.content).summary }).joined(separator: "\n")
  }

  var svg: String {
    let charts = layout.cells.map { cell in
      ChartRenderer(content: cell.content.sized(cell.box.width, cell.box.height))
        .render(least: cell.least, at: (cell.box.left, cell.box.top)).svg
    }
    let heading = "\(options.theme.name)\(options.title ?? "")\(options.subtitle ?? "")"
    let lines = summary.split(separator: "\n")
    return SVGDocument(
      identifier: ChartRenderer.identifier(for: heading + charts.joined()), width: layout.width, height: layout.height,
      label: String(lines.first ?? ""), title: options.title, description: lines.joined(separator: ". "),
      theme: options.theme, place: nil
    ).text { svg in
      if options.hasBackground { svg.paper() }
      svg.headings(options.title, options.subtitle, width: layout.width)
      layout.legend?.draw(left: ChartLayout.edge, top: layout.legendTop, on: &svg)
      for chart in charts { svg.appendDocument(chart) }
    }
  }
}
