/// Converts between the offsets of Jupyter's messages, in Unicode code points, and those of the compiler, in UTF-8.
package enum TextOffset {
  /// The UTF-8 offset of a position counted in code points; beyond the ends, the nearer end.
  ///
  /// Complexity: O(code points before it).
  package static func utf8(ofCodePoint offset: Int, in text: String) -> Int {
    let scalars = text.unicodeScalars
    guard offset > 0 else { return 0 }
    let index = scalars.index(scalars.startIndex, offsetBy: offset, limitedBy: scalars.endIndex) ?? scalars.endIndex
    return text.utf8.distance(from: text.startIndex, to: index)
  }

  /// The position in code points of a UTF-8 offset; an offset within a code point counts as its start.
  ///
  /// Complexity: O(bytes before it).
  package static func codePoint(ofUTF8 offset: Int, in text: String) -> Int {
    // Every code point has one byte that is no continuation.
    let end = min(max(offset, 0), text.utf8.count)
    let bytes = text.utf8.prefix(end + 1)
    let starts = bytes.prefix(end).count { $0 & 0xc0 != 0x80 }
    let isWithin = bytes.count > end && bytes.last.map { $0 & 0xc0 == 0x80 } == true
    return isWithin ? starts - 1 : starts
  }
}
