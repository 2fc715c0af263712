/// Draws grey pictures as vector shapes: crisp at any size, and small, since runs of equal pixels become one shape.
struct ImageLayer: MarkLayer {
  let images: [[Double]]
  let width: Int
  let labels: [String]?
  let columns: Int
  let range: ClosedRange<Double>

  /// How many shades of grey are told apart.
  private static let shades = 32
  /// The share of a cell that a picture without a label takes.
  private static let share = 0.9

  var rowCount: Int { images.count }
  var takesSeriesColor: Bool { false }
  var demands: MarkDemands {
    MarkDemands(cells: (columns, (images.count + columns - 1) / columns))
  }

  func draw(on canvas: inout Canvas) {
    let rows = max(1, (images.count + columns - 1) / columns)
    let side = min(canvas.plot.width / Double(columns), canvas.plot.height / Double(rows))
    for (index, image) in images.enumerated() {
      let (row, column) = index.quotientAndRemainder(dividingBy: columns)
      let cell = Box(
        left: canvas.plot.left + Double(column) * side, top: canvas.plot.top + Double(row) * side,
        right: canvas.plot.left + Double(column + 1) * side, bottom: canvas.plot.top + Double(row + 1) * side)
      draw(image, label: labels?[index], in: cell, on: &canvas)
    }
  }

  private func draw(_ image: [Double], label: String?, in cell: Box, on canvas: inout Canvas) {
    let labelHeight = label == nil ? 0.0 : min(14, cell.height * 0.25)
    let height = max(1, image.count / width)
    let pixel = min(cell.width, cell.height - labelHeight) * Self.share / Double(max(width, height))
    let left = cell.middleX - pixel * Double(width) / 2
    let top = cell.top + labelHeight + (cell.height - labelHeight - pixel * Double(height)) / 2
    if let label { write(label, in: cell, height: labelHeight, on: &canvas) }
    let transform = "translate(\(SVGWriter.number(left)) \(SVGWriter.number(top))) scale(\(pixel))"
    canvas.svg.group("g", ["transform": .text(transform), "class": "ink", "shape-rendering": "crispEdges"]) { svg in
      svg.element(
        "rect", ["width": .number(Double(width)), "height": .number(Double(height)), "fill-opacity": 0.05],
        tooltip: label)
      for (shade, path) in paths(of: image) {
        svg.element("path", ["d": .text(path.data), "fill-opacity": .number(Double(shade) / Double(Self.shades))])
      }
    }
  }

  private func write(_ label: String, in cell: Box, height: Double, on canvas: inout Canvas) {
    let size = min(11, height * 0.85)
    canvas.svg.element(
      "text",
      [
        "x": .number(cell.middleX), "y": .number(cell.top + height - 1), "text-anchor": "middle",
        "font-size": .number(size), "class": "muted", "fill": .text(Theme.light.muted.css),
      ], content: TextMetrics.fitted(label, size: size, width: cell.width - 2))
  }

  /// One path for every shade, made of runs of equal pixels.
  private func paths(of image: [Double]) -> [(shade: Int, path: SVGPath)] {
    var paths: [Int: SVGPath] = [:]
    for row in 0..<image.count / width {
      var start = 0
      while start < width {
        let shade = shade(of: image[row * width + start])
        var end = start + 1
        while end < width, self.shade(of: image[row * width + end]) == shade { end += 1 }
        if shade > 0 { paths[shade, default: SVGPath()].rectangle(x: start, y: row, width: end - start, height: 1) }
        start = end
      }
    }
    return paths.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// 0 for paper; pixels that are not numbers are paper too.
  private func shade(of value: Double) -> Int {
    let half = range.upperBound / 2 - range.lowerBound / 2
    guard value.isFinite, half > 0 else { return 0 }
    let share = (value / 2 - range.lowerBound / 2) / half
    return Int((min(max(share, 0), 1) * Double(Self.shades)).rounded())
  }
}
