/// Text with terminal colours as HTML, and without them as plain text.
package enum TerminalText {
  /// The text as HTML: colours and weights become spans, every other control sequence is dropped.
  package static func html(_ text: String) -> String {
    var html = ""
    var style = TerminalStyle()
    for piece in TerminalSequence.pieces(of: overwritten(text)) {
      switch piece {
      case .text(let text):
        let classes = style.classes
        let escaped = HTMLText.escaped(text)
        if classes.isEmpty && style.declarations.isEmpty {
          html += escaped
        } else {
          html += "<span" + (classes.isEmpty ? "" : " class=\"\(classes)\"")
          html += (style.declarations.isEmpty ? "" : " style=\"\(style.declarations)\"") + ">\(escaped)</span>"
        }
      case .style(let codes): style.apply(codes)
      case .other: break
      }
    }
    return html
  }

  /// The text without control sequences.
  package static func plain(_ text: String) -> String {
    if !text.utf8.contains(0x1B) { return text }
    return TerminalSequence.pieces(of: text).reduce(into: "") { plain, piece in
      if case .text(let text) = piece { plain += text }
    }
  }

  /// The text as it stands after carriage returns and backspaces have moved the cursor back over it.
  package static func overwritten(_ text: String) -> String {
    if !text.utf8.contains(where: { $0 == 0x0D || $0 == 0x08 }) { return text }
    return text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { overwrittenLine(Array($0)) }.joined(separator: "\n")
  }

  /// Cells of one scalar, each preceded by the control sequences that were written before it.
  private static func overwrittenLine(_ scalars: [Unicode.Scalar]) -> String {
    var cells: [String] = []
    var cursor = 0
    var pending = ""
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      if scalar == "\u{1B}", let end = TerminalSequence.end(in: scalars, at: index) {
        for part in scalars[index..<end] { pending.unicodeScalars.append(part) }
        index = end
        continue
      }
      index += 1
      switch scalar {
      case "\r": cursor = 0
      case "\u{8}": cursor = max(0, cursor - 1)
      default:
        let cell = pending + String(scalar)
        pending = ""
        if cursor < cells.count { cells[cursor] = cell } else { cells.append(cell) }
        cursor += 1
      }
    }
    return cells.joined() + pending
  }
}
