/// Where values on a grid pass a level: marching squares, joined to lines.
///
/// Reference: Maple (2003), Geometric design and space planning using the marching squares and marching cube algorithms.
package struct ContourLines {
  package struct Point: Sendable, Hashable { package let x, y: Double }

  private let values: [[Double]]
  private let x: [Double]
  private let y: [Double]
  private let level: Double
  /// The ends of the line that passes a cell's edge, by the edge's number.
  private var neighbours: [Int: [Int]] = [:]
  private var order: [Int] = []

  /// The lines of one level.
  ///
  /// - Parameters:
  ///   - values: a row for each of `y`, a column for each of `x`; cells with a value that is not finite have no line.
  ///   - isClosed: whether lines that leave the grid go on along its border, so that every line is closed and runs around
  ///     the places at or above the level. Values that are not finite then lie below it.
  package static func lines(
    _ values: [[Double]], x: [Double], y: [Double], level: Double, isClosed: Bool = false
  ) -> [[Point]] {
    guard x.count > 1, y.count > 1 else { return [] }
    var contour =
      isClosed
      ? ContourLines(values: fenced(values, width: x.count), x: padded(x), y: padded(y), level: level)
      : ContourLines(values: values, x: x, y: y, level: level)
    for row in 0..<contour.y.count - 1 {
      for column in 0..<contour.x.count - 1 { contour.cross(row, column, isClosed: isClosed) }
    }
    return contour.joined()
  }

  private init(values: [[Double]], x: [Double], y: [Double], level: Double) {
    (self.values, self.x, self.y, self.level) = (values, x, y, level)
  }

  /// The values within a border, of no width, that lies below every level.
  private static func fenced(_ values: [[Double]], width: Int) -> [[Double]] {
    let border = Array(repeating: -Double.infinity, count: width + 2)
    let rows = values.map { row in
      [-.infinity] + row.map { $0.isFinite ? $0 : -.infinity } + [-.infinity]
    }
    return [border] + rows + [border]
  }

  private static func padded(_ places: [Double]) -> [Double] { [places[0]] + places + [places[places.count - 1]] }

  // Edges are numbered by the grid point at their lower end: even for level ones, odd for upright ones.
  private func levelEdge(_ row: Int, _ column: Int) -> Int { 2 * (row * x.count + column) }
  private func uprightEdge(_ row: Int, _ column: Int) -> Int { levelEdge(row, column) + 1 }

  /// Adds the lines through one cell.
  private mutating func cross(_ row: Int, _ column: Int, isClosed: Bool) {
    let corners = [
      values[row][column], values[row][column + 1], values[row + 1][column + 1], values[row + 1][column],
    ]
    guard isClosed || corners.allSatisfy(\.isFinite) else { return }
    let isAbove = corners.map { $0 >= level }
    let edges = [
      levelEdge(row, column), uprightEdge(row, column + 1), levelEdge(row + 1, column), uprightEdge(row, column),
    ]
    // Edge k lies between corners k and k + 1.
    let crossed = (0..<4).filter { isAbove[$0] != isAbove[($0 + 1) % 4] }.map { edges[$0] }
    if crossed.count == 2 { connect(crossed[0], crossed[1]) }
    if crossed.count == 4 {
      // A saddle: its middle decides which corners belong together.
      let middleIsAbove = corners.reduce(0, +) / 4 >= level
      let cutsOffFirst = isAbove[0] != middleIsAbove
      connect(edges[0], edges[cutsOffFirst ? 3 : 1])
      connect(edges[2], edges[cutsOffFirst ? 1 : 3])
    }
  }

  private mutating func connect(_ a: Int, _ b: Int) {
    for edge in [a, b] where neighbours[edge] == nil { order.append(edge) }
    neighbours[a, default: []].append(b)
    neighbours[b, default: []].append(a)
  }

  /// The lines, open ones from their ends.
  private func joined() -> [[Point]] {
    var visited: Set<Int> = []
    let starts = order.filter { neighbours[$0]?.count == 1 } + order
    return starts.compactMap { start in
      guard !visited.contains(start) else { return nil }
      var line: [Int] = []
      var next: Int? = start
      while let edge = next {
        visited.insert(edge)
        line.append(edge)
        next = neighbours[edge]?.first { !visited.contains($0) }
      }
      let closes = line.count > 2 && neighbours[start]?.count == 2
      return (closes ? line + [start] : line).map(point)
    }
  }

  /// Where the level lies on an edge, interpolated linearly.
  private func point(_ edge: Int) -> Point {
    let (row, column) = (edge / 2).quotientAndRemainder(dividingBy: x.count)
    let (endRow, endColumn) = edge % 2 == 0 ? (row, column + 1) : (row + 1, column)
    let (a, b) = (values[row][column], values[endRow][endColumn])
    // Half-way values keep huge ones from overflowing; a border's own value has no say.
    let share = !a.isFinite ? 1 : !b.isFinite ? 0 : (level / 2 - a / 2) / (b / 2 - a / 2)
    return Point(x: x[column] + (x[endColumn] - x[column]) * share, y: y[row] + (y[endRow] - y[row]) * share)
  }
}
