import JSON
import JupyterWire
import Testing

@Suite(.serialized) struct ExecutionTests {
  @Test func showsThingsInTheOrderInWhichTheyHappen() throws {
    let frontend = try TestFrontend()
    let request = try frontend.execute("print a\nprint b\nwarn c\ndisplay d\nprint e\nclear\nupdate f\nresult g")
    let (reply, published) = try frontend.complete(request)
    #expect(
      published.transcript(of: request) == [
        "status busy", "execute_input", "stream stdout a\nb\n", "stream stderr c\n", "display_data",
        "stream stdout e\n", "clear_output", "update_display_data", "execute_result", "status idle",
      ])
    #expect(reply.header.type == "execute_reply")
    #expect(reply.content == ["status": "ok", "execution_count": 1, "user_expressions": [:], "payload": []])
    #expect(reply.metadata["started"]?.string?.hasPrefix("20") == true)
    #expect(published[1].content == ["code": request.content["code"]!, "execution_count": 1])
    #expect(published[4].content["transient"] == ["display_id": "id"])
    #expect(published[6].content == ["wait": true])
    #expect(
      published[8].content == [
        "data": ["text/plain": "g"], "metadata": [:], "transient": [:], "execution_count": 1,
      ])
  }

  @Test func anErrorIsOneMessage() throws {
    let frontend = try TestFrontend()
    let request = try frontend.execute("print a\nfail Oops")
    let (reply, published) = try frontend.complete(request)
    #expect(
      published.transcript(of: request)
        == ["status busy", "execute_input", "stream stdout a\n", "error", "status idle"])
    let facts: JSONValue = ["ename": "Oops", "evalue": "it failed", "traceback": ["line 1", "line 2"]]
    #expect(published[3].content == facts)
    #expect(reply.content["status"] == "error")
    #expect(reply.content["ename"] == "Oops")
    #expect(reply.content["traceback"] == ["line 1", "line 2"])
    #expect(reply.content["execution_count"] == 1)
  }

  @Test func silentCellsShowNothingAndAreNotCounted() throws {
    let frontend = try TestFrontend()
    for code in ["", "print a\nresult b", "fail Oops"] {
      let request = try frontend.execute(code, ["silent": true, "store_history": true])
      let (reply, published) = try frontend.complete(request)
      #expect(published.transcript(of: request) == ["status busy", "status idle"])
      #expect(reply.content["execution_count"] == 0)
    }
    let (reply, _) = try frontend.complete(try frontend.execute("number"))
    #expect(reply.content["execution_count"] == 1)
  }

  @Test func countsWhatIsStored() throws {
    let frontend = try TestFrontend()
    var counts: [JSONValue?] = []
    for (code, isStored) in [("number", true), ("number", false), (" \n", true), ("fail x", true), ("number", true)] {
      let (reply, _) = try frontend.complete(try frontend.execute(code, ["store_history": .bool(isStored)]))
      counts.append(reply.content["execution_count"])
    }
    #expect(counts == [1, 1, 1, 2, 3])
  }

  @Test func valuesUserExpressions() throws {
    let frontend = try TestFrontend()
    let request = try frontend.execute("", ["user_expressions": ["a": "x", "b": "bad"]])
    let (reply, _) = try frontend.complete(request)
    let values = reply.content["user_expressions"]
    #expect(values?["a"] == ["status": "ok", "data": ["text/plain": "value"], "metadata": [:]])
    #expect(values?["b"]?["status"] == "error")
    #expect(values?["b"]?["ename"] == "Bad")
  }

  @Test func passesOnTheCellsIdentifier() throws {
    let frontend = try TestFrontend()
    let request = try frontend.execute("identifier", metadata: ["cellId": "abc"])
    #expect(try frontend.complete(request).published.transcript(of: request)[2] == "stream stdout abc")
  }

  private func openTheGateWhenAllHasArrived(_ frontend: TestFrontend) throws {
    let question = try frontend.send("kernel_info_request")
    #expect(try frontend.receive(.shell).answers(question))
    frontend.evaluator.gate.signal()
  }

  @Test func anErrorAbortsWhatWaits() throws {
    let frontend = try TestFrontend()
    let first = try frontend.execute("gate\nfail Oops")
    let second = try frontend.execute("print never")
    let third = try frontend.execute("print never")
    try openTheGateWhenAllHasArrived(frontend)
    #expect(try frontend.complete(first).reply.content["status"] == "error")
    for request in [second, third] {
      let (reply, published) = try frontend.complete(request)
      #expect(reply.content["status"] == "aborted")
      #expect(reply.content["execution_count"] == 1)
      #expect(published.transcript(of: request) == ["status busy", "status idle"])
    }
    #expect(try frontend.complete(try frontend.execute("number")).reply.content["status"] == "ok")
  }

  /// Who asks again as soon as the error is seen is not among those that waited.
  @Test func anErrorAbortsNothingThatCameAfterIt() throws {
    let frontend = try TestFrontend()
    for _ in 0..<100 {
      let first = try frontend.execute("fail Oops")
      while try frontend.receive(.iopub).header.type != "error" {}
      let second = try frontend.execute("print on")
      #expect(try frontend.receive(.shell).answers(first))
      #expect(try frontend.complete(second).reply.content["status"] == "ok")
    }
  }

  @Test func anErrorAbortsNothingIfNotWanted() throws {
    let frontend = try TestFrontend()
    let first = try frontend.execute("gate\nfail Oops", ["stop_on_error": false])
    let second = try frontend.execute("print on")
    try openTheGateWhenAllHasArrived(frontend)
    #expect(try frontend.complete(first).reply.content["status"] == "error")
    #expect(try frontend.complete(second).reply.content["status"] == "ok")
  }

  @Test func everythingElseIsAnsweredWhileACellRuns() throws {
    let frontend = try TestFrontend()
    let cell = try frontend.execute("print on\nblock")
    let next = try frontend.execute("print next")
    for type in ["kernel_info_request", "is_complete_request", "complete_request", "comm_info_request"] {
      let question = try frontend.send(type, ["code": "x", "cursor_pos": 1])
      #expect(try frontend.receive(.shell).answers(question))
    }
    var published: [Message] = []
    while published.last?.header.type != "stream" { published.append(try frontend.receive(.iopub)) }
    let interrupt = try frontend.send("interrupt_request", on: .control)
    #expect(try frontend.receive(.control).answers(interrupt))
    #expect(try frontend.receive(.shell).content["ename"] == "Interrupted")
    #expect(try frontend.receive(.shell).content["status"] == "aborted")
    published += try frontend.published(until: next)
    #expect(
      published.filter { $0.answers(cell) }.transcript(of: cell)
        == ["status busy", "execute_input", "stream stdout on\n", "error", "status idle"])
  }

  @Test func requestsRunInOrder() throws {
    let frontend = try TestFrontend()
    let requests = try (0..<50).map { try frontend.execute("print \($0)\nresult x") }
    var published: [Message] = []
    for request in requests {
      #expect(try frontend.receive(.shell).answers(request))
      published += try frontend.published(until: request)
    }
    let texts = published.filter { $0.header.type == "stream" }.compactMap { $0.content["text"]?.string }
    #expect(texts == (0..<50).map { "\($0)\n" })
  }

  @Test func textIsLiveAndBatched() throws {
    let frontend = try TestFrontend()
    let request = try frontend.execute("print first\ngate\nspam 20000")
    _ = try frontend.receive(.iopub)
    _ = try frontend.receive(.iopub)
    // The cell still runs.
    #expect(try frontend.receive(.iopub).content["text"] == "first\n")
    frontend.evaluator.gate.signal()
    let (_, published) = try frontend.complete(request)
    let streams = published.filter { $0.header.type == "stream" }
    let text = streams.compactMap { $0.content["text"]?.string }.joined()
    #expect(text == (0..<20_000).map { "line \($0)\n" }.joined())
    #expect(streams.count < 200, "\(streams.count) messages for 20,000 lines")
  }

  @Test func lateOutputKeepsItsCell() throws {
    let frontend = try TestFrontend()
    let first = try frontend.execute("late after")
    _ = try frontend.complete(first)
    let second = try frontend.execute("awaitLate\nprint now")
    let published = try frontend.complete(second).published
    let late = try #require(published.first { $0.header.type == "stream" })
    #expect(late.answers(first))
    #expect(late.content == ["name": "stdout", "text": "after"])
    #expect(published.last { $0.header.type == "stream" }?.answers(second) == true)
  }

  @Test func badRequestsAreAnswered() throws {
    let frontend = try TestFrontend()
    let request = try frontend.send("execute_request", ["code": 7])
    let (reply, published) = try frontend.complete(request)
    #expect(reply.content["status"] == "error")
    #expect(reply.content["evalue"] == "'code' is not text.")
    #expect(published.transcript(of: request) == ["status busy", "status idle"])
  }
}
