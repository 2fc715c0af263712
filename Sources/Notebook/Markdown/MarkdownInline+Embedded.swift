extension MarkdownInline {
  /// `<`: an address, an allowed tag, a comment, or just the sign.
  mutating func readAngle() {
    let rest = text[(index + 1)...]
    let end = rest.firstIndex(of: ">")
    budget -= (end ?? text.count) - index
    if let end, isAddress(rest[..<end]) {
      let address = String(rest[..<end])
      let target = address.contains(":") ? address : "mailto:" + address
      append("<a href=\"\(HTMLText.escaped(target))\">\(HTMLText.escaped(address))</a>")
      index = end + 1
    } else if let end = endOfTag() {
      append(String(text[index..<end]))
      index = end
    } else {
      append("&lt;")
      index += 1
    }
  }

  private func isAddress(_ text: ArraySlice<Character>) -> Bool {
    if text.contains(where: { $0.isWhitespace || $0 == "<" }) { return false }
    let string = String(text)
    if ["http://", "https://", "mailto:"].contains(where: string.lowercased().hasPrefix) { return true }
    guard let at = string.firstIndex(of: "@"), at != string.startIndex else { return false }
    return string[at...].dropFirst().contains(".") && !string.contains(where: { "/\\\"'=:".contains($0) })
  }

  /// Where the tag that starts here ends, when it is one that may stand in a page.
  private mutating func endOfTag() -> Int? {
    if text[index...].starts(with: "<!--") { return text[index...].firstRange(of: Array("-->")).map(\.upperBound) }
    var end = index + 1
    if end < text.count, text[end] == "/" { end += 1 }
    let name = text[end...].prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
    guard AllowedMarkup.html.contains(String(name).lowercased()) else { return nil }
    end += name.count
    guard end < text.count, text[end] == ">" || text[end] == "/" || text[end].isWhitespace else { return nil }
    defer { budget -= end - index }
    var quote: Character?
    while end < text.count {
      let character = text[end]
      end += 1
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == ">" {
        return end
      } else if character == "<" {
        return nil
      }
    }
    return nil
  }

  /// `$…$` and `$$…$$`. As in other notebooks, an amount of money is not a formula: no space inside, no digit after.
  mutating func readMathematics() {
    let isBlock = peek(1) == "$"
    let width = isBlock ? 2 : 1
    var end = index + width
    while end < text.count {
      if text[end] == "\\" {
        end += 2
      } else if text[end] == "$", !isBlock || (end + 1 < text.count && text[end + 1] == "$") {
        break
      } else {
        end += 1
      }
    }
    budget -= end - index
    guard end < text.count, end > index + width, isBlock || isFormula(from: index + 1, to: end) else {
      append(String(repeating: "$", count: width))
      index += width
      return
    }
    appendFormula(text[(index + width)..<end], isBlock: isBlock, end: end + width)
  }

  /// The formula, with the punctuation behind it, which a line break shall not part from it.
  private mutating func appendFormula(_ formula: ArraySlice<Character>, isBlock: Bool, end: Int) {
    let html = MathMarkup.html(String(formula), isBlock: isBlock)
    let punctuation = isBlock ? "" : String(text[end...].prefix { ".,;:!?)".contains($0) })
    append(punctuation.isEmpty ? html : "<span class=\"unparted\">\(html)\(punctuation)</span>")
    index = end + punctuation.count
  }

  private func isFormula(from start: Int, to end: Int) -> Bool {
    if text[start].isWhitespace || text[end - 1].isWhitespace { return false }
    return end + 1 >= text.count || !text[end + 1].isNumber
  }

  /// `\(…\)` and `\[…\]`.
  mutating func readDelimitedMathematics() -> Bool {
    let isBlock = peek(1) == "["
    let rest = text[(index + 2)...]
    let end = rest.firstRange(of: ["\\", isBlock ? "]" : ")"])
    budget -= (end?.lowerBound ?? text.count) - index
    guard let end else { return false }
    appendFormula(rest[..<end.lowerBound], isBlock: isBlock, end: end.upperBound)
    return true
  }
}
