/// How a line gets from one row to the next.
public struct Interpolation: Sendable, Hashable {
  enum Name: Sendable { case linear, stepAfter, stepBefore, stepMiddle, monotone }
  let name: Name

  /// Straight: the default.
  public static let linear = Interpolation(name: .linear)
  /// Level until the next row, then a step: a value that holds until it changes.
  public static let stepAfter = Interpolation(name: .stepAfter)
  /// A step first, then level: a value that was reached in the time before.
  public static let stepBefore = Interpolation(name: .stepBefore)
  /// A step half-way between rows.
  public static let stepMiddle = Interpolation(name: .stepMiddle)
  /// A smooth curve that never rises above or falls below neighbouring rows; rows must go from left to right.
  ///
  /// Reference: Steffen (1990), A simple method for monotonic interpolation in one dimension.
  public static let monotone = Interpolation(name: .monotone)
}

extension SVGPath {
  /// Continues from the first of some points, where the path is, through all others.
  mutating func follow(_ points: [(x: Double, y: Double)], _ interpolation: Interpolation) {
    if interpolation == .monotone { return curve(points) }
    for (from, to) in zip(points, points.dropFirst()) {
      switch interpolation.name {
      case .linear, .monotone: break
      case .stepAfter: line(to.x, from.y)
      case .stepBefore: line(from.x, to.y)
      case .stepMiddle:
        line((from.x + to.x) / 2, from.y)
        line((from.x + to.x) / 2, to.y)
      }
      line(to.x, to.y)
    }
  }

  /// Cubic pieces with the points' slopes: control points stand a third of the way.
  private mutating func curve(_ points: [(x: Double, y: Double)]) {
    let slopes = MonotoneSlopes(points).slopes
    for index in points.indices.dropLast() {
      let (from, to) = (points[index], points[index + 1])
      let third = (to.x - from.x) / 3
      cubic(
        (from.x + third, from.y + third * slopes[index]), (to.x - third, to.y - third * slopes[index + 1]), to)
    }
  }
}

/// The slope at each point of a curve that is monotone wherever the points are.
struct MonotoneSlopes {
  let slopes: [Double]

  init(_ points: [(x: Double, y: Double)]) {
    let secants = zip(points, points.dropFirst()).map { from, to in
      to.x == from.x ? 0 : (to.y - from.y) / (to.x - from.x)
    }
    var slopes = Array(repeating: 0.0, count: points.count)
    for index in points.indices.dropFirst().dropLast() {
      let (before, after) = (secants[index - 1], secants[index])
      guard before * after > 0 else { continue }
      let (left, right) = (points[index].x - points[index - 1].x, points[index + 1].x - points[index].x)
      let parabola = (before * right + after * left) / (left + right)
      let steepest = 2 * min(abs(before), abs(after), abs(parabola) / 2)
      slopes[index] = before < 0 ? -steepest : steepest
    }
    if let first = secants.first, let last = secants.last, points.count > 2 {
      slopes[0] = Self.end(first, next: slopes[1])
      slopes[points.count - 1] = Self.end(last, next: slopes[points.count - 2])
    } else if let only = secants.first {
      slopes = [only, only]
    }
    self.slopes = slopes
  }

  /// The slope at an end, limited so that the curve does not turn.
  private static func end(_ secant: Double, next: Double) -> Double {
    let slope = (3 * secant - next) / 2
    if slope * secant <= 0 { return 0 }
    return abs(slope) > 3 * abs(secant) ? 3 * secant : slope
  }
}
