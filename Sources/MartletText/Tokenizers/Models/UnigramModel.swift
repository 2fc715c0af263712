import Foundation

/// Cuts a word into the tokens whose probabilities have the largest product.
///
/// Reference: Kudo (2018), Subword regularization: improving neural network translation models with multiple subword
/// candidates.
struct UnigramModel: Sendable {
  let vocabulary: TokenVocabulary
  let scores: [Double]
  let unknown: Int?
  private let fallsBackToBytes: Bool
  private let byteIDs: [Int?]
  private let trie: ScalarTrie
  private let unknownScore: Double

  init(_ part: TokenizerPart) throws(TokenizerError) {
    var (tokens, scores): ([String], [Double]) = ([], [])
    for (id, entry) in try part.list("vocab").enumerated() {
      guard let pair = entry.list, pair.count == 2, let token = pair[0].text, let score = pair[1].number else {
        throw TokenizerError("\(part.place).vocab[\(id)]: expected a token and its score.")
      }
      tokens.append(token)
      scores.append(score)
    }
    let unknown = part.tree["unk_id"].flatMap(\.whole)
    if let unknown, !tokens.indices.contains(unknown) {
      throw TokenizerError("\(part.place): the unk_id \(unknown) is not below the \(tokens.count) tokens.")
    }
    try self.init(
      tokens: tokens, scores: scores, unknown: unknown,
      fallsBackToBytes: try part.bool("byte_fallback", default: false), place: part.place)
  }

  init(
    tokens: [String], scores: [Double], unknown: Int?, fallsBackToBytes: Bool, place: String
  ) throws(TokenizerError) {
    var (vocabulary, trie) = (TokenVocabulary(), ScalarTrie())
    for (id, token) in tokens.enumerated() {
      try vocabulary.add(token, id, place)
      trie.insert(token.unicodeScalars, id)
    }
    guard !tokens.isEmpty else { throw TokenizerError("\(place): the vocabulary is empty.") }
    self.vocabulary = vocabulary
    self.trie = trie
    self.scores = scores
    self.unknown = unknown
    self.fallsBackToBytes = fallsBackToBytes
    byteIDs = (0..<256).map { vocabulary.id(of: String(format: "<0x%02X>", $0)) }
    unknownScore = (scores.min() ?? 0) - 10
  }

  func tokens(of word: [Unicode.Scalar]) throws(TokenizerError) -> [FoundToken] {
    var found: [FoundToken] = []
    for range in try segments(of: word) {
      let text = String(word[range])
      if let id = vocabulary.id(of: text) {
        found.append(FoundToken(id: id, range: range))
        continue
      }
      let bytes = text.utf8.compactMap { byteIDs[Int($0)] }
      if fallsBackToBytes, bytes.count == text.utf8.count {
        found += bytes.map { FoundToken(id: $0, range: range) }
      } else {
        found.append(FoundToken(id: try unknownID(text), range: range, text: text))
      }
    }
    return found
  }

  private func unknownID(_ text: String) throws(TokenizerError) -> Int {
    guard let unknown else {
      throw TokenizerError("'\(text)' is not known, and the model has no token for what is unknown.")
    }
    return unknown
  }

  /// The best cuts, by Viterbi's recursion; neighbouring scalars that are unknown stay together.
  private func segments(of word: [Unicode.Scalar]) throws(TokenizerError) -> [Range<Int>] {
    var best = [(score: Double, start: Int, id: Int)](repeating: (-.infinity, -1, -1), count: word.count + 1)
    best[0] = (0, -1, -1)
    for start in word.indices {
      let here = best[start].score
      var hasSingle = false
      trie.forEachPrefix(of: word, from: start) { end, id in
        if best[end].start < 0 || scores[id] + here > best[end].score { best[end] = (scores[id] + here, start, id) }
        if end == start + 1 { hasSingle = true }
      }
      if !hasSingle {
        let id = try unknownID(String(word[start]))
        let score = unknownScore + here
        if best[start + 1].start < 0 || score > best[start + 1].score { best[start + 1] = (score, start, id) }
      }
    }
    var (ranges, end, lastWasUnknown): ([Range<Int>], Int, Bool) = ([], word.count, false)
    while end > 0 {
      let (_, start, id) = best[end]
      let isUnknown = id == unknown
      if isUnknown, lastWasUnknown {
        ranges[ranges.count - 1] = start..<ranges[ranges.count - 1].upperBound
      } else {
        ranges.append(start..<end)
      }
      (end, lastWasUnknown) = (start, isUnknown)
    }
    return ranges.reversed()
  }
}

/// Texts by their beginnings.
struct ScalarTrie: Sendable {
  private var children: [UInt64: Int32] = [:]
  private var values: [Int32] = [-1]

  mutating func insert(_ text: some Sequence<Unicode.Scalar>, _ value: Int) {
    var node = 0
    for scalar in text {
      let key = UInt64(node) << 32 | UInt64(scalar.value)
      if let child = children[key] {
        node = Int(child)
      } else {
        values.append(-1)
        node = values.count - 1
        children[key] = Int32(node)
      }
    }
    values[node] = Int32(value)
  }

  /// Calls `body` with the end and the value of each text that begins at a place, shortest first.
  func forEachPrefix(of word: [Unicode.Scalar], from start: Int, _ body: (_ end: Int, _ value: Int) -> Void) {
    var node = 0
    for place in start..<word.count {
      guard let child = children[UInt64(node) << 32 | UInt64(word[place].value)] else { return }
      node = Int(child)
      if values[node] >= 0 { body(place + 1, Int(values[node])) }
    }
  }
}
