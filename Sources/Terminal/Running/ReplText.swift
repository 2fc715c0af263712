import Session

/// Values and errors as the REPL prints them.
package enum ReplText {
  /// The value of a last expression; a value of several lines starts on a line of its own.
  package static func result(_ value: DisplayOutput, number: Int, hasColours: Bool) -> String {
    let label = hasColours ? "\u{1B}[31mOut[\(number)]:\u{1B}[0m" : "Out[\(number)]:"
    let text = display(value)
    return label + (text.contains("\n") ? "\n" : " ") + text
  }

  /// A display's text; one that has none is named by its formats.
  package static func display(_ display: DisplayOutput) -> String {
    if !display.plainText.isEmpty { return display.plainText }
    return "[" + display.data.keys.filter { $0 != "text/plain" }.sorted().joined(separator: ", ") + "]"
  }

  /// An error, line by line; the colours are left out where they are not wanted.
  package static func failure(_ failure: CellFailure, hasColours: Bool) -> String {
    let lines = failure.traceback.isEmpty ? ["\(failure.name): \(failure.message)"] : failure.traceback
    let text = lines.joined(separator: "\n")
    return hasColours ? text : withoutColours(text)
  }

  private static func withoutColours(_ text: String) -> String {
    var plain = ""
    var rest = text.unicodeScalars[...]
    while let escape = rest.firstIndex(of: "\u{1B}") {
      plain.unicodeScalars += rest[..<escape]
      rest = rest[escape...].dropFirst(2).drop { !(0x40...0x7E).contains($0.value) }.dropFirst()
    }
    plain.unicodeScalars += rest
    return plain
  }
}
