import MartletDisplay

/// Writes SVG; whatever comes from data is escaped here, so no caller can forget to.
struct SVGWriter {
  private(set) var text = ""

  /// The value of an attribute.
  enum Value: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByFloatLiteral,
    ExpressibleByIntegerLiteral
  {
    case text(String)
    /// Written with two decimals at most.
    case number(Double)
    /// The attribute is left out.
    case absent

    init(stringLiteral value: String) { self = .text(value) }
    init(floatLiteral value: Double) { self = .number(value) }
    init(integerLiteral value: Int) { self = .number(Double(value)) }
    init(_ number: Double?) { self = number.map { .number($0) } ?? .absent }
    init(_ text: String?) { self = text.map { .text($0) } ?? .absent }
  }

  typealias Attributes = KeyValuePairs<String, Value>

  /// An element without content, except for what a reader is told when pointing at it.
  mutating func element(_ name: String, _ attributes: Attributes, tooltip: String? = nil) {
    begin(name, attributes)
    guard let tooltip else {
      text += "/>"
      return
    }
    text += "><title>\(tooltip.htmlEscaped)</title></\(name)>"
  }

  /// An element with a line of text.
  mutating func element(_ name: String, _ attributes: Attributes, content: String, tooltip: String? = nil) {
    begin(name, attributes)
    text += ">"
    if let tooltip { text += "<title>\(tooltip.htmlEscaped)</title>" }
    text += "\(content.htmlEscaped)</\(name)>"
  }

  /// An element around what `body` writes.
  mutating func group(_ name: String = "g", _ attributes: Attributes, _ body: (inout SVGWriter) -> Void) {
    begin(name, attributes)
    text += ">"
    body(&self)
    text += "</\(name)>"
  }

  /// Inserts what another writer made.
  mutating func append(_ other: SVGWriter) { text += other.text }

  /// Inserts a whole picture that another writer made.
  mutating func appendDocument(_ svg: String) { text += svg }

  /// Inserts the rules of a style sheet. They are never made from data.
  mutating func style(_ rules: String) { text += "<style>\(rules)</style>" }

  private mutating func begin(_ name: String, _ attributes: Attributes) {
    text += "<\(name)"
    for (key, value) in attributes {
      switch value {
      case .text(let value): text += " \(key)=\"\(value.htmlEscaped)\""
      case .number(let value): text += " \(key)=\"\(Self.number(value))\""
      case .absent: break
      }
    }
  }

  /// A coordinate with at most two decimals. Positions far off the picture stay far off, but within what renderers
  /// accept.
  static func number(_ value: Double) -> String {
    guard !value.isNaN else { return "0" }
    let hundredths = Int((min(max(value, -1e6), 1e6) * 100).rounded())
    let (whole, part) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
    let sign = hundredths < 0 ? "-" : ""
    if part == 0 { return "\(sign)\(whole)" }
    let decimals = part % 10 == 0 ? "\(part / 10)" : part < 10 ? "0\(part)" : "\(part)"
    return "\(sign)\(whole == 0 ? "" : "\(whole)").\(decimals)"
  }
}
