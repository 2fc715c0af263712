import MartletNumerics

/// What a classifier answers at every place of a plane, as coloured regions; the data are drawn on top.
///
///     try Chart(iris) {
///       try DecisionRegions(x: 0...8, y: 0...3) { try model.predict($0) }
///       PointMark(x: "petalLength", y: "petalWidth", color: "species")
///     }
///
/// Regions share their colours with the names of other marks' colour channels.
public struct DecisionRegions: StyledMark {
  private let grid: FunctionGrid
  private let domain: (x: ClosedRange<Double>, y: ClosedRange<Double>)
  private let labels: [String]
  /// How the mark looks where no channel decides.
  public var style = MarkStyle()

  /// - Parameters:
  ///   - x, y: the rectangle over which the classifier is asked.
  ///   - resolution: how many cells divide `x`; default 160, from 2 to 1000. `y` has 5/8 as many.
  ///   - predict: is given the middles of all cells at once, shape `[n, 2]`, and answers with one label for each.
  /// - Throws: what `predict` throws. Stops the cell when it gives another number of labels.
  public init<Label: PlotElement>(
    x: ClosedRange<Double>, y: ClosedRange<Double>, resolution: Int = 160, predict: (Matrix) throws -> [Label]
  ) rethrows {
    let columns = min(max(resolution, 2), 1000)
    let rows = max(2, columns * 5 / 8)
    domain = (x, y)
    // The middles of cells are half a cell inside.
    let (halfX, halfY) = (
      (x.upperBound - x.lowerBound) / Double(2 * columns), (y.upperBound - y.lowerBound) / Double(2 * rows)
    )
    grid = FunctionGrid(
      x: x.lowerBound + halfX...x.upperBound - halfX, y: y.lowerBound + halfY...y.upperBound - halfY,
      samples: (columns, rows))
    let places = grid.y.flatMap { y in grid.x.flatMap { [$0, y] } }
    let answers = try predict(Matrix(places, shape: [columns * rows, 2]))
    guard answers.count == columns * rows else {
      fatalError(
        "DecisionRegions needs one label for each of the \(columns * rows) places; `predict` gave \(answers.count).")
    }
    labels = answers.map { $0.plotValue.text ?? "" }
  }

  /// The mark with the values of all its channels.
  public func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    ResolvedMark(Layer(grid: grid, domain: domain, labels: labels, style: style))
  }

  private struct Layer: MarkLayer {
    let grid: FunctionGrid
    let domain: (x: ClosedRange<Double>, y: ClosedRange<Double>)
    let labels: [String]
    let style: MarkStyle

    var rowCount: Int { labels.count }
    var takesSeriesColor: Bool { false }
    var demands: MarkDemands {
      MarkDemands(
        x: AxisDemand(.numbers([domain.x.lowerBound, domain.x.upperBound]), isTight: true),
        y: AxisDemand(.numbers([domain.y.lowerBound, domain.y.upperBound]), isTight: true),
        color: ColorDemand(.categories(labels.removingDuplicates().sorted())))
    }

    func draw(on canvas: inout Canvas) {
      guard let left = canvas.x.position(of: domain.x.lowerBound), let right = canvas.x.position(of: domain.x.upperBound),
        let bottom = canvas.y.position(of: domain.y.lowerBound), let top = canvas.y.position(of: domain.y.upperBound)
      else { return }
      let (columns, rows) = (grid.x.count, grid.y.count)
      let (width, height) = ((right - left) / Double(columns), (bottom - top) / Double(rows))
      // Cells are whole numbers inside, which keeps the paths short.
      let transform =
        "translate(\(SVGWriter.number(left)) \(SVGWriter.number(bottom))) scale(\(width) \(-height))"
      canvas.svg.group(
        "g", ["transform": .text(transform), "shape-rendering": "crispEdges", "fill-opacity": .number(style.opacity ?? 0.22)]
      ) { [color = canvas.color, fallback = canvas.seriesColor] svg in
        for region in regions(columns: columns, rows: rows) {
          let fill = color.color(of: .category(region.label)) ?? fallback
          svg.element("path", ["d": .text(region.path.data), "fill": .text(fill.css)], tooltip: region.label)
        }
      }
    }

    /// One path for every label, made of runs of equal cells.
    private func regions(columns: Int, rows: Int) -> [(label: String, path: SVGPath)] {
      var paths: [String: SVGPath] = [:]
      for row in 0..<rows {
        var start = row * columns
        while start < (row + 1) * columns {
          var end = start + 1
          while end < (row + 1) * columns, labels[end] == labels[start] { end += 1 }
          paths[labels[start], default: SVGPath()]
            .rectangle(x: start - row * columns, y: row, width: end - start, height: 1)
          start = end
        }
      }
      return labels.removingDuplicates().map { ($0, paths[$0] ?? SVGPath()) }
    }
  }
}
