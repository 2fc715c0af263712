import Foundation

/// A part of a document that is short enough to be found and quoted.
public struct TextChunk: Sendable, Equatable, Codable {
  /// Which document it is of.
  public let document: Int
  /// Where in the document it stands, in Unicode scalars.
  public let range: Range<Int>
  /// The part itself.
  public let text: String
}

/// Cuts documents into chunks at the ends of sentences, each overlapping the one before.
///
///     let chunks = try TextChunker(length: 120, overlap: 30).chunks(of: documents)
public struct TextChunker: Sendable, Equatable {
  /// How many words a chunk has at most, but for sentences that are longer; those are cut.
  public var length: Int
  /// How many words of the end of a chunk the next one begins with, at most, in whole sentences; less than ``length``.
  public var overlap: Int

  /// - Parameters:
  ///   - length: the most words of a chunk.
  ///   - overlap: how many words neighbouring chunks share at most.
  public init(length: Int = 120, overlap: Int = 30) {
    self.length = length
    self.overlap = overlap
  }

  /// The chunks of documents, in their order.
  /// - Throws: ``RetrievalError`` when the lengths do not fit together.
  public func chunks(of documents: [String]) throws(RetrievalError) -> [TextChunk] {
    guard length > 0, 0..<length ~= overlap else {
      throw RetrievalError("Expected a length above 0 and an overlap below it; found \(length) and \(overlap).")
    }
    return documents.enumerated().flatMap { document, text in
      let scalars = Array(text.unicodeScalars)
      return groups(Self.sentences(scalars, longest: length)).map { range in
        TextChunk(document: document, range: range, text: String(scalars[range]))
      }
    }
  }

  /// Consecutive sentences together, as many as fit.
  private func groups(_ sentences: [(range: Range<Int>, words: Int)]) -> [Range<Int>] {
    var (groups, first): ([Range<Int>], Int) = ([], 0)
    while first < sentences.count {
      var (end, words) = (first, 0)
      while end < sentences.count, end == first || words + sentences[end].words <= length {
        words += sentences[end].words
        end += 1
      }
      groups.append(sentences[first].range.lowerBound..<sentences[end - 1].range.upperBound)
      if end == sentences.count { break }
      var (next, shared) = (end, 0)
      while next - 1 > first, shared + sentences[next - 1].words <= overlap {
        next -= 1
        shared += sentences[next].words
      }
      first = next
    }
    return groups
  }

  /// Sentences without the white space around them; those with too many words in parts.
  private static func sentences(_ scalars: [Unicode.Scalar], longest: Int) -> [(range: Range<Int>, words: Int)] {
    var (found, start, words, isInWord): ([(range: Range<Int>, words: Int)], Int?, Int, Bool) = ([], nil, 0, false)
    var last = 0
    func isEnd(_ place: Int) -> Bool {
      if ["。", "！", "？"].contains(scalars[place]) { return true }
      if scalars[place] == "\n" { return place + 1 < scalars.count && scalars[place + 1] == "\n" }
      guard [".", "!", "?"].contains(scalars[place]) else { return false }
      return place + 1 == scalars.count || CharacterKind.isSpace(scalars[place + 1])
    }
    for place in scalars.indices {
      let isSpace = CharacterKind.isSpace(scalars[place])
      if !isSpace {
        if start == nil { start = place }
        if !isInWord {
          if words == longest, let from = start, from < place {
            found.append((from..<last, words))
            (start, words) = (place, 0)
          }
          words += 1
        }
        last = place + 1
      }
      isInWord = !isSpace
      if isEnd(place), let from = start {
        found.append((from..<last, words))
        (start, words, isInWord) = (nil, 0, false)
      }
    }
    if let start { found.append((start..<last, words)) }
    return found
  }
}

/// Why documents could not be cut, indexed or asked.
public struct RetrievalError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was expected, what was found, and what to do.
  public let description: String
  init(_ description: String) { self.description = description }
}
