import MartletDisplay
import Testing

/// The session believes nothing that a cell sends: messages survive a round trip and broken ones are refused.
@Suite struct DisplayMessageTests {
  let bundle = DisplayBundle(
    [(type: .plainText, payload: "é"), (type: .png, payload: .data([0, 255])), (type: .json, payload: .json("{}"))],
    metadata: [(key: "image/png", json: #"{"width": 1}"#)])

  func isRefused(_ bytes: some Collection<UInt8>) -> Bool {
    if case nil = _DisplayMessage(decoding: bytes) { true } else { false }
  }

  @Test func roundTrip() throws {
    let bytes = _DisplayMessage.display(bundle, identifier: "a").encoded()
    guard case .display(let read, let identifier)? = _DisplayMessage(decoding: bytes) else {
      Issue.record("a display message was read as something else")
      return
    }
    #expect(identifier == "a")
    #expect(read.representations.map(\.type) == [.plainText, .png, .json])
    #expect(read[.plainText] == "é")
    #expect(read[.png] == .data([0, 255]))
    #expect(read[.json] == .json("{}"))
    #expect(read.metadata.map(\.json) == [#"{"width": 1}"#])
  }

  @Test func cutMessagesAreRefused() {
    let bytes = _DisplayMessage.update(bundle, identifier: "a").encoded()
    for length in 0..<bytes.count {
      #expect(isRefused(bytes.prefix(length)), "\(length) of \(bytes.count) bytes")
    }
  }

  @Test func arbitraryBytesDoNotTrap() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let count = Int.random(in: 0..<60, using: &generator)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      _ = _DisplayMessage(decoding: bytes)
    }
  }
}
