import Intelligence
import Testing

/// Offsets of Jupyter, in code points, and of the compiler, in UTF-8.
@Suite struct TextOffsetTests {
  /// Lengths by the Unicode standard: UTF-8 needs 1 to 4 bytes a code point, and a grapheme can have several code points.
  static let cases: [(text: String, codePoints: Int, bytes: Int)] = [
    ("abc", 3, 3),
    ("é", 1, 2),
    ("e\u{301}", 2, 3),
    ("👍", 1, 4),
    ("👩‍👩‍👧", 5, 18),
    ("🇩🇪", 2, 8),
    ("a\r\nb", 4, 4),
    ("", 0, 0),
  ]

  @Test(arguments: cases) func endsAgree(text: String, codePoints: Int, bytes: Int) {
    #expect(TextOffset.utf8(ofCodePoint: codePoints, in: text) == bytes)
    #expect(TextOffset.codePoint(ofUTF8: bytes, in: text) == codePoints)
  }

  @Test(arguments: cases) func everyPositionComesBack(text: String, codePoints: Int, bytes: Int) {
    for position in 0...codePoints {
      let offset = TextOffset.utf8(ofCodePoint: position, in: text)
      #expect(TextOffset.codePoint(ofUTF8: offset, in: text) == position)
    }
  }

  @Test func positionsBetweenCarriageReturnAndNewlineExist() {
    #expect(TextOffset.utf8(ofCodePoint: 2, in: "a\r\nb") == 2)
    #expect(TextOffset.utf8(ofCodePoint: 1, in: "e\u{301}x") == 1)
  }

  @Test func positionsOutsideAreTheEnds() {
    #expect(TextOffset.utf8(ofCodePoint: -3, in: "äb") == 0)
    #expect(TextOffset.utf8(ofCodePoint: 99, in: "äb") == 3)
    #expect(TextOffset.codePoint(ofUTF8: -1, in: "äb") == 0)
    #expect(TextOffset.codePoint(ofUTF8: 99, in: "äb") == 2)
  }

  @Test func insideACharacterIsItsStart() {
    #expect(TextOffset.codePoint(ofUTF8: 1, in: "äb") == 0)
    #expect(TextOffset.codePoint(ofUTF8: 3, in: "a👍") == 1)
  }
}
