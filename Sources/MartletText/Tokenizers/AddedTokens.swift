/// A token that is looked for in the text itself, before it is cut into words.
struct AddedToken: Sendable {
  let id: Int
  let content: String
  let isSpecial, isSingleWord, stripsLeft, stripsRight, isNormalized: Bool

  init(_ part: TokenizerPart) throws(TokenizerError) {
    id = try part.whole("id")
    content = try part.text("content")
    isSpecial = try part.bool("special", default: false)
    isSingleWord = try part.bool("single_word", default: false)
    stripsLeft = try part.bool("lstrip", default: false)
    stripsRight = try part.bool("rstrip", default: false)
    isNormalized = try part.bool("normalized", default: !isSpecial)
    guard 0...TokenVocabulary.highest ~= id else {
      throw TokenizerError("\(part.place): the number of '\(content)' is to be from 0 to \(TokenVocabulary.highest).")
    }
  }
}

/// Finds added tokens in a text: at each place the longest, from left to right.
struct AddedTokenFinder: Sendable {
  private var trie = ScalarTrie()
  private var tokens: [AddedToken] = []

  /// - Parameter normalizer: changes the tokens' own texts, when they are looked for in a text that was changed.
  init(_ tokens: [AddedToken], _ normalizer: TextNormalizer?) {
    for token in tokens where !token.content.isEmpty {
      var text = AlignedText(token.content)
      normalizer?.apply(&text)
      trie.insert(text.scalars, self.tokens.count)
      self.tokens.append(token)
    }
  }

  /// The pieces of a text: added tokens, and what is between them.
  func pieces(_ text: AlignedText) -> [(text: AlignedText, token: AddedToken?)] {
    if tokens.isEmpty { return [(text, nil)] }
    var pieces: [(text: AlignedText, token: AddedToken?)] = []
    var (place, done) = (0, 0)
    while place < text.count {
      guard let (token, range) = match(text, place, from: done) else {
        place += 1
        continue
      }
      if done < range.lowerBound { pieces.append((text[done..<range.lowerBound], nil)) }
      pieces.append((text[range], token))
      (place, done) = (range.upperBound, range.upperBound)
    }
    if done < text.count { pieces.append((text[done..<text.count], nil)) }
    return pieces
  }

  private func match(_ text: AlignedText, _ start: Int, from done: Int) -> (AddedToken, Range<Int>)? {
    var found: (end: Int, place: Int)?
    trie.forEachPrefix(of: text.scalars, from: start) { end, place in found = (end, place) }
    guard let found else { return nil }
    let token = tokens[found.place]
    var range = start..<found.end
    if token.isSingleWord {
      let touchesLeft = start > 0 && CharacterKind.isWord(text.scalars[start - 1])
      let touchesRight = found.end < text.count && CharacterKind.isWord(text.scalars[found.end])
      if touchesLeft || touchesRight { return nil }
    }
    if token.stripsLeft {
      while range.lowerBound > done, CharacterKind.isSpace(text.scalars[range.lowerBound - 1]) {
        range = range.lowerBound - 1..<range.upperBound
      }
    }
    if token.stripsRight {
      while range.upperBound < text.count, CharacterKind.isSpace(text.scalars[range.upperBound]) {
        range = range.lowerBound..<range.upperBound + 1
      }
    }
    return (token, range)
  }
}
