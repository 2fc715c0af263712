extension MarkdownInline {
  mutating func openBracket(isImage: Bool) {
    pieces.append(Piece(html: isImage ? "![" : "["))
    brackets.append(Bracket(piece: pieces.count - 1, isImage: isImage))
    index += isImage ? 2 : 1
  }

  mutating func closeBracket() {
    guard let bracket = brackets.popLast(), bracket.isActive, let target = readTarget(after: bracket) else {
      append("]")
      index += 1
      return
    }
    let content = closed(from: bracket.piece + 1)
    pieces.removeSubrange(bracket.piece...)
    let title = target.title.isEmpty ? "" : " title=\"\(HTMLText.escaped(target.title))\""
    if bracket.isImage {
      append(image(target.address, title: title, alternative: Self.withoutTags(content)))
    } else {
      append("<a href=\"\(HTMLText.escaped(target.address))\"\(title)>\(content)</a>")
      // No links inside links.
      for index in brackets.indices where !brackets[index].isImage { brackets[index].isActive = false }
    }
  }

  private func image(_ address: String, title: String, alternative: String) -> String {
    if let embedded = context.embeddedImage(address) {
      return "<img src=\"\(HTMLText.escaped(embedded))\" alt=\"\(alternative)\"\(title)>"
    }
    // The page loads nothing from elsewhere, so a picture there becomes a link to it.
    let name = alternative.isEmpty ? HTMLText.escaped(address) : alternative
    return "<a class=\"picture\" href=\"\(HTMLText.escaped(address))\"\(title)>\(name)</a>"
  }

  /// What follows a closing bracket: `(address "title")`, `[label]`, or nothing when the text itself is a label.
  private mutating func readTarget(after bracket: Bracket) -> MarkdownContext.Target? {
    let start = index
    index += 1
    if peek() == "(", let target = readAddressInParentheses() { return target }
    index = start + 1
    var label = Self.withoutTags(
      pieces[(bracket.piece + 1)...].map { piece in
        piece.mark.map { String(repeating: $0, count: piece.count) } ?? piece.html
      }.joined())
    if peek() == "[", let end = text[index...].prefix(1000).firstIndex(of: "]") {
      let given = String(text[(index + 1)..<end])
      if !given.isEmpty { label = given }
      index = end + 1
    }
    if let target = context.definition(label) { return target }
    index = start
    return nil
  }

  private mutating func readAddressInParentheses() -> MarkdownContext.Target? {
    let start = index
    defer { budget -= index - start }
    index += 1
    skipSpaces()
    var address = ""
    if peek() == "<" {
      index += 1
      while let character = peek(), character != ">", character != "\n" { address.append(unescaped(character)) }
      guard peek() == ">" else { return nil }
      index += 1
    } else {
      var depth = 0
      while let character = peek(), !character.isWhitespace {
        if character == "(" { depth += 1 }
        if character == ")" { depth -= 1 }
        if depth < 0 { break }
        address.append(unescaped(character))
      }
    }
    skipSpaces()
    var title = ""
    if let quote = peek(), "\"'(".contains(quote) {
      let end: Character = quote == "(" ? ")" : quote
      index += 1
      while let character = peek(), character != end { title.append(unescaped(character)) }
      guard peek() == end else { return nil }
      index += 1
      skipSpaces()
    }
    guard peek() == ")" else { return nil }
    index += 1
    return .init(address: CharacterReferences.decoded(address), title: CharacterReferences.decoded(title))
  }

  /// The character here, or the one after a backslash; moves past it.
  private mutating func unescaped(_ character: Character) -> Character {
    index += 1
    guard character == "\\", let next = peek(), next.isASCII, next.isPunctuation || next.isSymbol else {
      return character
    }
    index += 1
    return next
  }

  private mutating func skipSpaces() { while peek()?.isWhitespace == true { index += 1 } }

  private static func withoutTags(_ html: String) -> String {
    var text = ""
    var inTag = false
    for character in html {
      if character == "<" { inTag = true }
      if !inTag { text.append(character) }
      if character == ">" { inTag = false }
    }
    return text
  }

  var startsAddress: Bool {
    if let before = peek(-1), before.isLetter || before.isNumber || before == "_" { return false }
    guard brackets.isEmpty else { return false }
    let start = String(text[index...].prefix(8))
    return start.hasPrefix("https://") || start.hasPrefix("http://")
  }

  /// An address that stands in the text by itself.
  mutating func readAddress() {
    var address = text[index...].prefix { !$0.isWhitespace && $0 != "<" }
    while let last = address.last, "?!.,:*_~'\"".contains(last) || (last == ")" && isUnbalanced(address)) {
      address.removeLast()
    }
    let escaped = HTMLText.escaped(String(address))
    append("<a href=\"\(escaped)\">\(escaped)</a>")
    index += address.count
  }

  private func isUnbalanced(_ address: ArraySlice<Character>) -> Bool {
    address.count { $0 == ")" } > address.count { $0 == "(" }
  }
}
