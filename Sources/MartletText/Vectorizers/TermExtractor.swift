import Foundation
import MartletModels

/// Finds the terms of one text after another. Every term is a slice of one buffer, so that no text is made for it.
struct TermExtractor {
  private let analysis: TextAnalysis
  private let preparation: TextPreparation
  private let stopWords: TermTable
  private let pattern: NSRegularExpression?
  private let shortestWord: Int
  private var text: [UInt8] = []
  /// The words of the text with single spaces between, and where each is.
  private var words: [UInt8] = []
  private var spans: [(start: Int, end: Int)] = []

  /// - Throws: ``FitError`` of kind `parameter` when the pattern is no regular expression or the range is not of at least 1.
  init(_ analysis: TextAnalysis) throws(FitError) {
    guard analysis.nGramRange.lowerBound >= 1 else {
      throw FitError(
        .parameter, expected: "nGramRange from at least 1", found: "\(analysis.nGramRange)",
        advice: "Change it and fit again.")
    }
    self.analysis = analysis
    preparation = TextPreparation(lowercase: analysis.lowercase, stripAccents: analysis.stripAccents)
    stopWords = TermTable(analysis.stopWords.words)
    let plain = [#"\b\w\w+\b"#: 2, #"(?u)\b\w\w+\b"#: 2, #"\b\w+\b"#: 1, #"(?u)\b\w+\b"#: 1]
    if let length = plain[analysis.tokenPattern] {
      (pattern, shortestWord) = (nil, length)
      return
    }
    do {
      (pattern, shortestWord) = (try NSRegularExpression(pattern: analysis.tokenPattern), 1)
    } catch {
      throw FitError(
        .parameter, expected: "tokenPattern to be a regular expression", found: analysis.tokenPattern,
        advice: "Change it and fit again.")
    }
  }

  /// Calls `body` with each term of a text, in the order of their lengths for rows of words.
  @inline(__always)
  mutating func forEachTerm(_ document: String, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    preparation.prepare(document, into: &text)
    switch analysis.analyzer {
    case .word:
      findWords()
      nGrams(words, spans, body)
    case .character:
      squeezeSpaces()
      nGrams(text, Self.scalarSpans(text), body)
    case .characterWithinWords: forEachTermWithinWords(body)
    }
  }

  /// Rows of neighbouring spans: a row's bytes are those from its first span's start to its last one's end.
  @inline(__always)
  private func nGrams(
    _ bytes: [UInt8], _ spans: [(start: Int, end: Int)], _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    bytes.withUnsafeBufferPointer { bytes in
      for length in analysis.nGramRange where length <= spans.count {
        for first in 0...spans.count - length {
          body(UnsafeBufferPointer(rebasing: bytes[spans[first].start..<spans[first + length - 1].end]))
        }
      }
    }
  }

  /// Where each scalar of valid UTF-8 is.
  private static func scalarSpans(_ bytes: [UInt8]) -> [(start: Int, end: Int)] {
    var spans: [(start: Int, end: Int)] = []
    spans.reserveCapacity(bytes.count)
    for place in bytes.indices where bytes[place] & 0xC0 != 0x80 {
      if !spans.isEmpty { spans[spans.count - 1].end = place }
      spans.append((place, bytes.count))
    }
    return spans
  }

  /// Two or more white spaces become one space.
  private mutating func squeezeSpaces() {
    var squeezed: [UInt8] = []
    squeezed.reserveCapacity(text.count)
    var run: [Unicode.Scalar] = []
    func end(_ run: inout [Unicode.Scalar]) {
      if run.count == 1 { squeezed.append(run[0]) } else if run.count > 1 { squeezed.append(32) }
      run.removeAll(keepingCapacity: true)
    }
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      if TextCharacter.isSpace(scalar) {
        run.append(scalar)
      } else {
        end(&run)
        squeezed.append(scalar)
      }
    }
    end(&run)
    text = squeezed
  }

  private func forEachTermWithinWords(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
    for word in scalars.split(whereSeparator: TextCharacter.isSpace) {
      let padded = [32] + Array(String(word).utf8) + [32]
      let spans = Self.scalarSpans(padded)
      padded.withUnsafeBufferPointer { bytes in
        for length in analysis.nGramRange {
          let last = max(spans.count - length, 0)
          for first in 0...last {
            let end = spans[min(first + length, spans.count) - 1].end
            body(UnsafeBufferPointer(rebasing: bytes[spans[first].start..<end]))
          }
          // A word that is no longer than the row counts once.
          if last == 0 { break }
        }
      }
    }
  }

  private mutating func findWords() {
    words.removeAll(keepingCapacity: true)
    spans.removeAll(keepingCapacity: true)
    if let pattern {
      for word in Self.matches(pattern, String(decoding: text, as: UTF8.self)) { keep(Array(word.utf8)[...]) }
      return
    }
    var place = 0
    while place < text.count {
      let start = place
      var length = 0
      while place < text.count {
        if text[place] < 0x80 {
          guard TextCharacter.isWord(text[place]) else { break }
          place += 1
        } else {
          let (scalar, size) = Self.scalar(text, place)
          guard TextCharacter.isWord(scalar) else { break }
          place += size
        }
        length += 1
      }
      if length >= shortestWord { keep(text[start..<place]) }
      if place < text.count { place += text[place] < 0x80 ? 1 : Self.scalar(text, place).size }
    }
  }

  private mutating func keep(_ word: ArraySlice<UInt8>) {
    if stopWords.count > 0, word.withUnsafeBufferPointer({ stopWords.number(of: $0) }) != nil { return }
    if !words.isEmpty { words.append(32) }
    spans.append((words.count, words.count + word.count))
    words.append(contentsOf: word)
  }

  /// The scalar that starts at a place of valid UTF-8, above ASCII.
  @inline(__always)
  private static func scalar(_ bytes: [UInt8], _ place: Int) -> (Unicode.Scalar, size: Int) {
    let size = bytes[place] < 0xE0 ? 2 : bytes[place] < 0xF0 ? 3 : 4
    var value = UInt32(bytes[place]) & (0xFF >> UInt32(size + 1))
    for next in 1..<size { value = value << 6 | UInt32(bytes[place + next] & 0x3F) }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", size)
  }

  /// What a pattern finds: its first group where it has one.
  private static func matches(_ pattern: NSRegularExpression, _ text: String) -> [String] {
    let whole = text as NSString
    return pattern.matches(in: text, range: NSRange(location: 0, length: whole.length)).compactMap { match in
      let range = match.range(at: pattern.numberOfCaptureGroups > 0 ? 1 : 0)
      return range.location == NSNotFound ? nil : whole.substring(with: range)
    }
  }
}
