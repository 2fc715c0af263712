import Foundation
import FoundationXML
import MartletPlots

/// An SVG document, read back by an XML parser.
final class Picture: NSObject, XMLParserDelegate {
  struct Element {
    var name: String
    var attributes: [String: String]
    var text = ""
    /// The names of the elements around it, from the outermost.
    var path: [String]

    func number(_ attribute: String) -> Double? { attributes[attribute].flatMap(Double.init) }
    func has(class name: String) -> Bool { attributes["class"]?.split(separator: " ").contains { $0 == name } ?? false }
  }

  private(set) var elements: [Element] = []
  /// Whether the document is well-formed.
  private(set) var isWellFormed = false
  private var open: [Int] = []

  init(_ svg: String) {
    super.init()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = self
    isWellFormed = parser.parse()
  }

  convenience init(_ chart: Chart) { self.init(chart.svg) }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    elements.append(Element(name: name, attributes: attributes, path: open.map { elements[$0].name }))
    open.append(elements.count - 1)
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if let last = open.last { elements[last].text += text }
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    open.removeLast()
  }

  /// All elements of a name, or those of a class.
  func all(_ name: String, class only: String? = nil) -> [Element] {
    elements.filter { $0.name == name && (only.map($0.has(class:)) ?? true) }
  }

  /// The rectangles that stand for data, which have a tooltip.
  var bars: [Element] {
    zip(elements, elements.dropFirst()).filter { $0.name == "rect" && $1.name == "title" }.map(\.0)
  }

  /// What the labels of an axis say.
  func labels(_ axis: String) -> [String] { all("text", class: axis).map(\.text) }
}

/// Boxes around the level labels of an axis. Widths are an independent guess: Helvetica's digits are 0.556 of the
/// font's size wide, and its average letter is narrower.
func boxes(of labels: [Picture.Element], size: Double = 11) -> [ClosedRange<Double>] {
  labels.compactMap { label in
    guard let x = label.number("x") else { return nil }
    let half = Double(label.text.count) * 0.556 * size / 2
    return (x - half)...(x + half)
  }
}

/// A generator whose seed is printed by the tests that use it.
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  /// SplitMix64: Steele, Lea and Flood (2014).
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
