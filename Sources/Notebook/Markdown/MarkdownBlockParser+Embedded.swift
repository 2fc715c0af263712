extension MarkdownBlockParser {
  private static let blockElements: Set<String> = [
    "address", "article", "aside", "blockquote", "center", "details", "dd", "dl", "dt", "div", "figure", "figcaption",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "summary", "svg", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "style",
  ]

  /// Whether a line starts a stretch of HTML.
  func startsHTML(_ line: MarkdownLine) -> Bool {
    guard !line.isIndented, line.content.first == "<" else { return false }
    if line.content.hasPrefix("<!--") { return true }
    let rest = line.content.dropFirst()
    let name = (rest.first == "/" ? rest.dropFirst() : rest).prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
    guard Self.blockElements.contains(name.lowercased()) else { return false }
    let after = rest[name.endIndex...].first
    return after == nil || after == ">" || after == "/" || after?.isWhitespace == true
  }

  mutating func readHTML() {
    let isComment = lines[index].content.hasPrefix("<!--")
    var html: [String] = []
    while index < lines.count, isComment || !lines[index].isBlank {
      html.append(lines[index].text)
      index += 1
      if isComment, html[html.count - 1].contains("-->") { break }
    }
    finish(.html(html.joined(separator: "\n")))
  }

  /// The line in which a formula that starts here ends; `nil` when it does not stand on lines of its own.
  func endOfMathematics() -> Int? {
    let first = lines[index].content.trimmed
    if first.hasPrefix("\\begin{") {
      let name = first.dropFirst(7).prefix { $0 != "}" }
      return lines[index...].firstIndex { $0.content.contains("\\end{\(name)}") }
    }
    if first.count > 4, first.hasSuffix("$$") { return index }
    if first.dropFirst(2).contains("$$") { return nil }
    return lines[(index + 1)...].prefix { !$0.isBlank }.firstIndex { $0.content.trimmed.hasSuffix("$$") }
  }

  mutating func readMathematics(through end: Int) {
    let text = lines[index...end].map(\.text).joined(separator: "\n").trimmed
    index = end + 1
    finish(.mathematics(text.hasPrefix("$$") ? String(text.dropFirst(2).dropLast(2)) : text))
  }

  /// A table, when this line is the first of one: cells, then a line of dashes with as many.
  mutating func readTable() -> MarkdownBlock? {
    guard lines[index].content.contains("|"), index + 1 < lines.count,
      let alignments = Self.alignments(lines[index + 1])
    else { return nil }
    let header = Self.cells(lines[index].content)
    guard header.count == alignments.count else { return nil }
    index += 2
    var rows: [[String]] = []
    while index < lines.count, !lines[index].isBlank, !lines[index].isIndented, lines[index].quoted == nil,
      lines[index].fence == nil, lines[index].heading == nil, !startsHTML(lines[index])
    {
      var row = Self.cells(lines[index].content)
      row = Array(row.prefix(header.count)) + Array(repeating: "", count: max(0, header.count - row.count))
      rows.append(row)
      index += 1
    }
    return .table(header: header, alignments: alignments, rows: rows)
  }

  private static func alignments(_ line: MarkdownLine) -> [MarkdownBlock.Alignment?]? {
    guard !line.isIndented, line.content.contains("-"), line.content.contains("|") || line.content.contains(":")
    else { return nil }
    var alignments: [MarkdownBlock.Alignment?] = []
    for cell in cells(line.content) {
      let dashes = cell.drop { $0 == ":" }.prefix { $0 == "-" }
      let (left, right) = (cell.first == ":", cell.last == ":")
      guard !dashes.isEmpty, cell.count == dashes.count + (left ? 1 : 0) + (right ? 1 : 0) else { return nil }
      alignments.append(left && right ? .center : left ? .left : right ? .right : nil)
    }
    return alignments
  }

  /// A row's cells; `\|` and code spans keep their bars.
  private static func cells(_ line: Substring) -> [String] {
    var cells = [""]
    var escaped = false
    for character in line.trimmed {
      if escaped {
        cells[cells.count - 1] += character == "|" ? "|" : "\\\(character)"
        escaped = false
      } else if character == "\\" {
        escaped = true
      } else if character == "|" {
        cells.append("")
      } else {
        cells[cells.count - 1].append(character)
      }
    }
    if escaped { cells[cells.count - 1] += "\\" }
    if cells.first?.trimmed.isEmpty == true { cells.removeFirst() }
    if cells.count > 1, cells.last?.trimmed.isEmpty == true { cells.removeLast() }
    return cells.map(\.trimmed)
  }
}
