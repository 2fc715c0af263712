import JSON
import JupyterWire
import Testing

@Suite struct MessageCodecTests {
  private let key = Array("secret".utf8)
  private var codec: MessageCodec { MessageCodec(signer: MessageSigner(key: key)) }

  private func message(_ type: String = "execute_request") -> Message {
    Message(
      identities: [[0, 1, 2], Array("client".utf8)], header: MessageHeader(type: type, session: "s"),
      metadata: ["cellId": "c"], content: ["code": "1 + 1 // é"], buffers: [[9, 8], []])
  }

  @Test func decodesWhatItEncodes() throws {
    let message = message()
    #expect(try codec.decode(codec.encode(message)) == message)
  }

  @Test func framesAreInTheProtocolsOrder() {
    let message = message()
    let frames = codec.encode(message)
    let text = frames.map { String(decoding: $0, as: UTF8.self) }
    #expect(frames.count == 10)
    #expect(Array(frames[0..<2]) == message.identities)
    #expect(text[2] == "<IDS|MSG>")
    #expect(text[3].count == 64)
    #expect(frames[4] == message.header.encoded)
    #expect(Array(text[5..<8]) == ["{}", #"{"cellId":"c"}"#, #"{"code":"1 + 1 // é"}"#])
    #expect(Array(frames[8...]) == message.buffers)
  }

  /// Members that are not known, their order and their spacing come back unchanged.
  @Test func repliesCarryTheRequestsHeaderByteForByte() throws {
    let header = Array(#"{ "msg_type":"x_request", "extra": [1,  2.50], "msg_id":"\u0061" }"#.utf8)
    let parsed = try MessageHeader(parsing: header)
    #expect(parsed.identifier == "a")
    let reply = Message(identities: [[7]], header: parsed).reply("x_reply", session: "s", content: [:])
    #expect(reply.parentHeader == header)
    #expect(reply.identities == [[7]])
    #expect(codec.encode(reply)[4] == header)
  }

  @Test func aHeaderSaysWhatTheProtocolDemands() throws {
    let header = MessageHeader(type: "status", session: "s")
    let members = try JSONValue(parsing: header.encoded)
    #expect(members["msg_type"] == "status")
    #expect(members["session"] == "s")
    #expect(members["version"] == "5.6")
    #expect(members["msg_id"]?.string?.count == 32)
    let date = try #require(members["date"]?.string)
    #expect(date.wholeMatch(of: /20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d\.\d{6}Z/) != nil, "\(date)")
    #expect(MessageHeader(type: "status", session: "s").identifier != header.identifier)
  }

  @Test func refusesWhatIsNotSigned() throws {
    var frames = codec.encode(message())
    frames[7] = Array(#"{"code":"2"}"#.utf8)
    #expect(throws: WireError.badSignature) { try codec.decode(frames) }
    let stranger = MessageCodec(signer: MessageSigner(key: Array("other".utf8)))
    #expect(throws: WireError.badSignature) { try codec.decode(stranger.encode(message())) }
    let unsigned = MessageCodec(signer: MessageSigner(key: []))
    #expect(throws: WireError.badSignature) { try codec.decode(unsigned.encode(message())) }
  }

  @Test func refusesAMessageTheSecondTime() throws {
    let codec = codec
    let frames = codec.encode(message())
    _ = try codec.decode(frames)
    #expect(throws: WireError.replayed) { try codec.decode(frames) }
    _ = try codec.decode(codec.encode(message()))
  }

  @Test func withoutAKeyNothingIsChecked() throws {
    let codec = MessageCodec(signer: MessageSigner(key: []))
    let frames = codec.encode(message())
    #expect(frames[3].isEmpty)
    _ = try codec.decode(frames)
    _ = try codec.decode(frames)
  }

  @Test func saysWhatIsWrongWithFrames() throws {
    let codec = MessageCodec(signer: MessageSigner(key: []))
    let good = codec.encode(Message(header: MessageHeader(type: "t", session: "s")))
    #expect(throws: WireError.noDelimiter) { try codec.decode([]) }
    #expect(throws: WireError.noDelimiter) { try codec.decode([[1], [2]]) }
    #expect(throws: WireError.tooFewFrames(4)) { try codec.decode(Array(good.dropLast())) }
    for (index, part) in [(2, "header"), (4, "metadata"), (5, "content")] {
      for bytes in ["", "[]", "{", "1", "{\"a\":\u{1}}"] {
        var frames = good
        frames[index] = Array(bytes.utf8)
        let error = #expect(throws: WireError.self) { try codec.decode(frames) }
        #expect(error?.description.contains("The \(part) is unusable") == true)
      }
    }
  }

  /// Ten thousand messages that were damaged or made up: none gets through, none does harm.
  @Test func survivesRandomFrames() throws {
    var generator = SystemRandomNumberGenerator()
    let codec = codec
    let open = MessageCodec(signer: MessageSigner(key: []))
    for _ in 0..<10_000 {
      var frames = codec.encode(message())
      let frame = Int.random(in: 3..<8, using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: frames.remove(at: Int.random(in: 2..<8, using: &generator))
      case 1: frames[frame].append(UInt8.random(in: 0...255, using: &generator))
      case 2:
        let place = Int.random(in: 0..<frames[frame].count, using: &generator)
        frames[frame][place] ^= UInt8.random(in: 1...255, using: &generator)
      default:
        frames = (0..<Int.random(in: 0..<12, using: &generator)).map { _ in
          Bool.random(using: &generator)
            ? MessageCodec.delimiter
            : (0..<Int.random(in: 0..<30, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) }
        }
      }
      #expect(throws: WireError.self) { try codec.decode(frames) }
      _ = try? open.decode(frames)
    }
  }
}

@Suite struct ReplayGuardTests {
  @Test func forgetsTheOldestOnly() {
    let replays = ReplayGuard(capacity: 3)
    for signature in 0..<3 as Range<UInt8> { #expect(replays.admits([signature])) }
    for signature in 0..<3 as Range<UInt8> { #expect(!replays.admits([signature])) }
    #expect(replays.admits([3]))
    #expect(!replays.admits([1]))
    #expect(!replays.admits([2]))
    #expect(replays.admits([0]))
    #expect(replays.admits([1]))
  }
}
