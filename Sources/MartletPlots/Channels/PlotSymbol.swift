import Glibc

/// The shape of a dot. All shapes of one size have the same area.
public struct PlotSymbol: Sendable, Hashable {
  enum Shape: Sendable, Hashable, CaseIterable {
    case circle, square, triangle, diamond, plus, star, triangleDown, cross, ring
  }
  let shape: Shape

  /// A disc.
  public static let circle = PlotSymbol(shape: .circle)
  /// A square on its side.
  public static let square = PlotSymbol(shape: .square)
  /// A triangle that points upwards.
  public static let triangle = PlotSymbol(shape: .triangle)
  /// A square on its corner.
  public static let diamond = PlotSymbol(shape: .diamond)
  /// A plus with thick arms.
  public static let plus = PlotSymbol(shape: .plus)
  /// A star with five points.
  public static let star = PlotSymbol(shape: .star)
  /// A triangle that points downwards.
  public static let triangleDown = PlotSymbol(shape: .triangleDown)
  /// A plus turned by 45°.
  public static let cross = PlotSymbol(shape: .cross)

  /// A circle that is not filled, through which what lies below is seen; its outer edge is that of a disc.
  public static let ring = PlotSymbol(shape: .ring)

  /// The shapes in the order in which groups take them: all that are filled.
  static let all = Shape.allCases.filter { $0 != .ring }.map(PlotSymbol.init)

  /// The outline around the origin, with the area of a disc of that diameter; empty for the disc itself and the ring.
  func outline(diameter: Double) -> [(x: Double, y: Double)] {
    let area = Double.pi * diameter * diameter / 4
    switch shape {
    case .circle, .ring: return []
    case .square: return Self.polygon(corners: 4, area: area, turn: Double.pi / 4)
    case .diamond: return Self.polygon(corners: 4, area: area, turn: 0)
    case .triangle: return Self.polygon(corners: 3, area: area, turn: 0)
    case .triangleDown: return Self.polygon(corners: 3, area: area, turn: Double.pi)
    case .star: return Self.star(area: area)
    case .plus: return Self.plus(area: area, turn: 0)
    case .cross: return Self.plus(area: area, turn: Double.pi / 4)
    }
  }

  /// A regular polygon, the first corner at the top before it is turned. Its area is `n/2 · r² · sin(2π/n)`.
  private static func polygon(corners: Int, area: Double, turn: Double) -> [(x: Double, y: Double)] {
    let angle = 2 * Double.pi / Double(corners)
    let radius = (2 * area / (Double(corners) * sin(angle))).squareRoot()
    return (0..<corners).map { corner in
      (radius * sin(turn + Double(corner) * angle), -radius * cos(turn + Double(corner) * angle))
    }
  }

  /// Ten corners, on two circles of which the inner one has the share `sin 18° / sin 54°` of a pentagram. Its area is
  /// `5 · R · r · sin 36°`.
  private static func star(area: Double) -> [(x: Double, y: Double)] {
    let share = sin(Double.pi / 10) / sin(3 * Double.pi / 10)
    let radius = (area / (5 * share * sin(Double.pi / 5))).squareRoot()
    return (0..<10).map { corner in
      let angle = Double(corner) * Double.pi / 5
      let distance = corner % 2 == 0 ? radius : radius * share
      return (distance * sin(angle), -distance * cos(angle))
    }
  }

  /// Five squares.
  private static func plus(area: Double, turn: Double) -> [(x: Double, y: Double)] {
    let half = (area / 5).squareRoot() / 2
    let corners: [(Double, Double)] = [
      (-1, -3), (1, -3), (1, -1), (3, -1), (3, 1), (1, 1), (1, 3), (-1, 3), (-1, 1), (-3, 1), (-3, -1), (-1, -1),
    ]
    return corners.map { x, y in
      (half * (x * cos(turn) - y * sin(turn)), half * (x * sin(turn) + y * cos(turn)))
    }
  }
}

extension SVGWriter {
  /// Draws a symbol around a point.
  mutating func symbol(
    _ symbol: PlotSymbol, x: Double, y: Double, diameter: Double, fill: Value, opacity: Value = .absent,
    class name: Value = .absent, tooltip: String? = nil
  ) {
    if symbol == .ring {
      let width = min(max(diameter * 0.18, 1.2), 3)
      return element(
        "circle",
        [
          "cx": .number(x), "cy": .number(y), "r": .number(max(diameter - width, 0) / 2), "fill": "none",
          "stroke": fill, "stroke-width": .number(width), "stroke-opacity": opacity, "class": name,
        ], tooltip: tooltip)
    }
    let outline = symbol.outline(diameter: diameter)
    guard let first = outline.first else {
      return element(
        "circle",
        [
          "cx": .number(x), "cy": .number(y), "r": .number(diameter / 2), "fill": fill, "fill-opacity": opacity,
          "class": name,
        ], tooltip: tooltip)
    }
    var path = SVGPath()
    path.move(x + first.x, y + first.y)
    for corner in outline.dropFirst() { path.line(x + corner.x, y + corner.y) }
    path.close()
    element("path", ["d": .text(path.data), "fill": fill, "fill-opacity": opacity, "class": name], tooltip: tooltip)
  }
}
