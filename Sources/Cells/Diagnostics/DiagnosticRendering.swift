import Foundation

/// Shows compiler messages as a terminal does: place, message, the line, a caret.
package struct DiagnosticRendering: Sendable {
  private let label: String
  private let hasColours: Bool
  private let lines: [Substring]
  private let lineStarts: [Int]

  /// - Parameter label: how the cell is called, `In[3]`.
  package init(label: String, text: String, hasColours: Bool = true) {
    (self.label, self.hasColours) = (label, hasColours)
    // Lines are cut as the compiler cuts them: a carriage return before the line feed belongs to the break.
    let bytes = Array(text.utf8)
    var starts = [0]
    for (index, byte) in bytes.enumerated() where byte == 0x0a { starts.append(index + 1) }
    lineStarts = starts
    lines = starts.enumerated().map { index, start in
      let end = index + 1 < starts.count ? starts[index + 1] - 1 : bytes.count
      return Substring(String(decoding: bytes[start..<end], as: UTF8.self).trimmingCharacters(in: ["\r"]))
    }
  }

  /// The line and the column, from 1, of a UTF-8 offset; columns count characters.
  package func place(of offset: Int) -> (line: Int, column: Int) {
    let line = max(0, (lineStarts.lastIndex { $0 <= offset } ?? 0))
    let prefix = lines[line].utf8.prefix(offset - lineStarts[line])
    return (line + 1, String(decoding: prefix, as: UTF8.self).count + 1)
  }

  /// One line that says where and what: `In[3]:1:9: error: …`.
  package func summary(of diagnostic: Diagnostic) -> String {
    "\(location(of: diagnostic))\(name(of: diagnostic.severity)): \(diagnostic.message)"
  }

  /// The message with its line, caret, fix-its and notes.
  package func lines(for diagnostic: Diagnostic) -> [String] {
    let colour = diagnostic.severity == .error ? "31" : diagnostic.severity == .warning ? "33" : "36"
    var result = [
      style("1") + location(of: diagnostic) + style(colour) + name(of: diagnostic.severity) + ":" + style("39")
        + " \(diagnostic.message)" + style("0")
    ]
    if let offset = diagnostic.offset {
      let (line, column) = place(of: offset)
      result.append("  " + lines[line - 1])
      result.append("  " + indentation(of: line, to: column) + style("32;1") + "^" + style("0"))
    }
    result += diagnostic.fixIts.map { "  " + style("36") + "fix-it:" + style("0") + " " + description(of: $0) }
    for note in diagnostic.notes { result += lines(for: note) }
    return result
  }

  /// What switches a terminal's colours and weights.
  private func style(_ codes: String) -> String { hasColours ? "\u{1b}[\(codes)m" : "" }

  /// As many columns as the text before the caret takes, tabs kept.
  private func indentation(of line: Int, to column: Int) -> String {
    lines[line - 1].prefix(column - 1).map { $0 == "\t" ? "\t" : String(repeating: " ", count: $0.terminalWidth) }
      .joined()
  }

  private func location(of diagnostic: Diagnostic) -> String {
    if let offset = diagnostic.offset {
      let (line, column) = place(of: offset)
      return "\(label):\(line):\(column): "
    }
    return diagnostic.elsewhere.map { $0 + ": " } ?? ""
  }

  private func name(of severity: Diagnostic.Severity) -> String {
    switch severity {
    case .note: "note"
    case .warning: "warning"
    case .error: "error"
    }
  }

  private func description(of fixIt: Diagnostic.FixIt) -> String {
    let (line, column) = place(of: fixIt.range.lowerBound)
    let start = fixIt.range.lowerBound - lineStarts[line - 1]
    let old = String(decoding: lines[line - 1].utf8.dropFirst(start).prefix(fixIt.range.count), as: UTF8.self)
    if fixIt.range.isEmpty { return "insert '\(fixIt.shownReplacement)' at \(line):\(column)" }
    if fixIt.replacement.isEmpty { return "remove '\(old)' at \(line):\(column)" }
    return "replace '\(old)' with '\(fixIt.shownReplacement)' at \(line):\(column)"
  }
}

extension Character {
  /// How many columns a terminal gives the character.
  fileprivate var terminalWidth: Int {
    guard let scalar = unicodeScalars.first else { return 0 }
    switch scalar.value {
    case 0x1100...0x115f, 0x2e80...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60,
      0xffe0...0xffe6, 0x1f300...0x1f64f, 0x1f900...0x1f9ff, 0x20000...0x3fffd:
      return 2
    default: return 1
    }
  }
}
