/// A cell's text by UTF-8 offsets, as the compiler counts.
package struct CellText: Sendable {
  package let bytes: [UInt8]

  package init(_ code: String) { bytes = Array(code.utf8) }

  /// The text of a range.
  package func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The lines of a range, without their line breaks.
  func lines(in range: Range<Int>) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = range.lowerBound
    for index in range where bytes[index] == 0x0A {
      lines.append(start..<index)
      start = index + 1
    }
    if start < range.upperBound { lines.append(start..<range.upperBound) }
    return lines
  }

  /// The line of an offset, from 1.
  func line(of offset: Int) -> Int { bytes[..<offset].count { $0 == 0x0A } + 1 }

  func isBlank(_ range: Range<Int>) -> Bool { bytes[range].allSatisfy { Self.isSpace($0) || $0 == 0x0A } }

  func endsInBackslash(_ range: Range<Int>) -> Bool {
    let end = bytes[range].last { $0 != 0x0D }
    return end == UInt8(ascii: "\\")
  }

  /// The range without white space at its ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, Self.isSpace(bytes[start]) || bytes[start] == 0x0A { start += 1 }
    while start < end, Self.isSpace(bytes[end - 1]) || bytes[end - 1] == 0x0A { end -= 1 }
    return start..<end
  }

  /// The whole text with spaces for all but a range, so that every offset, line and column stays what it is.
  func blanked(keeping kept: Range<Int>) -> [UInt8] {
    bytes.indices.map { kept.contains($0) || bytes[$0] == 0x0A ? bytes[$0] : 0x20 }
  }

  /// The same for tools that count code points: one space for each that goes.
  func blankedCharacters(keeping kept: [Range<Int>]) -> String {
    var result = String.UnicodeScalarView()
    var offset = 0
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      let isKept = scalar == "\n" || kept.contains { $0.contains(offset) }
      result.append(isKept ? scalar : " ")
      offset += UTF8.width(scalar)
    }
    return String(result)
  }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
}
