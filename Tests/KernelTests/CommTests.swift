import Glibc
import JSON
import JupyterWire
import Testing

@Suite(.serialized) struct CommTests {
  private func send(
    _ frontend: TestFrontend, _ type: String, _ content: JSONValue, buffers: [[UInt8]] = []
  ) throws -> Message {
    try frontend.send(type, content, buffers: buffers)
  }

  @Test func listsOpenComms() throws {
    let frontend = try TestFrontend()
    for (content, expected): (JSONValue, JSONValue) in [
      ([:], ["one": ["target_name": "script"], "two": ["target_name": "script"], "three": ["target_name": "other"]]),
      (["target_name": "other"], ["three": ["target_name": "other"]]), (["target_name": "none"], [:]),
    ] {
      let request = try frontend.send("comm_info_request", content)
      let (reply, published) = try frontend.complete(request)
      #expect(reply.content == ["status": "ok", "comms": expected])
      #expect(published.transcript(of: request) == ["status busy", "status idle"])
    }
  }

  @Test func closesCommsOfUnknownTargets() throws {
    let frontend = try TestFrontend()
    let request = try frontend.send("comm_open", ["comm_id": "c", "target_name": "t", "data": [:]])
    let published = try frontend.published(until: request)
    #expect(published.transcript(of: request) == ["status busy", "comm_close", "status idle"])
    #expect(published[1].content == ["comm_id": "c", "data": [:]])
  }

  @Test func passesMessagesOnWithTheirBuffers() throws {
    let frontend = try TestFrontend()
    let content: JSONValue = ["comm_id": "c", "data": ["say": ["x": 1.5]]]
    let request = try send(frontend, "comm_msg", content, buffers: [[0, 255], []])
    let published = try frontend.published(until: request)
    #expect(published.transcript(of: request) == ["status busy", "comm_msg", "status idle"])
    #expect(published[1].content == ["comm_id": "c", "data": ["x": 1.5]])
    #expect(published[1].buffers == [[0, 255], []])
    #expect(try frontend.isQuiet(.shell))
  }

  @Test func publishesHowACallbackFailed() throws {
    let frontend = try TestFrontend()
    let request = try frontend.send("comm_msg", ["comm_id": "c", "data": ["fail": "Trap"]])
    let published = try frontend.published(until: request)
    #expect(published.transcript(of: request) == ["status busy", "error", "status idle"])
    #expect(published[1].content["ename"] == "Trap")
  }

  /// Neither a cell nor another comm's callback is waited for; each message has its own busy and idle.
  @Test func nothingWaitsForAnything() throws {
    let frontend = try TestFrontend()
    let cell = try frontend.execute("block")
    let slow = try frontend.send("comm_msg", ["comm_id": "s", "data": ["say": 1, "milliseconds": 400]])
    let quick = try frontend.send("comm_msg", ["comm_id": "q", "data": ["say": 2]])
    var published = try frontend.published(until: quick)
    #expect(!published.contains { $0.answers(slow) && $0.content["execution_state"] == "idle" })
    published += try frontend.published(until: slow)
    #expect(published.filter { $0.answers(slow) }.transcript(of: slow) == ["status busy", "comm_msg", "status idle"])
    frontend.evaluator.interrupt()
    _ = try frontend.published(until: cell)
  }

  @Test(
    arguments: [
      ("comm_msg", ["data": [:]]), ("comm_open", ["comm_id": "x"]), ("comm_close", [:]), ("comm_msg", ["comm_id": 5]),
    ] as [(String, JSONValue)])
  func malformedMessagesAreLoggedAndFramed(type: String, content: JSONValue) throws {
    let frontend = try TestFrontend()
    let request = try frontend.send(type, content)
    #expect(try frontend.published(until: request).transcript(of: request) == ["status busy", "status idle"])
    // The line is written by the thread that hands comms on, which may come after the status.
    let limit = ContinuousClock.now + .seconds(10)
    while !frontend.log.all.contains(where: { $0.contains(type) }), ContinuousClock.now < limit { usleep(10_000) }
    #expect(frontend.log.all.contains { $0.contains(type) })
  }
}
