/// Counts of points in regular hexagons, which tile the plane with the least difference in distance to their middles.
///
/// Reference: Carr, Littlefield, Nicholson and Littlefield (1987), Scatterplot matrix techniques for large N.
package struct HexagonBins: Sendable {
  package struct Bin: Sendable, Hashable {
    /// The middle, in units of the data.
    package let x, y: Double
    package let count: Int
  }

  /// The hexagons that have points, row by row from the lowest.
  package let bins: [Bin]
  /// The distance of neighbours in a row, and that of every other row.
  package let step: (x: Double, y: Double)

  /// - Parameters:
  ///   - x, y: finite places of the points.
  ///   - columns: how many hexagons span the range of `x`, at least 1.
  ///   - rows: how many pairs of rows span that of `y`, at least 1.
  package init(x: [Double], y: [Double], columns: Int, rows: Int) {
    let unit = PixelSpan(start: 0, end: 1)
    // Widened where all places are the same.
    let across = LinearScale(lower: x.min() ?? 0, upper: x.max() ?? 1, pixels: unit)
    let along = LinearScale(lower: y.min() ?? 0, upper: y.max() ?? 1, pixels: unit)
    let (columns, rows) = (Double(max(1, columns)), Double(max(1, rows)))
    step = ((across.upper - across.lower) / columns, (along.upper - along.lower) / rows)
    var counts: [Cell: Int] = [:]
    for (x, y) in zip(x, y) {
      let cell = Cell(across.fraction(of: x) * columns, along.fraction(of: y) * rows, columns: columns, rows: rows)
      counts[cell, default: 0] += 1
    }
    let step = step
    bins = counts.sorted { ($0.key.row, $0.key.column) < ($1.key.row, $1.key.column) }.map { cell, count in
      Bin(
        x: across.lower + Double(cell.column) / 2 * step.x, y: along.lower + Double(cell.row) / 2 * step.y, count: count
      )
    }
  }

  /// A hexagon by its place on a grid of half steps.
  private struct Cell: Hashable {
    let column, row: Int

    /// The nearer of two middles: one on the whole steps, one half a step further in both directions.
    init(_ x: Double, _ y: Double, columns: Double, rows: Double) {
      let (wholeX, wholeY) = (x.rounded(.toNearestOrEven), y.rounded(.toNearestOrEven))
      // The largest value belongs to the last hexagon inside, not to one beyond.
      let (halfX, halfY) = (min(x.rounded(.down), columns - 1) + 0.5, min(y.rounded(.down), rows - 1) + 0.5)
      // A pair of rows is √3 times as high as a hexagon is wide.
      let toWhole = (x - wholeX) * (x - wholeX) + 3 * (y - wholeY) * (y - wholeY)
      let toHalf = (x - halfX) * (x - halfX) + 3 * (y - halfY) * (y - halfY)
      (column, row) = toWhole < toHalf ? (Int(2 * wholeX), Int(2 * wholeY)) : (Int(2 * halfX), Int(2 * halfY))
    }
  }
}
