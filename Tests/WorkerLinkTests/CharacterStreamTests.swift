import Testing
import WorkerLink

@Suite struct CharacterStreamTests {
  @Test(arguments: ["plain", "é", "naïve café", "日本語", "🙂🙃", "a🙂b"])
  func joinsScalarsThatWereCut(text: String) {
    let bytes = Array(text.utf8)
    for cut in 0...bytes.count {
      var stream = CharacterStream()
      let first = stream.decode(bytes[..<cut])
      #expect(!first.unicodeScalars.contains("\u{FFFD}"))
      #expect(first + stream.decode(bytes[cut...]) + stream.finish() == text)
    }
  }

  @Test func replacesBytesThatAreNoText() {
    var stream = CharacterStream()
    #expect(stream.decode([0x61, 0xFF, 0x62]) == "a\u{FFFD}b")
  }

  @Test func replacesAScalarThatNeverEnds() {
    var stream = CharacterStream()
    #expect(stream.decode([0x61, 0xE6, 0x97]) == "a")
    #expect(stream.finish() == "\u{FFFD}")
  }
}
