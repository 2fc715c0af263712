import CMartletRuntime

/// Cuts the bytes of a CSV text into fields (RFC 4180), without copying those that have no doubled quotes.
struct CSVScanner {
  /// One field: where its bytes are, and how it was written.
  struct Field {
    let range: Range<Int>
    let isQuoted: Bool
    let hasDoubledQuotes: Bool
  }

  /// One row and the line on which it starts.
  struct Record {
    var fields: [Field]
    let line: Int
  }

  let bytes: UnsafeBufferPointer<UInt8>
  let separator: UInt8
  private(set) var position = 0
  private(set) var line = 1

  init(bytes: UnsafeBufferPointer<UInt8>, separator: UInt8) {
    self.bytes = bytes
    self.separator = separator
    // A byte order mark says only that the text is UTF-8.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The next row; `nil` at the end. Empty lines are not rows.
  mutating func next() throws(CSVError) -> Record? {
    martlet_poll()
    while let byte = peek, byte == newline || byte == carriageReturn { skipLineBreak() }
    guard position < bytes.count else { return nil }
    var record = Record(fields: [], line: line)
    while true {
      record.fields.append(try field(number: record.fields.count + 1))
      guard let byte = peek else { return record }
      if byte != separator {
        skipLineBreak()
        return record
      }
      position += 1
    }
  }

  private var newline: UInt8 { 10 }
  private var carriageReturn: UInt8 { 13 }
  private var quote: UInt8 { 34 }
  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// A line ends with LF, CR or CR LF.
  private mutating func skipLineBreak() {
    if bytes[position] == carriageReturn, position + 1 < bytes.count, bytes[position + 1] == newline { position += 1 }
    position += 1
    line += 1
  }

  private mutating func field(number: Int) throws(CSVError) -> Field {
    if peek == quote { return try quotedField(number: number) }
    let start = position
    while let byte = peek, byte != separator, byte != newline, byte != carriageReturn {
      if byte == 0 { throw Self.nul(line, number) }
      position += 1
    }
    return Field(range: start..<position, isQuoted: false, hasDoubledQuotes: false)
  }

  private mutating func quotedField(number: Int) throws(CSVError) -> Field {
    let firstLine = line
    position += 1
    let start = position
    var hasDoubledQuotes = false
    while let byte = peek {
      if byte == quote {
        if position + 1 < bytes.count, bytes[position + 1] == quote {
          hasDoubledQuotes = true
          position += 2
          continue
        }
        let end = position
        position += 1
        if let after = peek, after != separator, after != newline, after != carriageReturn {
          throw CSVError(
            .textAfterQuote, line: line, column: number,
            "a quoted field ends, but more text follows. A quote inside quotes is written twice: \"\".")
        }
        return Field(range: start..<end, isQuoted: true, hasDoubledQuotes: hasDoubledQuotes)
      }
      if byte == 0 { throw Self.nul(line, number) }
      if byte == newline || byte == carriageReturn { skipLineBreak() } else { position += 1 }
    }
    throw CSVError(.unterminatedQuote, line: firstLine, column: number, "a quoted field starts here and never ends.")
  }

  private static func nul(_ line: Int, _ number: Int) -> CSVError {
    CSVError(
      .encoding, line: line, column: number, "found a NUL byte; this is not a text in UTF-8. Is it UTF-16, or binary?")
  }
}
