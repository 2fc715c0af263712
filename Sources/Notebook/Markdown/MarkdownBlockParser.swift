/// Cuts a Markdown text into blocks, by the rules of CommonMark and GitHub's tables.
struct MarkdownBlockParser {
  private static let depthLimit = 40

  let lines: [MarkdownLine]
  var index = 0
  private let depth: Int
  private var blocks: [MarkdownBlock] = []
  private var paragraph: [String] = []

  /// The text's blocks.
  static func blocks(of text: String) -> [MarkdownBlock] {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { withoutTabs($0) }
    return blocks(of: lines, depth: 0)
  }

  static func blocks(of lines: [String], depth: Int) -> [MarkdownBlock] {
    if depth > depthLimit { return [.paragraph(lines.joined(separator: "\n"))] }
    var parser = MarkdownBlockParser(lines: lines.map(MarkdownLine.init), depth: depth)
    while parser.index < parser.lines.count { parser.readBlock() }
    parser.endParagraph()
    return parser.blocks
  }

  private init(lines: [MarkdownLine], depth: Int) {
    self.lines = lines
    self.depth = depth
  }

  private mutating func readBlock() {
    let line = lines[index]
    if line.isBlank {
      endParagraph()
      index += 1
    } else if line.isIndented {
      if paragraph.isEmpty { return readIndentedCode() }
      continueParagraph(line)
    } else if let level = line.underline, !paragraph.isEmpty {
      blocks.append(.heading(level: level, text: takeParagraph()))
      index += 1
    } else if let heading = line.heading {
      finish(.heading(level: heading.level, text: heading.text))
      index += 1
    } else if line.isRule {
      finish(.rule)
      index += 1
    } else if let fence = line.fence {
      readFencedCode(fence.mark, fence.count, fence.information)
    } else if line.quoted != nil {
      readQuote()
    } else if let mark = line.listMark, canStartList(mark) {
      readList()
    } else if startsHTML(line) {
      readHTML()
    } else if line.content.hasPrefix("$$") || line.content.hasPrefix("\\begin{"), let end = endOfMathematics() {
      readMathematics(through: end)
    } else if let table = readTable() {
      finish(table)
    } else {
      continueParagraph(line)
    }
  }

  private mutating func continueParagraph(_ line: MarkdownLine) {
    paragraph.append(String(line.content))
    index += 1
  }

  private mutating func takeParagraph() -> String {
    defer { paragraph = [] }
    return paragraph.joined(separator: "\n").trimmed
  }

  private mutating func endParagraph() {
    if !paragraph.isEmpty { blocks.append(.paragraph(takeParagraph())) }
  }

  mutating func finish(_ block: MarkdownBlock) {
    endParagraph()
    blocks.append(block)
  }

  private mutating func readIndentedCode() {
    var code: [String] = []
    while index < lines.count, lines[index].isIndented || lines[index].isBlank {
      code.append(lines[index].dropping(4))
      index += 1
    }
    while code.last?.trimmed.isEmpty == true { code.removeLast() }
    finish(.code(language: "", text: code.joined(separator: "\n")))
  }

  private mutating func readFencedCode(_ mark: Character, _ count: Int, _ information: String) {
    let indent = lines[index].indent
    index += 1
    var code: [String] = []
    while index < lines.count, !lines[index].closesFence(mark, count) {
      code.append(lines[index].dropping(indent))
      index += 1
    }
    index += 1
    finish(.code(language: String(information.prefix { !$0.isWhitespace }), text: code.joined(separator: "\n")))
  }

  private mutating func readQuote() {
    var quoted: [String] = []
    while index < lines.count {
      if let text = lines[index].quoted {
        quoted.append(text)
      } else if isLazyContinuation(lines[index], of: quoted) {
        quoted.append(String(lines[index].content))
      } else {
        break
      }
      index += 1
    }
    finish(.quote(Self.blocks(of: quoted, depth: depth + 1)))
  }

  /// Whether a line without a mark still belongs to the paragraph at the end of a quote or list item.
  func isLazyContinuation(_ line: MarkdownLine, of lines: [String]) -> Bool {
    guard let last = lines.last.map(MarkdownLine.init), !last.isBlank, !line.isBlank else { return false }
    if last.heading != nil || last.fence != nil || last.isIndented || last.isRule { return false }
    return line.heading == nil && line.fence == nil && line.listMark == nil && !line.isRule && line.quoted == nil
      && !startsHTML(line)
  }

  /// A list interrupts a paragraph only when it is not empty and starts with 1.
  private func canStartList(_ mark: (kind: Character, number: Int?, contentColumn: Int)) -> Bool {
    if paragraph.isEmpty { return true }
    return lines[index].text.count >= mark.contentColumn && (mark.number ?? 1) == 1
  }

  private mutating func readList() {
    guard let first = lines[index].listMark else { return }
    var items: [[MarkdownBlock]] = []
    var isTight = true
    while index < lines.count, let mark = lines[index].listMark, mark.kind == first.kind {
      let (item, endsBlank) = readItem(mark.contentColumn)
      items.append(Self.blocks(of: item, depth: depth + 1))
      if Self.separatesBlocks(item, into: items[items.count - 1]) { isTight = false }
      let goesOn = index < lines.count && lines[index].listMark?.kind == first.kind
      if endsBlank && goesOn { isTight = false }
    }
    finish(.list(start: first.number, isTight: isTight, items: items))
  }

  /// An item's lines without its mark and indent, and whether blank lines follow.
  private mutating func readItem(_ column: Int) -> (lines: [String], endsBlank: Bool) {
    let first = lines[index].text
    var item = [String(first.dropFirst(min(column, first.count)))]
    index += 1
    var fence: (mark: Character, count: Int)? = MarkdownLine(item[0]).fence.map { ($0.mark, $0.count) }
    while index < lines.count {
      let line = lines[index]
      if line.isBlank {
        if item.count == 1 && item[0].trimmed.isEmpty { break }
        item.append("")
      } else if line.indent >= column {
        let text = line.dropping(column)
        if let open = fence {
          if MarkdownLine(text).closesFence(open.mark, open.count) { fence = nil }
        } else {
          fence = MarkdownLine(text).fence.map { ($0.mark, $0.count) }
        }
        item.append(text)
      } else if fence == nil, isLazyContinuation(line, of: item) {
        item.append(String(line.content))
      } else {
        break
      }
      index += 1
    }
    let content = item.reversed().drop { $0.trimmed.isEmpty }.reversed()
    return (content.isEmpty ? [""] : Array(content), item.count > max(content.count, 1))
  }

  /// Whether an item has blank lines between blocks of its own.
  private static func separatesBlocks(_ item: [String], into blocks: [MarkdownBlock]) -> Bool {
    guard blocks.count > 1 else { return false }
    var open: (mark: Character, count: Int)?
    for line in item.map(MarkdownLine.init) {
      if let fence = open {
        if line.closesFence(fence.mark, fence.count) { open = nil }
      } else if line.isBlank {
        return true
      } else {
        open = line.fence.map { ($0.mark, $0.count) }
        if line.listMark != nil { return false }
      }
    }
    return false
  }

  private static func withoutTabs(_ line: Substring) -> String {
    guard line.contains("\t") else { return String(line) }
    var result = ""
    var column = 0
    for character in line {
      guard character == "\t" else {
        result.append(character)
        column += 1
        continue
      }
      let width = 4 - column % 4
      result += String(repeating: " ", count: width)
      column += width
    }
    return result
  }
}
