import MartletDisplay
import Testing

/// How values look as text: as `print` shows them, with strings quoted and no module's name.
@Suite struct PlainTextTests {
  struct Point { var x: Double, y: Double }
  struct Segment { var from: Point, to: Point? }
  enum Shape {
    case circle(radius: Double)
    case dot
    case at(Point)
  }
  final class Node {}
  struct Pair<First, Second> { var first: First, second: Second }
  struct Celsius: CustomStringConvertible {
    var degrees: Double
    var description: String { "\(degrees) °C" }
  }
  indirect enum Chain {
    case end
    case link(Chain)
  }

  func text(_ value: Any) -> String {
    guard case .text(let text)? = DisplayBundle(describing: value)[.plainText] else { return "no text" }
    return text
  }

  @Test func textIsQuoted() {
    #expect(text("a \"b\"\n") == #""a \"b\"\n""#)
    #expect(text("abc".dropFirst()) == #""bc""#)
    #expect(text(Character("é")) == #""é""#)
    #expect(text(["a": ["b"]]) == #"["a": ["b"]]"#)
  }

  @Test func numbersLookLikePrint() {
    #expect(text(3) == "3")
    #expect(text(0.1 + 0.2) == "0.30000000000000004")
    #expect(text(Double.nan) == "nan")
    #expect(text(1...3) == "1...3")
  }

  @Test func optionals() {
    #expect(text(Int?.none as Any) == "nil")
    #expect(text(Int?.some(5) as Any) == "Optional(5)")
    #expect(text(String?.some("a") as Any) == #"Optional("a")"#)
    #expect(text([1, nil]) == "[Optional(1), nil]")
  }

  @Test func modulesAreNotNamed() {
    let point = Point(x: 1, y: 2)
    #expect(text(point) == "Point(x: 1.0, y: 2.0)")
    #expect(text([point]) == "[Point(x: 1.0, y: 2.0)]")
    #expect(text(Segment(from: point, to: nil)) == "Segment(from: Point(x: 1.0, y: 2.0), to: nil)")
    #expect(text(Pair(first: 1, second: point)) == "Pair<Int, Point>(first: 1, second: Point(x: 1.0, y: 2.0))")
    #expect(text(Node()) == "Node")
    #expect(text([Node()]) == "[Node]")
    #expect(text(Point.self) == "Point")
    #expect(text([Point.self]) == "[Point]")
  }

  @Test func enumerationsAndTuples() {
    #expect(text(Shape.dot) == "dot")
    #expect(text(Shape.circle(radius: 2)) == "circle(radius: 2.0)")
    #expect(text([Shape.at(Point(x: 0, y: 1))]) == "[at(Point(x: 0.0, y: 1.0))]")
    #expect(text((1, "a")) == #"(1, "a")"#)
    #expect(text((x: 1, y: [2])) == "(x: 1, y: [2])")
  }

  @Test func emptyCollections() {
    #expect(text([Int]()) == "[]")
    #expect(text([String: Int]()) == "[:]")
    #expect(text(Set<Int>()) == "[]")
  }

  @Test func ownDescriptionsAreRespected() {
    #expect(text(Celsius(degrees: 20)) == "20.0 °C")
    #expect(text([Celsius(degrees: 20)]) == "[20.0 °C]")
  }

  @Test func enormousValuesAreCut() {
    let many = text(Array(repeating: 1_234_567, count: 5_000_000))
    #expect(many.utf8.count < 1_001_000)
    #expect(many.hasSuffix("… (cut at 1000000 bytes)"))
    let long = text(String(repeating: "é", count: 2_000_000))
    #expect(long.utf8.count < 1_001_000)
  }

  @Test func deepValuesDoNotOverflowTheStack() {
    var chain = Chain.end
    for _ in 0..<1000 { chain = .link(chain) }
    #expect(text(chain).contains("…"))
  }
}
