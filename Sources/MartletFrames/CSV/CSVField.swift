/// One field: where its bytes are, and how it was written.
struct CSVField {
  var start: Int
  var end: Int
  var isQuoted: Bool
  var hasDoubledQuotes: Bool

  /// What is wrong with a text, and where.
  struct Problem: Error {
    let kind: CSVError.Kind
    let position: Int
    let field: Int?
    let message: String

    func error(in bytes: CSVBytes) -> CSVError {
      CSVError(kind, line: bytes.line(of: position), column: field, message)
    }
  }

  /// The field that starts at `position`, which is moved to what follows it: a separator or a line break.
  @inline(__always)
  static func next(
    _ bytes: UnsafePointer<UInt8>, count: Int, _ position: inout Int, separators: CSVSeparators, number: Int
  ) throws(Problem) -> CSVField {
    if bytes[position] == 34 && position < count {
      return try quoted(bytes, count: count, &position, separators, number)
    }
    let start = position
    position = separators.end(bytes, from: position, count: count)
    return CSVField(start: start, end: position, isQuoted: false, hasDoubledQuotes: false)
  }

  @inline(never)
  private static func quoted(
    _ bytes: UnsafePointer<UInt8>, count: Int, _ position: inout Int, _ separators: CSVSeparators, _ number: Int
  ) throws(Problem) -> CSVField {
    let quote = position
    position += 1
    let start = position
    var hasDoubledQuotes = false
    while position < count {
      if bytes[position] != 34 {
        position += 1
      } else if position + 1 < count && bytes[position + 1] == 34 {
        hasDoubledQuotes = true
        position += 2
      } else {
        let end = position
        position += 1
        if position < count && !separators.isOne(bytes[position]) {
          throw Problem(
            kind: .textAfterQuote, position: position, field: number,
            message: "a quoted field ends, but more text follows. A quote inside quotes is written twice: \"\".")
        }
        return CSVField(start: start, end: end, isQuoted: true, hasDoubledQuotes: hasDoubledQuotes)
      }
    }
    throw Problem(
      kind: .unterminatedQuote, position: quote, field: number,
      message: "a quoted field starts here and never ends.")
  }
}

/// Finds where unquoted fields end, eight bytes at a time.
struct CSVSeparators {
  private let separator: UInt8
  private let pattern: UInt64

  init(_ separator: UInt8) {
    self.separator = separator
    pattern = UInt64(separator) &* Self.ones
  }

  private static var ones: UInt64 { 0x0101_0101_0101_0101 }
  private static var highs: UInt64 { 0x8080_8080_8080_8080 }

  @inline(__always)
  func isOne(_ byte: UInt8) -> Bool { byte == separator || byte == 10 || byte == 13 }

  /// The place of the next separator or line break; there is a line break at `count`.
  @inline(__always)
  func end(_ bytes: UnsafePointer<UInt8>, from start: Int, count: Int) -> Int {
    var place = start
    let raw = UnsafeRawPointer(bytes)
    while true {
      let word = raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      // The lowest mark is exact; those above it may be wrong, and do not matter.
      let marks =
        Self.zeros(word ^ pattern) | Self.zeros(word ^ 0x0A0A_0A0A_0A0A_0A0A) | Self.zeros(word ^ 0x0D0D_0D0D_0D0D_0D0D)
      if marks != 0 { return place + marks.trailingZeroBitCount >> 3 }
      place += 8
    }
  }

  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }
}
