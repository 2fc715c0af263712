/// A text as tokens: what a model is asked with, and where in the text each token came from.
public struct TokenEncoding: Sendable, Equatable {
  /// The tokens' numbers.
  public internal(set) var ids: [Int]
  /// The tokens as the vocabulary writes them.
  public internal(set) var tokens: [String]
  /// Which of the texts each token belongs to: 0, or 1 for the second of a pair.
  public internal(set) var typeIDs: [Int]
  /// Where in the text each token came from, in Unicode scalars, as Python counts them; empty for added tokens.
  public internal(set) var offsets: [Range<Int>]
  /// Which word of its text each token is part of; `nil` for added tokens.
  public internal(set) var wordIDs: [Int?]
  /// 1 for tokens to look at, 0 for padding.
  public internal(set) var attentionMask: [Int]
  /// 1 for tokens that were added, 0 for those of the text.
  public internal(set) var specialTokensMask: [Int]
  /// What was cut off of a single text, in pieces as long as this one, when the tokeniser truncates.
  public internal(set) var overflowing: [TokenEncoding] = []

  init() { (ids, tokens, typeIDs, offsets, wordIDs, attentionMask, specialTokensMask) = ([], [], [], [], [], [], []) }

  /// How many tokens there are.
  public var count: Int { ids.count }

  mutating func append(
    _ id: Int, _ token: String, type: Int = 0, offset: Range<Int> = 0..<0, word: Int? = nil, attention: Int = 1,
    isSpecial: Bool = false
  ) {
    ids.append(id)
    tokens.append(token)
    typeIDs.append(type)
    offsets.append(offset)
    wordIDs.append(word)
    attentionMask.append(attention)
    specialTokensMask.append(isSpecial ? 1 : 0)
  }

  mutating func append(contentsOf other: TokenEncoding) {
    ids += other.ids
    tokens += other.tokens
    typeIDs += other.typeIDs
    offsets += other.offsets
    wordIDs += other.wordIDs
    attentionMask += other.attentionMask
    specialTokensMask += other.specialTokensMask
  }

  subscript(range: Range<Int>) -> TokenEncoding {
    var part = TokenEncoding()
    for place in range {
      part.append(
        ids[place], tokens[place], type: typeIDs[place], offset: offsets[place], word: wordIDs[place],
        attention: attentionMask[place], isSpecial: specialTokensMask[place] == 1)
    }
    return part
  }

  func withType(_ type: Int) -> TokenEncoding {
    var changed = self
    changed.typeIDs = ids.map { _ in type }
    return changed
  }
}
