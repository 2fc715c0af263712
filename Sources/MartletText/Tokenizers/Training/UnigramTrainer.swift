import CMartletRuntime
import Foundation

/// Learns tokens and their probabilities: it starts from all frequent parts of words and gives up those that matter least.
///
/// Each round estimates probabilities by expectation and maximisation over all ways to cut the words, then drops a quarter of
/// the tokens, those whose absence would cost the least; single characters stay.
///
/// Reference: Kudo (2018), Subword regularization: improving neural network translation models with multiple subword
/// candidates.
struct UnigramTrainer {
  var vocabularySize: Int
  /// No token has more scalars.
  var longest = 16

  private struct Piece {
    let text: [Unicode.Scalar]
    var score: Double
  }

  /// - Parameter words: different words and how often each occurs.
  /// - Returns: tokens and the logarithms of their probabilities, most probable first.
  func train(_ words: [(word: String, count: Int)]) -> [(token: String, score: Double)] {
    let words = words.map { (scalars: Array($0.word.unicodeScalars), count: Double($0.count)) }
    var pieces = seeds(words)
    while true {
      for _ in 0..<2 { maximize(&pieces, words) }
      if pieces.count <= vocabularySize || !pieces.contains(where: { $0.text.count > 1 }) { break }
      let before = pieces.count
      prune(&pieces, words)
      if pieces.count == before { break }
    }
    return pieces.sorted { (-$0.score, String($0.text)) < (-$1.score, String($1.text)) }.map {
      (String($0.text), $0.score)
    }
  }

  private func seeds(_ words: [(scalars: [Unicode.Scalar], count: Double)]) -> [Piece] {
    var counts: [String: Double] = [:]
    for (scalars, count) in words {
      martlet_poll()
      for start in scalars.indices {
        for end in start + 1...min(start + longest, scalars.count) {
          counts[String(scalars[start..<end]), default: 0] += count
        }
      }
    }
    let single = counts.filter { $0.key.unicodeScalars.count == 1 }
    let several = counts.filter { $0.key.unicodeScalars.count > 1 && $0.value >= 2 }
      .sorted { a, b in
        let (x, y) = (a.value * Double(a.key.unicodeScalars.count), b.value * Double(b.key.unicodeScalars.count))
        return x != y ? x > y : a.key < b.key
      }
      .prefix(max(vocabularySize * 10, 10_000))
    let all = single.sorted { $0.key < $1.key } + several
    let total = all.reduce(0) { $0 + $1.value }
    return all.map { Piece(text: Array($0.key.unicodeScalars), score: log($0.value / total)) }
  }

  private func trie(_ pieces: [Piece]) -> ScalarTrie {
    var trie = ScalarTrie()
    for (place, piece) in pieces.enumerated() { trie.insert(piece.text, place) }
    return trie
  }

  /// One step of expectation and maximisation; pieces that are hardly expected are dropped, but for single characters.
  private func maximize(_ pieces: inout [Piece], _ words: [(scalars: [Unicode.Scalar], count: Double)]) {
    let trie = trie(pieces)
    var expected = [Double](repeating: 0, count: pieces.count)
    for (scalars, count) in words {
      martlet_poll()
      Self.expect(scalars, pieces, trie) { expected[$0] += count * $1 }
    }
    var kept: [Piece] = []
    var weights: [Double] = []
    for (piece, weight) in zip(pieces, expected) where weight >= 0.5 || piece.text.count == 1 {
      kept.append(piece)
      weights.append(max(weight, 1e-3))
    }
    let total = weights.reduce(0, +)
    for place in kept.indices { kept[place].score = log(weights[place] / total) }
    pieces = kept
  }

  /// How probable each piece is at each place of a word, over all ways to cut it.
  private static func expect(
    _ word: [Unicode.Scalar], _ pieces: [Piece], _ trie: ScalarTrie, _ add: (Int, Double) -> Void
  ) {
    var arcs: [(start: Int, end: Int, piece: Int)] = []
    for start in word.indices { trie.forEachPrefix(of: word, from: start) { arcs.append((start, $0, $1)) } }
    var forward = [Double](repeating: -.infinity, count: word.count + 1)
    var backward = forward
    (forward[0], backward[word.count]) = (0, 0)
    for arc in arcs { forward[arc.end] = logSum(forward[arc.end], forward[arc.start] + pieces[arc.piece].score) }
    for arc in arcs.reversed() {
      backward[arc.start] = logSum(backward[arc.start], backward[arc.end] + pieces[arc.piece].score)
    }
    let whole = forward[word.count]
    guard whole.isFinite else { return }
    for arc in arcs { add(arc.piece, exp(forward[arc.start] + pieces[arc.piece].score + backward[arc.end] - whole)) }
  }

  private static func logSum(_ a: Double, _ b: Double) -> Double {
    let (high, low) = (max(a, b), min(a, b))
    return low == -.infinity ? high : high + log1p(exp(low - high))
  }

  /// Drops the pieces whose absence costs the least likelihood: the words are then cut in the next best way.
  private func prune(_ pieces: inout [Piece], _ words: [(scalars: [Unicode.Scalar], count: Double)]) {
    let trie = trie(pieces)
    var used = [Double](repeating: 0, count: pieces.count)
    for (scalars, count) in words {
      martlet_poll()
      for piece in Self.best(scalars, pieces, trie, without: nil)?.pieces ?? [] { used[piece] += count }
    }
    let costs = pieces.indices.map { place -> Double in
      if pieces[place].text.count == 1 { return .infinity }
      if used[place] == 0 { return 0 }
      let other = Self.best(pieces[place].text, pieces, trie, without: place)?.score ?? -.infinity
      return used[place] * (pieces[place].score - other)
    }
    let wanted = max(vocabularySize, pieces.count * 3 / 4)
    let kept = Set(pieces.indices.sorted { (-costs[$0], $0) < (-costs[$1], $1) }.prefix(wanted))
    pieces = pieces.indices.filter { kept.contains($0) || pieces[$0].text.count == 1 }.map { pieces[$0] }
  }

  private static func best(
    _ word: [Unicode.Scalar], _ pieces: [Piece], _ trie: ScalarTrie, without: Int?
  ) -> (pieces: [Int], score: Double)? {
    var best = [(score: Double, start: Int, piece: Int)](repeating: (-.infinity, -1, -1), count: word.count + 1)
    best[0].score = 0
    for start in word.indices where best[start].score > -.infinity {
      trie.forEachPrefix(of: word, from: start) { end, piece in
        let score = best[start].score + pieces[piece].score
        if piece != without, score > best[end].score { best[end] = (score, start, piece) }
      }
    }
    guard best[word.count].score > -.infinity else { return nil }
    var (found, end): ([Int], Int) = ([], word.count)
    while end > 0 {
      found.append(best[end].piece)
      end = best[end].start
    }
    return (found.reversed(), best[word.count].score)
  }
}
