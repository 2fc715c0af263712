/// Documentation comments, which are Markdown with some fields of Swift's own.
enum DocumentationComment {
  /// The comment as common Markdown: fields become bold, links to symbols code, and what could be HTML is text.
  static func markdown(_ comment: String) -> String {
    var lines: [String] = []
    var isFenced = false
    var isParameterList = false
    for line in comment.split(separator: "\n", omittingEmptySubsequences: false) {
      let content = line.drop { $0 == " " }
      let isFence = content.hasPrefix("```") || content.hasPrefix("~~~")
      if isFence { isFenced.toggle() }
      let isCode = isFence || isFenced || line.hasPrefix("    ") && !isParameterList
      if isCode {
        lines.append(String(line))
        continue
      }
      if content.count == line.count, !content.isEmpty { isParameterList = false }
      if let field = Field(content) {
        isParameterList = field.isParameterList
        let continuesList = field.markdown.hasPrefix("- ") && lines.last?.hasPrefix("- ") == true
        if let last = lines.last, !last.isEmpty, !continuesList { lines.append("") }
        lines += field.markdown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      } else if isParameterList, content.hasPrefix("- "), let colon = content.firstIndex(of: ":") {
        lines.append("- `\(content[..<colon].dropFirst(2))`\(inline(content[colon...]))")
      } else {
        lines.append(inline(line))
      }
    }
    return lines.joined(separator: "\n").trimmingSuffix()
  }

  /// A field of a comment, such as `- Returns: the mean.`
  private struct Field {
    let markdown: String
    let isParameterList: Bool

    init?(_ line: Substring) {
      guard line.hasPrefix("- "), let colon = line.firstIndex(of: ":") else { return nil }
      let name = line[..<colon].dropFirst(2)
      let text = inline(line[line.index(after: colon)...])
      isParameterList = name.lowercased() == "parameters"
      let words = name.split(separator: " ")
      if words.count == 2, words[0].lowercased() == "parameter" {
        markdown = "- `\(words[1])`:\(text)"
      } else if isParameterList {
        markdown = "**Parameters**\n"
      } else if fields.contains(name.lowercased()) {
        markdown = "**\(name):**\(text)\n"
      } else {
        return nil
      }
    }
  }

  /// One line outside code blocks.
  private static func inline(_ line: some StringProtocol) -> String {
    var result = ""
    var isCode = false
    var rest = line[line.startIndex...]
    while let character = rest.first {
      rest = rest.dropFirst()
      switch character {
      case "`":
        // A link to a symbol has two at each end.
        if rest.first == "`" { rest = rest.dropFirst() }
        isCode.toggle()
        result.append("`")
      case "<" where !isCode: result += "&lt;"
      default: result.append(character)
      }
    }
    return result
  }

  private static let fields: Set<String> = [
    "returns", "return", "throws", "note", "warning", "important", "precondition", "postcondition", "complexity",
    "remark", "requires", "invariant", "seealso", "since", "tip", "experiment", "bug", "todo", "attention", "version",
    "author", "authors", "copyright", "date",
  ]
}

extension String {
  fileprivate func trimmingSuffix() -> String {
    var result = self[...]
    while result.last?.isWhitespace == true { result = result.dropLast() }
    return String(result)
  }
}
