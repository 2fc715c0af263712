import Foundation
import MartletNumerics

/// Words and their vectors: similar words have vectors in similar directions.
///
///     let vectors = try WordVectors(path: "glove.6B.50d.txt")
///     vectors.nearest(to: "king", count: 3)
///     vectors.analogy("man", "king", "woman")      // what is to a woman as a king is to a man
public struct WordVectors: Sendable {
  /// The words, in the order of their rows.
  public let words: [String]
  /// Their vectors, `[words, dimensions]`.
  public let vectors: Tensor<Float>
  private let places: TermTable
  private let table: VectorTable

  /// - Parameters:
  ///   - words: different words.
  ///   - vectors: a finite row for each.
  /// - Throws: ``VectorIndexError`` when they do not fit together.
  public init(words: [String], vectors: Tensor<Float>) throws(VectorIndexError) {
    try VectorIndexError.check(vectors)
    places = TermTable(words)
    guard words.count == vectors.shape[0], places.count == words.count else {
      throw VectorIndexError(
        "Expected a vector for each of \(words.count) different words; found shape \(vectors.shape) and \(places.count) different words."
      )
    }
    self.words = words
    self.vectors = vectors
    table = VectorTable(vectors, .cosine)
  }

  /// Reads a text file of GloVe, word2vec or fastText: a word and its numbers in each line, perhaps after a line with their
  /// counts. Of lines with the same word the first is taken.
  /// - Throws: ``VectorIndexError`` when a line has another number of numbers than the first.
  public init(path: String) throws(VectorIndexError) {
    let text: String
    do {
      text = try String(contentsOfFile: path, encoding: .utf8)
    } catch { throw VectorIndexError("\(path) cannot be read: \(error.localizedDescription)") }
    var (words, scalars, width): (TermTable, [Float], Int?) = (TermTable(), [], nil)
    for (number, line) in text.split(whereSeparator: \.isNewline).enumerated() {
      let parts = line.split(separator: " ", omittingEmptySubsequences: true)
      if number == 0, parts.count == 2, parts.allSatisfy({ Int($0) != nil }) { continue }
      let numbers = parts.dropFirst().map { Float($0) }
      guard let word = parts.first, !numbers.isEmpty, !numbers.contains(nil), width ?? numbers.count == numbers.count
      else {
        throw VectorIndexError(
          "\(path), line \(number + 1): expected a word and \(width.map(String.init) ?? "some") numbers, found '\(line.prefix(60))'."
        )
      }
      width = numbers.count
      let known = words.count
      if words.insert(String(word)) == known { scalars += numbers.compactMap { $0 } }
    }
    try self.init(
      words: (0..<words.count).map { words[$0] }, vectors: Tensor(scalars, shape: [words.count, width ?? 0]))
  }

  /// Writes the vectors as a text file that gensim, fastText and this type read.
  /// - Throws: ``VectorIndexError``.
  public func write(to path: String) throws(VectorIndexError) {
    let width = vectors.shape[1]
    let scalars = vectors.scalars
    let lines = words.indices.map { row in
      words[row] + " " + scalars[(row * width)..<((row + 1) * width)].map { "\($0)" }.joined(separator: " ")
    }
    let text = "\(words.count) \(width)\n" + lines.joined(separator: "\n") + "\n"
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch { throw VectorIndexError("\(path) cannot be written: \(error.localizedDescription)") }
  }

  /// The vector of a word, or `nil`.
  public subscript(word: String) -> Tensor<Float>? { places.number(of: word).map { vectors[$0, .all] } }

  /// The cosine of the angle of two words, or `nil` when one is not known.
  public func similarity(_ a: String, _ b: String) -> Double? {
    guard let first = places.number(of: a), let second = places.number(of: b) else { return nil }
    return table.score(table.distance(table.vector(first), second))
  }

  /// The words whose vectors are most like a word's, and the cosines; empty when it is not known.
  public func nearest(to word: String, count: Int = 10) -> [(word: String, similarity: Double)] {
    guard let place = places.number(of: word) else { return [] }
    return nearest(table.vector(place), count, besides: [place])
  }

  /// The words that are to `c` as `b` is to `a`: those nearest to `b − a + c`. Empty when one is not known.
  public func analogy(_ a: String, _ b: String, _ c: String, count: Int = 1) -> [(word: String, similarity: Double)] {
    let found = [a, b, c].compactMap { places.number(of: $0) }
    guard found.count == 3 else { return [] }
    let (first, second, third) = (table.vector(found[0]), table.vector(found[1]), table.vector(found[2]))
    let wanted = first.indices.map { second[$0] - first[$0] + third[$0] }
    let length = wanted.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return nearest(length > 0 ? wanted.map { $0 / length } : wanted, count, besides: found)
  }

  private func nearest(_ vector: [Float], _ count: Int, besides: [Int]) -> [(word: String, similarity: Double)] {
    let scores = words.indices.filter { !besides.contains($0) }.map { ($0, table.score(table.distance(vector, $0))) }
    return SearchHit.best(scores, count).map { (words[$0.document], $0.score) }
  }
}
