import JSON
import JupyterWire
import Kernel
import Testing
import ZeroMQ

@Suite(.serialized) struct HostileInputTests {
  @Test func tenThousandBadMessagesOnEveryChannelDoNoHarm() throws {
    let frontend = try TestFrontend()
    try frontend.connect(.dealer, .hb)
    var generator = SystemRandomNumberGenerator()
    for channel in [ConnectionFile.Channel.shell, .control, .stdin, .hb] {
      for index in 0..<10_000 {
        var frames = (0..<Int.random(in: 1..<9, using: &generator)).map { _ in
          (0..<Int.random(in: 0..<40, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) }
        }
        if index % 2 == 0 { frames.insert(MessageCodec.delimiter, at: 0) }
        try frontend.socket(channel).send(frames)
      }
    }
    let request = try frontend.execute("print alive")
    let (reply, published) = try frontend.complete(request)
    #expect(reply.content["status"] == "ok")
    #expect(published.transcript(of: request).contains("stream stdout alive\n"))
    let lines = frontend.log.all
    #expect(!lines.isEmpty)
    #expect(lines.count < 500, "the log is bounded")
  }

  @Test func replayedAndUnsignedMessagesAreDropped() throws {
    let frontend = try TestFrontend()
    let codec = MessageCodec(signer: frontend.connection.signer)
    let header = MessageHeader(type: "execute_request", session: "s")
    let frames = codec.encode(Message(header: header, content: ["code": "print once"]))
    for _ in 0..<3 { try frontend.socket(.shell).send(frames) }
    #expect(try frontend.receive(.shell).content["status"] == "ok")
    // On another channel it is just as old.
    try frontend.socket(.control).send(frames)
    let unsigned = MessageCodec(signer: MessageSigner(key: []))
    try frontend.socket(.shell).send(unsigned.encode(Message(header: header, content: ["code": "print never"])))
    let last = try frontend.execute("print last")
    #expect(try frontend.receive(.shell).answers(last))
    #expect(frontend.evaluator.cells.withLock { $0.map(\.code) } == ["print once", "print last"])
    #expect(try frontend.isQuiet(.shell))
    #expect(try frontend.isQuiet(.control))
    #expect(frontend.log.all.count == 4)
  }

  @Test func deeplyNestedContentIsDropped() throws {
    let frontend = try TestFrontend(["key": ""])
    let header = MessageHeader(type: "execute_request", session: "s")
    let deep = Array((String(repeating: "{\"a\":", count: 100_000) + "1" + String(repeating: "}", count: 100_000)).utf8)
    try frontend.socket(.shell).send([
      MessageCodec.delimiter, [], header.encoded, Message.noParent, Message.noParent, deep,
    ])
    #expect(try frontend.complete(try frontend.execute("print alive")).reply.content["status"] == "ok")
    #expect(frontend.log.all.first?.contains("nested more than 512 levels deep") == true)
  }

  @Test func logLinesCannotBeForged() {
    let lines = TestFrontend.Lines()
    let log = KernelLog(write: lines.append)
    log("one\ntwo\u{1B}[31m" + String(repeating: "x", count: 2000))
    #expect(lines.all.count == 1)
    #expect(lines.all[0].hasPrefix("one two [31mxxx"))
    #expect(lines.all[0].count == 500)
  }
}
