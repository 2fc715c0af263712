/// The `d` of a path.
struct SVGPath {
  private(set) var data = ""
  var isEmpty: Bool { data.isEmpty }

  mutating func move(_ x: Double, _ y: Double) { data += "M\(SVGWriter.number(x)) \(SVGWriter.number(y))" }
  mutating func line(_ x: Double, _ y: Double) { data += "L\(SVGWriter.number(x)) \(SVGWriter.number(y))" }
  mutating func close() { data += "Z" }

  /// A cubic Bézier curve to a point.
  mutating func cubic(_ first: (x: Double, y: Double), _ second: (x: Double, y: Double), _ end: (x: Double, y: Double))
  {
    data +=
      "C" + [first, second, end].map { "\(SVGWriter.number($0.x)) \(SVGWriter.number($0.y))" }.joined(separator: " ")
  }

  /// A closed rectangle.
  mutating func rectangle(x: Int, y: Int, width: Int, height: Int) {
    data += "M\(x) \(y)h\(width)v\(height)h-\(width)z"
  }
}
