import Intelligence
import Session

/// Completions as a list below the text: one on each line, with types and a word of explanation.
package struct ChoiceList: Sendable {
  private let choices: [Completion]
  /// How many choices are on a page.
  private let rows: Int
  private var page = 0

  /// - Parameter rows: the lines that may be used, at least 2.
  package init(_ choices: [Completion], rows: Int) {
    self.choices = choices
    self.rows = max(1, rows - 1)
  }

  private var pages: Int { (choices.count + rows - 1) / rows }

  /// Goes on to the next page, and after the last to the first.
  package mutating func turnPage() { page = (page + 1) % max(1, pages) }

  /// The lines of the page, none wider than the terminal.
  ///
  /// - Parameter hasColours: whether what is beside the names is faint.
  package func lines(width: Int, hasColours: Bool) -> [String] {
    let shown = choices.dropFirst(page * rows).prefix(rows)
    let nameWidth = min(shown.map { ColumnWidth.of($0.label) }.max() ?? 0, max(10, width / 2))
    var lines = shown.map { line($0, nameWidth: nameWidth, width: width - 1, hasColours: hasColours) }
    if pages > 1 {
      let rest = "\(page * rows + shown.count) of \(choices.count); Tab shows more"
      lines.append(faint(String(rest.prefix(width - 1)), hasColours))
    }
    return lines
  }

  private func line(_ choice: Completion, nameWidth: Int, width: Int, hasColours: Bool) -> String {
    let name = Self.cut(choice.label, to: nameWidth)
    let beside = [choice.typeName.isEmpty ? Self.word(choice.kind) : choice.typeName, choice.documentation]
      .filter { !$0.isEmpty }.joined(separator: "  ").replacing("\n", with: " ")
    let room = width - nameWidth - 2
    guard room > 3, !beside.isEmpty else { return name }
    let padding = String(repeating: " ", count: nameWidth - ColumnWidth.of(name) + 2)
    return name + padding + faint(Self.cut(beside, to: room), hasColours)
  }

  /// What a thing without a type is; commands and paths speak for themselves.
  private static func word(_ kind: Completion.Kind) -> String {
    switch kind {
    case .command, .path, .argument, .keyword: ""
    case .enumCase: "case"
    default: kind.rawValue
    }
  }

  private func faint(_ text: String, _ hasColours: Bool) -> String { hasColours ? "\u{1B}[2m\(text)\u{1B}[0m" : text }

  /// The text in no more than some columns.
  private static func cut(_ text: String, to width: Int) -> String {
    // A control character would move the cursor.
    let visible = String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
    if ColumnWidth.of(visible) <= width { return visible }
    var result = ""
    var columns = 1
    for character in visible {
      columns += ColumnWidth.of(character)
      if columns > width { break }
      result.append(character)
    }
    return result + "…"
  }
}
