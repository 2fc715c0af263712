import Foundation
import MartletNumerics

/// Joins the characters of a word pair by pair, the pair that was learned first before all others.
///
/// Reference: Sennrich, Haddow and Birch (2016), Neural machine translation of rare words with subword units.
struct BytePairModel: Sendable {
  let vocabulary: TokenVocabulary
  private let merges: [UInt64: (rank: Int, id: Int)]
  private let unknown: Int?
  private let prefix, suffix: String?
  private let joinsUnknown, fallsBackToBytes, ignoresMerges: Bool
  private let byteIDs: [Int?]

  init(_ part: TokenizerPart) throws(TokenizerError) {
    let vocabulary = try TokenVocabulary(part, "vocab")
    if let dropout = part.tree["dropout"]?.number, dropout > 0 {
      throw TokenizerError(
        "\(part.place): the dropout is \(dropout). Set it to null: it is for training, and makes results random.")
    }
    unknown = try part.optionalText("unk_token").flatMap { vocabulary.id(of: $0) }
    prefix = try part.optionalText("continuing_subword_prefix").flatMap { $0.isEmpty ? nil : $0 }
    suffix = try part.optionalText("end_of_word_suffix").flatMap { $0.isEmpty ? nil : $0 }
    joinsUnknown = try part.bool("fuse_unk", default: false)
    fallsBackToBytes = try part.bool("byte_fallback", default: false)
    ignoresMerges = try part.bool("ignore_merges", default: false)
    byteIDs = (0..<256).map { vocabulary.id(of: String(format: "<0x%02X>", $0)) }
    merges = try Self.merges(part, vocabulary, prefix?.unicodeScalars.count ?? 0)
    self.vocabulary = vocabulary
  }

  private static func merges(
    _ part: TokenizerPart, _ vocabulary: TokenVocabulary, _ prefixLength: Int
  ) throws(TokenizerError) -> [UInt64: (rank: Int, id: Int)] {
    var merges: [UInt64: (rank: Int, id: Int)] = [:]
    let list = try part.list("merges")
    merges.reserveCapacity(list.count)
    for (rank, entry) in list.enumerated() {
      guard let (first, second) = pair(entry) else {
        throw TokenizerError("\(part.place).merges[\(rank)]: expected two tokens, as \"a b\" or [\"a\", \"b\"].")
      }
      let joined = first + String(second.unicodeScalars.dropFirst(prefixLength))
      guard let a = vocabulary.id(of: first), let b = vocabulary.id(of: second), let id = vocabulary.id(of: joined)
      else {
        throw TokenizerError(
          "\(part.place).merges[\(rank)]: '\(first)', '\(second)' or '\(joined)' is not in the vocabulary.")
      }
      merges[key(a, b)] = (rank, id)
    }
    return merges
  }

  private static func pair(_ entry: JSONTree) -> (String, String)? {
    if let list = entry.list, list.count == 2, let first = list[0].text, let second = list[1].text {
      return (first, second)
    }
    // A text with one space: tokens themselves have none in this older form.
    guard let scalars = entry.text?.unicodeScalars, let space = scalars.firstIndex(of: " ") else { return nil }
    return (String(scalars[..<space]), String(scalars[scalars.index(after: space)...]))
  }

  private static func key(_ a: Int, _ b: Int) -> UInt64 { UInt64(a) << 32 | UInt64(b) }

  func tokens(of word: [Unicode.Scalar]) -> [FoundToken] {
    if ignoresMerges, let id = vocabulary.id(of: String(word)) { return [FoundToken(id: id, range: 0..<word.count)] }
    return merged(symbols(of: word))
  }

  /// The word's characters as tokens.
  private func symbols(of word: [Unicode.Scalar]) -> [FoundToken] {
    var symbols: [FoundToken] = []
    symbols.reserveCapacity(word.count)
    var lastWasUnknown = false
    for (place, scalar) in word.enumerated() {
      var text = String(scalar)
      if place > 0, let prefix { text = prefix + text }
      if place == word.count - 1, let suffix { text += suffix }
      let range = place..<place + 1
      if let id = vocabulary.id(of: text) {
        symbols.append(FoundToken(id: id, range: range))
        lastWasUnknown = false
        continue
      }
      let bytes = text.utf8.map { byteIDs[Int($0)] }
      if fallsBackToBytes, bytes.allSatisfy({ $0 != nil }) {
        symbols += bytes.compactMap { $0.map { FoundToken(id: $0, range: range) } }
        continue
      }
      guard let unknown else { continue }
      if joinsUnknown, lastWasUnknown {
        let before = symbols.removeLast()
        symbols.append(FoundToken(id: unknown, range: before.range.lowerBound..<place + 1))
      } else {
        symbols.append(FoundToken(id: unknown, range: range))
      }
      lastWasUnknown = true
    }
    return symbols
  }

  private func merged(_ symbols: [FoundToken]) -> [FoundToken] {
    if symbols.count < 2 { return symbols }
    var ids = symbols.map(\.id)
    var (ends, previous) = (symbols.map(\.range.upperBound), symbols.indices.map { $0 - 1 })
    var next = symbols.indices.map { $0 + 1 < symbols.count ? $0 + 1 : -1 }
    var queue = BinaryHeap<Merge>()
    func offer(_ place: Int) {
      guard place >= 0, next[place] >= 0 else { return }
      guard let merge = merges[Self.key(ids[place], ids[next[place]])] else { return }
      queue.push(Merge(rank: Int32(merge.rank), place: Int32(place), id: Int32(merge.id)))
    }
    for place in symbols.indices { offer(place) }
    while let best = queue.pop() {
      let place = Int(best.place)
      // What was offered may have been joined otherwise since.
      guard ids[place] >= 0, next[place] >= 0 else { continue }
      guard let merge = merges[Self.key(ids[place], ids[next[place]])], merge.id == Int(best.id) else { continue }
      let absorbed = next[place]
      ids[place] = merge.id
      ids[absorbed] = -1
      ends[place] = ends[absorbed]
      next[place] = next[absorbed]
      if next[absorbed] >= 0 { previous[next[absorbed]] = place }
      offer(previous[place])
      offer(place)
    }
    return symbols.indices.filter { ids[$0] >= 0 }.map {
      FoundToken(id: ids[$0], range: symbols[$0].range.lowerBound..<ends[$0])
    }
  }
}

/// A join that is possible: the one learned first before others, of equal ones the leftmost.
private struct Merge: Prioritized {
  let rank, place, id: Int32
  func comes(before other: Self) -> Bool { rank != other.rank ? rank < other.rank : place < other.place }
}
