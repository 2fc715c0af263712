import JSON
import JupyterWire
import Testing
import ZeroMQ

@Suite(.serialized) struct RequestTests {
  /// The content of the reply to a request, whose transcript is `busy`, `idle`.
  private func answer(
    _ frontend: TestFrontend, _ type: String, _ content: JSONValue = [:], on channel: ConnectionFile.Channel = .shell
  ) throws -> JSONValue {
    let request = try frontend.send(type, content, on: channel)
    let (reply, published) = try frontend.complete(request, on: channel)
    #expect(reply.header.type == type.replacing("_request", with: "_reply"))
    #expect(published.transcript(of: request) == ["status busy", "status idle"])
    return reply.content
  }

  @Test func welcomesWhoSubscribes() throws {
    let frontend = try TestFrontend()
    #expect(frontend.welcome.header.type == "iopub_welcome")
    #expect(frontend.welcome.content == ["subscription": ""])
    #expect(frontend.welcome.parentHeader == Message.noParent)
  }

  @Test(arguments: [ConnectionFile.Channel.shell, .control])
  func saysWhatItIs(channel: ConnectionFile.Channel) throws {
    let frontend = try TestFrontend()
    let content = try answer(frontend, "kernel_info_request", on: channel)
    #expect(content["status"] == "ok")
    #expect(content["protocol_version"] == "5.6")
    #expect(content["implementation"] == "martlet")
    #expect(content["language_info"]?["name"] == "swift")
    #expect(content["language_info"]?["mimetype"] == "text/x-swift")
    #expect(content["language_info"]?["file_extension"] == ".swift")
    #expect(content["banner"]?.string?.isEmpty == false)
    #expect(content["supported_features"] == ["kernel subshells", "debugger"])
  }

  @Test func judgesCompleteness() throws {
    let frontend = try TestFrontend()
    #expect(try answer(frontend, "is_complete_request", ["code": "x"]) == ["status": "complete"])
    #expect(try answer(frontend, "is_complete_request", ["code": "{"]) == ["status": "incomplete", "indent": "  "])
    #expect(try answer(frontend, "is_complete_request", ["code": "}"]) == ["status": "invalid"])
    #expect(try answer(frontend, "is_complete_request", ["code": "?"]) == ["status": "unknown"])
  }

  /// A flag is one character, two code points, and four UTF-16 units.
  @Test(arguments: [(2, 2), (0, 0), (100, 4), (-5, 0)])
  func cursorsAreCodePoints(cursor: Int, expected: Int) throws {
    let frontend = try TestFrontend()
    let content: JSONValue = ["code": "🇸🇪ab", "cursor_pos": .integer(cursor)]
    #expect(
      try answer(frontend, "complete_request", content) == [
        "status": "ok", "matches": [], "cursor_start": .integer(expected), "cursor_end": .integer(expected),
        "metadata": ["_jupyter_types_experimental": []],
      ])
  }

  @Test func offersCompletionsWithTheirTypes() throws {
    let frontend = try TestFrontend()
    // The flag is two code points.
    let content = try answer(frontend, "complete_request", ["code": "🇸🇪 poi + 1", "cursor_pos": 6])
    #expect(content["status"] == "ok")
    #expect(content["matches"] == ["point", "pointed("])
    #expect(content["cursor_start"] == 3)
    #expect(content["cursor_end"] == 6)
    #expect(
      content["metadata"]?["_jupyter_types_experimental"] == [
        ["text": "point", "type": "variable", "signature": "point: Point", "start": 3, "end": 6],
        ["text": "pointed(", "type": "function", "signature": "pointed(at: Point)", "start": 3, "end": 6],
      ])
  }

  @Test func describesNames() throws {
    let frontend = try TestFrontend()
    #expect(
      try answer(frontend, "inspect_request", ["code": "🇸🇪 point", "cursor_pos": 4, "detail_level": 0]) == [
        "status": "ok", "found": true, "metadata": [:],
        "data": ["text/plain": "var point: Point, asked at 4", "text/markdown": "`point`"],
      ])
  }

  @Test func answersQuestionsAboutCodeWhileACellRuns() throws {
    let frontend = try TestFrontend()
    let cell = try frontend.execute("print on\nblock")
    while try frontend.receive(.iopub).header.type != "stream" {}
    let question = try frontend.send("complete_request", ["code": "poi", "cursor_pos": 3])
    let reply = try frontend.receive(.shell)
    #expect(reply.answers(question))
    #expect(reply.content["matches"] == ["point", "pointed("])
    frontend.evaluator.interrupt()
    #expect(try frontend.receive(.shell).answers(cell))
  }

  @Test func answersWhatItKnowsNothingAbout() throws {
    let frontend = try TestFrontend()
    #expect(
      try answer(frontend, "inspect_request", ["code": "x", "cursor_pos": 1, "detail_level": 0])
        == ["status": "ok", "found": false, "data": [:], "metadata": [:]])
    #expect(try answer(frontend, "comm_info_request") == ["status": "ok", "comms": [:]])
    #expect(try answer(frontend, "connect_request")["iopub_port"] == 2)
    #expect(try answer(frontend, "complete_request")["status"] == "error")
  }

  @Test func closesCommsOfUnknownTargets() throws {
    let frontend = try TestFrontend()
    let request = try frontend.send("comm_open", ["comm_id": "c", "target_name": "t", "data": [:]])
    let published = try frontend.published(until: request)
    #expect(published.transcript(of: request) == ["status busy", "comm_close", "status idle"])
    #expect(published[1].content == ["comm_id": "c", "data": [:]])
    #expect(try frontend.isQuiet(.shell))
  }

  @Test(arguments: ["weather_request", "input_reply", ""])
  func ignoresUnknownTypes(type: String) throws {
    let frontend = try TestFrontend()
    let request = try frontend.send(type)
    #expect(try frontend.published(until: request).transcript(of: request) == ["status busy", "status idle"])
    #expect(try frontend.isQuiet(.shell))
    #expect(frontend.log.all.count == 1)
  }

  @Test func shutsDown() throws {
    let frontend = try TestFrontend()
    let cell = try frontend.execute("print on\nblock")
    while try frontend.receive(.iopub).header.type != "stream" {}
    let request = try frontend.send("shutdown_request", ["restart": true], on: .control)
    let (reply, published) = try frontend.complete(request, on: .control)
    #expect(reply.content == ["status": "ok", "restart": true])
    #expect(published.transcript(of: request) == ["status busy", "shutdown_reply", "status idle"])
    frontend.server.waitForShutdown()
    frontend.server.close()
    #expect(frontend.evaluator.isShutDown.withLock { $0 })
    #expect(try frontend.receive(.shell).answers(cell))
  }

  @Test func theHeartEchoesBytes() throws {
    let frontend = try TestFrontend()
    try frontend.connect(.request, .hb)
    for beat in [[], [0, 255, 7], Array("ping".utf8)] as [[UInt8]] {
      try frontend.socket(.hb).send([beat])
      #expect(try frontend.socket(.hb).receive() == [beat])
    }
  }
}
