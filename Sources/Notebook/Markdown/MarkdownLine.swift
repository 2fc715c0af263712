/// What a line of Markdown starts with.
struct MarkdownLine {
  let text: String
  /// The columns of white space at its start.
  let indent: Int
  /// The line without that white space.
  let content: Substring

  init(_ text: String) {
    self.text = text
    content = text.drop { $0 == " " }
    indent = text.count - content.count
  }

  var isBlank: Bool { content.allSatisfy(\.isWhitespace) }
  /// Deeper than where blocks may start: such a line is code, or goes on with a paragraph.
  var isIndented: Bool { indent >= 4 }

  var isRule: Bool {
    guard !isIndented, let mark = content.first, "-*_".contains(mark) else { return false }
    let marks = content.filter { !$0.isWhitespace }
    return marks.count >= 3 && marks.allSatisfy { $0 == mark }
  }

  /// A `#` heading's level and text.
  var heading: (level: Int, text: String)? {
    let marks = content.prefix { $0 == "#" }
    let rest = content.dropFirst(marks.count)
    guard !isIndented, (1...6).contains(marks.count), rest.isEmpty || rest.first?.isWhitespace == true else {
      return nil
    }
    var text = rest.trimmed[...]
    let closing = text.reversed().prefix { $0 == "#" }.count
    let before = text.dropLast(closing)
    if before.isEmpty || before.last?.isWhitespace == true { text = before }
    return (marks.count, text.trimmed)
  }

  /// The level of the heading that this line makes of the paragraph above it.
  var underline: Int? {
    let marks = content.trimmed
    guard !isIndented, let mark = marks.first, mark == "=" || mark == "-", marks.allSatisfy({ $0 == mark }) else {
      return nil
    }
    return mark == "=" ? 1 : 2
  }

  /// The opening of a fenced code block.
  var fence: (mark: Character, count: Int, information: String)? {
    guard !isIndented, let mark = content.first, mark == "`" || mark == "~" else { return nil }
    let count = content.prefix { $0 == mark }.count
    let information = content.dropFirst(count).trimmed
    guard count >= 3, mark == "~" || !information.contains("`") else { return nil }
    return (mark, count, information)
  }

  /// Whether the line closes a code block that was opened by `count` times `mark`.
  func closesFence(_ mark: Character, _ count: Int) -> Bool {
    let marks = content.trimmed
    return !isIndented && marks.count >= count && marks.allSatisfy { $0 == mark }
  }

  /// A list item's mark: its kind, its number if it has one, and the column at which its content starts.
  var listMark: (kind: Character, number: Int?, contentColumn: Int)? {
    guard !isIndented, !isRule, let first = content.first else { return nil }
    var kind = first
    var number: Int?
    var width = 1
    if !"-+*".contains(first) {
      let digits = content.prefix { $0.isASCII && $0.isNumber }
      guard (1...9).contains(digits.count), let mark = content.dropFirst(digits.count).first, ".)".contains(mark) else {
        return nil
      }
      (kind, number, width) = (mark, Int(digits), digits.count + 1)
    }
    let rest = content.dropFirst(width)
    let spaces = rest.prefix { $0 == " " }.count
    guard rest.isEmpty || spaces > 0 else { return nil }
    // An empty item, or one that starts with indented code, has its content one column after the mark.
    let gap = rest.count == spaces || spaces > 4 ? 1 : spaces
    return (kind, number, indent + width + gap)
  }

  /// The line without a block quote's mark.
  var quoted: String? {
    guard !isIndented, content.first == ">" else { return nil }
    let rest = content.dropFirst()
    return String(rest.first == " " ? rest.dropFirst() : rest)
  }

  /// The line without up to `columns` columns of white space.
  func dropping(_ columns: Int) -> String { String(text.dropFirst(min(columns, indent))) }
}
