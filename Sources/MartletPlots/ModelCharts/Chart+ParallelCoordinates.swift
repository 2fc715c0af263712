extension Chart {
  /// Many quantities of every row at once: an axis for each column, a line for each row.
  ///
  ///     try Chart.parallelCoordinates(iris, color: "species")
  ///
  /// Every axis goes from its column's lowest value to its highest, which are written at its ends. Lines of rows that are
  /// alike run together. Rows with a missing value are left out.
  ///
  /// - Parameters:
  ///   - table: the table.
  ///   - columns: 2 to 30 columns of numbers, in the order of the axes; default all.
  ///   - color: a column of names, or of numbers.
  /// - Throws: `ChartError` when a column is missing or holds names.
  ///
  /// Reference: Inselberg (1985), The plane with parallel coordinates.
  public static func parallelCoordinates(
    _ table: some PlotTable, columns: [String]? = nil, color: String? = nil
  ) throws(ChartError) -> Chart {
    let columns = try NumericColumns(table, columns, chart: "Parallel coordinates", most: 30)
    let color = try optionalColumn(color, in: table)
    let mark = ParallelMark(columns: columns, color: color)
    return try Chart(table) { mark }
  }
}

/// A line for every row across the axes of all columns.
struct ParallelMark: Mark {
  let columns: NumericColumns
  let color: PlotColumn?

  func resolved(in table: (any PlotTable)?) throws(ChartError) -> ResolvedMark {
    let rows = try PlotRows(
      "Parallel coordinates", x: columns.columns[0], color: color,
      others: Dictionary(zip(columns.names, columns.columns), uniquingKeysWith: { first, _ in first }))
    return ResolvedMark(Layer(rows: rows, columns: columns))
  }

  private struct Layer: MarkLayer {
    let rows: PlotRows
    let columns: NumericColumns

    var rowCount: Int { rows.count }
    var takesSeriesColor: Bool { rows.color == nil }
    var demands: MarkDemands {
      MarkDemands(
        x: AxisDemand(.categories(columns.names)), y: AxisDemand(.categories(["\u{200B}"]), gap: 0),
        color: ColorDemand(rows.color))
    }

    func draw(on canvas: inout Canvas) {
      let plot = canvas.plot
      let (top, bottom) = (plot.top + 16, plot.bottom - 14)
      let numbers = columns.columns.indices.map(columns.numbers)
      let ranges = numbers.map { column in
        let finite = column.filter(\.isFinite)
        // Widened where all values are the same.
        return LinearScale(
          lower: finite.min() ?? 0, upper: finite.max() ?? 0, pixels: PixelSpan(start: bottom, end: top))
      }
      let axes = columns.names.map { canvas.x.position(of: .category($0)) ?? plot.left }
      drawLines(numbers, ranges, axes, on: &canvas)
      for (range, x) in zip(ranges, axes) { draw(range, at: x, on: &canvas) }
    }

    private func drawLines(
      _ numbers: [[Double]], _ ranges: [LinearScale], _ axes: [Double], on canvas: inout Canvas
    ) {
      // Fewer rows can be more opaque.
      let opacity = min(0.7, max(0.12, 40 / Double(max(rows.count, 1))))
      var lines = SVGWriter()
      for row in 0..<rows.count {
        let points = zip(axes, zip(ranges, numbers)).compactMap { x, column in
          column.0.position(of: .number(column.1[row])).flatMap { $0.isFinite ? (x: x, y: $0) : nil }
        }
        guard points.count == axes.count, rows.color?[row] != .missing else {
          canvas.skipped += 1
          continue
        }
        var path = SVGPath()
        path.polyline(points)
        lines.element(
          "path", ["d": .text(path.data), "stroke": .text(canvas.color(rows.color, row: row, style: MarkStyle()).css)],
          tooltip: rows.count <= Canvas.mostTooltips ? summary(of: row, numbers) : nil)
      }
      canvas.svg.group("g", ["fill": "none", "stroke-width": 1.25, "stroke-opacity": .number(opacity)]) {
        $0.append(lines)
      }
    }

    private func summary(of row: Int, _ numbers: [[Double]]) -> String {
      let values = zip(columns.names, numbers).map { "\($0): \(NumberText.short($1[row]))" }
      return ([rows.color?[row].text].compactMap(\.self) + values).joined(separator: "\n")
    }

    private func draw(_ range: LinearScale, at x: Double, on canvas: inout Canvas) {
      canvas.svg.element(
        "line",
        [
          "x1": .number(x), "y1": .number(range.pixels.start), "x2": .number(x), "y2": .number(range.pixels.end),
          "class": "axis", "stroke": .text(Theme.light.ink.css), "stroke-opacity": 0.55,
        ])
      for (value, y) in [(range.upper, range.pixels.end - 5), (range.lower, range.pixels.start + 12)] {
        canvas.svg.element(
          "text",
          [
            "x": .number(x), "y": .number(y), "text-anchor": "middle", "class": "muted halo",
            "fill": .text(Theme.light.muted.css),
          ], content: NumberText.significant(value))
      }
    }
  }
}
