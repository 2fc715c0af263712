import Foundation

/// Cuts a text into parts at the starts of rows.
enum CSVCutting {
  private static let blockSize = 1 << 20

  /// Parts that together are all rows from `start` on.
  ///
  /// Whether a place is inside quotes is told by the number of quotes before it. In a text with a quote in the midst of
  /// an unquoted field that guess may be wrong; the reader notices, because then a part does not end where the next one
  /// starts.
  static func parts(_ text: CSVBytes, from start: Int) -> [CSVPart] {
    let count = text.count - start
    let blocks = max(1, (count + blockSize - 1) / blockSize)
    func block(_ block: Int) -> Range<Int> {
      start + block * blockSize..<min(text.count, start + (block + 1) * blockSize)
    }
    var counts = [Int](repeating: 0, count: blocks)
    counts.withMutablePointer { counts in Parallel.perform(blocks) { counts[$0] = quoteCount(text, block($0)) } }

    // At most 16 MiB each, and several for each core so that none waits long for the last one.
    let blocksPerPart = min(16, max(1, blocks / (4 * Parallel.coreCount)))
    var starts = [start]
    var quotes = 0
    for block in 0..<blocks {
      let place = start + block * blockSize
      if block > 0, block % blocksPerPart == 0, place > starts[starts.count - 1] {
        starts.append(rowStart(text, from: place, isInQuotes: quotes % 2 == 1))
      }
      quotes += counts[block]
    }
    starts = starts.filter { $0 < text.count } + [text.count]
    return (0..<starts.count - 1).map { CSVPart(start: starts[$0], end: starts[$0 + 1]) }
  }

  private static func quoteCount(_ text: CSVBytes, _ range: Range<Int>) -> Int {
    var count = 0
    var place = range.lowerBound
    // Most texts have no quotes at all, and the C library finds that out fastest.
    while place < range.upperBound, let found = memchr(text.start + place, 34, range.upperBound - place) {
      count += 1
      place = UnsafeRawPointer(found) - UnsafeRawPointer(text.start) + 1
    }
    return count
  }

  /// The start of the first row at or after a place.
  private static func rowStart(_ text: CSVBytes, from place: Int, isInQuotes: Bool) -> Int {
    var (place, isInQuotes) = (place, isInQuotes)
    let bytes = text.start
    while place < text.count {
      if bytes[place] == 34 { isInQuotes.toggle() }
      if !isInQuotes && (bytes[place] == 10 || (bytes[place] == 13 && bytes[place + 1] != 10)) { return place + 1 }
      place += 1
    }
    return text.count
  }
}
