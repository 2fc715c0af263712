extension StringProtocol {
  /// The text as it must stand in HTML, SVG or XML, between tags or inside a quoted attribute, so that data never
  /// becomes markup.
  ///
  /// The five characters with a meaning of their own become entities. Characters that XML forbids altogether (control
  /// characters other than tab, line feed and carriage return) become `U+FFFD`, the replacement character.
  ///
  ///     "<b>R&D</b>".htmlEscaped     // "&lt;b&gt;R&amp;D&lt;/b&gt;"
  ///
  /// - Complexity: O(n) bytes.
  public var htmlEscaped: String {
    var escaped: [UInt8] = []
    escaped.reserveCapacity(utf8.count)
    for scalar in unicodeScalars {
      switch scalar {
      case "&": escaped.append(contentsOf: "&amp;".utf8)
      case "<": escaped.append(contentsOf: "&lt;".utf8)
      case ">": escaped.append(contentsOf: "&gt;".utf8)
      case "\"": escaped.append(contentsOf: "&quot;".utf8)
      case "'": escaped.append(contentsOf: "&#39;".utf8)
      case "\t", "\n", "\r": escaped.append(UInt8(scalar.value))
      case "\u{0}"..<"\u{20}", "\u{FFFE}", "\u{FFFF}": escaped.append(contentsOf: "\u{FFFD}".utf8)
      default: escaped.append(contentsOf: UTF8.encode(scalar)!)  // encoding a Unicode scalar cannot fail
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }
}
