/// Cuts a word into the longest tokens that it begins with, one after the other; a word that cannot be cut is unknown.
///
/// Reference: Schuster and Nakajima (2012), Japanese and Korean voice search.
struct WordPieceModel: Sendable {
  let vocabulary: TokenVocabulary
  private let unknown: Int
  private let prefix: [UInt8]
  private let longestWord: Int

  init(_ part: TokenizerPart) throws(TokenizerError) {
    vocabulary = try TokenVocabulary(part, "vocab")
    let name = try part.optionalText("unk_token") ?? "[UNK]"
    guard let unknown = vocabulary.id(of: name) else {
      throw TokenizerError("\(part.place): the vocabulary has no '\(name)', which stands for unknown words.")
    }
    self.unknown = unknown
    prefix = Array((try part.optionalText("continuing_subword_prefix") ?? "##").utf8)
    longestWord = try part.whole("max_input_chars_per_word", default: 100)
  }

  func tokens(of word: [Unicode.Scalar]) -> [FoundToken] {
    let whole = [FoundToken(id: unknown, range: 0..<word.count)]
    if word.count > longestWord { return whole }
    // The word's bytes after the prefix, and where each scalar begins in them.
    var bytes = prefix
    var places = [bytes.count]
    for scalar in word {
      bytes.append(scalar)
      places.append(bytes.count)
    }
    var found: [FoundToken] = []
    var start = 0
    while start < word.count {
      guard let next = longest(bytes, places, start) else { return whole }
      found.append(next)
      start = next.range.upperBound
    }
    return found
  }

  private func longest(_ bytes: [UInt8], _ places: [Int], _ start: Int) -> FoundToken? {
    var bytes = bytes
    // A later part is looked up with the prefix before it, written over what has been cut off.
    let from = start == 0 ? places[0] : places[start] - prefix.count
    if start > 0 { bytes.replaceSubrange(from..<places[start], with: prefix) }
    return bytes.withUnsafeBufferPointer { bytes in
      for end in stride(from: places.count - 1, to: start, by: -1) {
        if let id = vocabulary.id(of: UnsafeBufferPointer(rebasing: bytes[from..<places[end]])) {
          return FoundToken(id: id, range: start..<end)
        }
      }
      return nil
    }
  }
}
