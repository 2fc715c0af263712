extension SVGPath {
  mutating func move(_ point: (x: Double, y: Double)) { move(point.x, point.y) }
  mutating func line(_ point: (x: Double, y: Double)) { line(point.x, point.y) }

  /// Straight lines from point to point.
  mutating func polyline(_ points: [(x: Double, y: Double)]) {
    guard let first = points.first else { return }
    move(first)
    for point in points.dropFirst() { line(point) }
  }

  /// A closed outline.
  mutating func polygon(_ points: [(x: Double, y: Double)]) {
    guard !points.isEmpty else { return }
    polyline(points)
    close()
  }
}
