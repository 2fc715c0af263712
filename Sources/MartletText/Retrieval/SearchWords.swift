/// A word of a text in the form that is searched for, and where it stands.
struct SearchWord {
  let text: String
  let range: Range<String.Index>
}

/// Cuts texts into the words of a search: letters, digits and underscores in small letters.
struct SearchWords: Sendable {
  private let stopWords: Set<String>
  private let preparation: TextPreparation

  init(stopWords: StopWords, stripAccents: AccentStripping) {
    self.stopWords = Set(stopWords.words)
    preparation = TextPreparation(lowercase: true, stripAccents: stripAccents)
  }

  func words(of text: String) -> [SearchWord] {
    var words: [SearchWord] = []
    let scalars = text.unicodeScalars
    var place = scalars.startIndex
    var buffer: [UInt8] = []
    while place < scalars.endIndex {
      let start = place
      // Marks on a letter belong to its word.
      while place < scalars.endIndex,
        TextCharacter.isWord(scalars[place]) || place > start && Self.isMark(scalars[place])
      {
        place = scalars.index(after: place)
      }
      if start == place {
        place = scalars.index(after: place)
        continue
      }
      preparation.prepare(String(scalars[start..<place]), into: &buffer)
      let word = String(decoding: buffer, as: UTF8.self)
      if !word.isEmpty, !stopWords.contains(word) { words.append(SearchWord(text: word, range: start..<place)) }
    }
    return words
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    !scalar.isASCII && scalar.properties.canonicalCombiningClass != .notReordered
  }
}

/// A document that a search found.
public struct SearchHit: Sendable, Equatable, Codable {
  /// The document's place among those that were indexed.
  public let document: Int
  /// How well it answers; what that means is said where it comes from.
  public let score: Double

  /// A hit of a search of your own.
  public init(document: Int, score: Double) {
    self.document = document
    self.score = score
  }

  /// The best hits, of equal ones those that come first.
  static func best(_ scores: some Sequence<(Int, Double)>, _ count: Int) -> [SearchHit] {
    scores.map { SearchHit(document: $0.0, score: $0.1) }
      .sorted { ($1.score, $0.document) < ($0.score, $1.document) }
      .prefix(max(count, 0)).map { $0 }
  }
}
