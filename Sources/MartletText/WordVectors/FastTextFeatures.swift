import Foundation

/// The vectors that a text uses: of its words, and of the buckets of its rows and parts of words.
struct FastTextFeatures: Sendable {
  let words: TermTable
  let wordNGrams: Int
  let characterNGrams: ClosedRange<Int>?
  let buckets: Int
  /// The rows of the features that any text of learning had; others have nothing to say.
  private(set) var rowOfFeature: [Int: Int] = [:]

  var rowCount: Int { rowOfFeature.count }

  init(words: TermTable, wordNGrams: Int, characterNGrams: ClosedRange<Int>?, buckets: Int) {
    self.words = words
    self.wordNGrams = wordNGrams
    self.characterNGrams = characterNGrams
    self.buckets = buckets
  }

  /// Words between white space, as fastText cuts texts.
  static func split(_ text: String) -> [Substring] { text.split { $0.isWhitespace } }

  static func frequentWords(_ texts: [String], _ least: Int) -> TermTable {
    var (table, counts): (TermTable, [Int]) = (TermTable(), [])
    for text in texts {
      for word in split(text) {
        let number = table.insert(String(word))
        if number == counts.count { counts.append(0) }
        counts[number] += 1
      }
    }
    return TermTable((0..<table.count).filter { counts[$0] >= least }.map { table[$0] })
  }

  /// The features of texts, each feature a number: words first, then buckets.
  func map(_ texts: [String]) -> [[Int]] { texts.map(features) }

  /// The rows of the vectors that a text uses.
  func rows(of text: String) -> [Int] {
    features(text).compactMap { rowOfFeature[$0] }
  }

  /// The same, once it is known which rows features have.
  func kept(_ rows: [Int: Int]) -> FastTextFeatures {
    var kept = self
    kept.rowOfFeature = rows
    return kept
  }

  private func features(_ text: String) -> [Int] {
    let parts = Self.split(text).map(String.init)
    var features = parts.compactMap { words.number(of: $0) }
    if let range = characterNGrams { for word in parts { features += pieces(of: "<\(word)>", range) } }
    guard wordNGrams > 1 else { return features }
    let hashes = parts.map { UInt64(bitPattern: Int64(Int32(bitPattern: Self.hash($0.utf8)))) }
    for start in hashes.indices {
      var hash = hashes[start]
      for next in start + 1..<max(min(start + wordNGrams, hashes.count), start + 1) {
        hash = hash &* 116_049_371 &+ hashes[next]
        features.append(words.count + Int(hash % UInt64(buckets)))
      }
    }
    return features
  }

  private func pieces(of word: String, _ range: ClosedRange<Int>) -> [Int] {
    let scalars = Array(word.unicodeScalars)
    var pieces: [Int] = []
    for start in scalars.indices {
      for length in range where start + length <= scalars.count {
        // The marks of a word's ends alone say nothing.
        if length == 1, start == 0 || start + length == scalars.count { continue }
        let piece = String(scalars[start..<start + length])
        pieces.append(words.count + Int(Self.hash(piece.utf8)) % buckets)
      }
    }
    return pieces
  }

  /// FNV-1a with 32 bits; bytes above 127 count as negative, as in fastText.
  static func hash(_ bytes: some Sequence<UInt8>) -> UInt32 {
    bytes.reduce(2_166_136_261) { ($0 ^ UInt32(bitPattern: Int32(Int8(bitPattern: $1)))) &* 16_777_619 }
  }
}
