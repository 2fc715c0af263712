import CMartletRuntime
import MartletNumerics

/// Learns which characters to join: again and again the neighbours that are together most often.
///
/// Of equally frequent pairs the one of the lowest numbers is joined; joined pairs are numbered after the alphabet, which is in
/// the order of its code points.
///
/// Reference: Sennrich, Haddow and Birch (2016), Neural machine translation of rare words with subword units.
package struct BytePairTrainer {
  package var vocabularySize: Int
  package var minimumFrequency = 0
  package var specialTokens: [String] = []
  /// Characters that are in the vocabulary whether they occur or not.
  package var alphabet: [Unicode.Scalar] = []
  /// What a part of a word that does not begin it is written with.
  package var prefix = ""

  package init(vocabularySize: Int) { self.vocabularySize = vocabularySize }

  /// What was learned: the tokens in the order of their numbers, and the pairs in the order of their learning.
  package struct Result {
    package var tokens: [String] = []
    package var merges: [(String, String)] = []
  }

  private struct Word {
    var symbols: [Int]
    let count: Int
  }

  private struct Pair: Hashable {
    let first, second: Int
  }

  /// - Parameter words: different words and how often each occurs.
  package func train(_ words: [(word: String, count: Int)]) -> Result {
    var result = Result()
    var table = TermTable()
    func add(_ token: String) -> Int {
      let number = table.insert(token)
      if number == result.tokens.count { result.tokens.append(token) }
      return number
    }
    for token in specialTokens { _ = add(token) }
    let seen = Set(alphabet).union(words.flatMap { $0.word.unicodeScalars })
    for scalar in seen.sorted() { _ = add(String(scalar)) }
    var parts = words.map { word, count in
      Word(symbols: word.unicodeScalars.enumerated().map { add(($0 > 0 ? prefix : "") + String($1)) }, count: count)
    }
    var (counts, places) = Self.pairs(parts)
    var queue = BinaryHeap<Candidate>()
    for (pair, count) in counts { queue.push(Candidate(count: count, first: pair.first, second: pair.second)) }
    while result.tokens.count < vocabularySize, let best = queue.pop() {
      martlet_poll()
      let pair = Pair(first: best.first, second: best.second)
      // What was queued may have become rarer since.
      let count = counts[pair] ?? 0
      if count != best.count {
        if count > 0 { queue.push(Candidate(count: count, first: pair.first, second: pair.second)) }
        continue
      }
      guard count >= max(minimumFrequency, 1) else { break }
      let (first, second) = (result.tokens[pair.first], result.tokens[pair.second])
      let joined = add(first + String(second.unicodeScalars.dropFirst(prefix.unicodeScalars.count)))
      result.merges.append((first, second))
      var fresh: Set<Pair> = []
      for word in places[pair] ?? [] {
        let weight = parts[word].count
        Self.join(pair, joined, &parts[word]) { changed, delta in
          counts[changed, default: 0] += delta * weight
          if delta > 0 {
            places[changed, default: []].insert(word)
            fresh.insert(changed)
          }
        }
      }
      counts[pair] = nil
      for pair in fresh {
        if let count = counts[pair], count > 0 {
          queue.push(Candidate(count: count, first: pair.first, second: pair.second))
        }
      }
    }
    return result
  }

  private static func pairs(_ words: [Word]) -> (counts: [Pair: Int], places: [Pair: Set<Int>]) {
    var (counts, places): ([Pair: Int], [Pair: Set<Int>]) = ([:], [:])
    for (place, word) in words.enumerated() {
      for (first, second) in zip(word.symbols, word.symbols.dropFirst()) {
        counts[Pair(first: first, second: second), default: 0] += word.count
        places[Pair(first: first, second: second), default: []].insert(place)
      }
    }
    return (counts, places)
  }

  /// Joins a pair wherever a word has it, and says which pairs came and went.
  private static func join(_ pair: Pair, _ joined: Int, _ word: inout Word, _ note: (Pair, Int) -> Void) {
    var changes: [(Pair, Int)] = []
    var (symbols, place) = (word.symbols, 0)
    while place + 1 < symbols.count {
      guard symbols[place] == pair.first, symbols[place + 1] == pair.second else {
        place += 1
        continue
      }
      if place > 0 {
        changes.append((Pair(first: symbols[place - 1], second: pair.first), -1))
        changes.append((Pair(first: symbols[place - 1], second: joined), 1))
      }
      if place + 2 < symbols.count {
        changes.append((Pair(first: pair.second, second: symbols[place + 2]), -1))
        changes.append((Pair(first: joined, second: symbols[place + 2]), 1))
      }
      symbols[place] = joined
      symbols.remove(at: place + 1)
      place += 1
    }
    word.symbols = symbols
    for (pair, delta) in changes { note(pair, delta) }
  }
}

/// A pair that may be joined: the most frequent before others, of equals the one of the lowest numbers.
private struct Candidate: Prioritized {
  let count, first, second: Int
  func comes(before other: Self) -> Bool { (-count, first, second) < (-other.count, other.first, other.second) }
}
