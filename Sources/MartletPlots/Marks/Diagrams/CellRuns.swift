/// Cells of a grid, drawn as one path for all cells of the same value: crisp at any size, and small.
struct CellRuns<Value: Hashable> {
  private let columns: Int
  private let rows: Int
  private var paths: [Value: SVGPath] = [:]
  private var order: [Value] = []

  /// - Parameter cells: a row for each step upwards, from the lowest; `nil` is an empty cell.
  init(_ cells: [[Value?]]) {
    (columns, rows) = (cells.first?.count ?? 0, cells.count)
    for (row, line) in cells.enumerated() {
      var start = 0
      while start < line.count {
        var end = start + 1
        while end < line.count, line[end] == line[start] { end += 1 }
        if let value = line[start] { add(value, row: row, from: start, to: end) }
        start = end
      }
    }
  }

  private mutating func add(_ value: Value, row: Int, from start: Int, to end: Int) {
    if paths[value] == nil { order.append(value) }
    // Upwards on the grid is downwards on the picture.
    paths[value, default: SVGPath()].rectangle(x: start, y: rows - 1 - row, width: end - start, height: 1)
  }

  /// Draws the cells over a rectangle of the plot.
  ///
  /// - Parameter fill: the colour of a value, and how much of the background it hides; `nil` for all of it.
  func draw(
    x: ClosedRange<Double>, y: ClosedRange<Double>, on canvas: inout Canvas, tooltip: (Value) -> String? = { _ in nil },
    fill: (Value) -> (color: Color, opacity: Double?)
  ) {
    guard columns > 0, rows > 0, let left = canvas.x.position(of: x.lowerBound),
      let right = canvas.x.position(of: x.upperBound), let bottom = canvas.y.position(of: y.lowerBound),
      let top = canvas.y.position(of: y.upperBound)
    else { return }
    let scale = "scale(\((right - left) / Double(columns)) \((bottom - top) / Double(rows)))"
    let transform = "translate(\(SVGWriter.number(left)) \(SVGWriter.number(top))) \(scale)"
    canvas.svg.group("g", ["transform": .text(transform), "shape-rendering": "crispEdges"]) { svg in
      for value in order {
        let (color, opacity) = fill(value)
        svg.element(
          "path",
          [
            "d": .text(paths[value]?.data ?? ""), "fill": .text(color.css), "fill-opacity": SVGWriter.Value(opacity),
          ], tooltip: tooltip(value))
      }
    }
  }
}
