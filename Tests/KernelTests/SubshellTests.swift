import JSON
import JupyterWire
import Testing

@Suite(.serialized) struct SubshellTests {
  private func control(_ frontend: TestFrontend, _ type: String, _ content: JSONValue = [:]) throws -> JSONValue {
    let request = try frontend.send(type, content, on: .control)
    let (reply, published) = try frontend.complete(request, on: .control)
    #expect(reply.header.type == type.replacing("_request", with: "_reply"))
    #expect(published.transcript(of: request) == ["status busy", "status idle"])
    return reply.content
  }

  private func create(_ frontend: TestFrontend) throws -> String {
    let content = try control(frontend, "create_subshell_request")
    #expect(content["status"] == "ok")
    return try #require(content["subshell_id"]?.string)
  }

  /// The texts of the cells that end, in the order in which they do.
  /// Returns when all that was sent to these shells has arrived: a question behind it is answered while cells wait.
  private func letArrive(_ frontend: TestFrontend, in shells: [String?]) throws {
    for shell in shells {
      let question = try frontend.send("kernel_info_request", subshell: shell)
      #expect(try frontend.receive(.shell).answers(question))
    }
  }

  private func order(_ frontend: TestFrontend, of requests: [Message]) throws -> [String] {
    try requests.map { _ in
      let reply = try frontend.receive(.shell)
      let request = try #require(requests.first { reply.answers($0) })
      return request.content["code"]?.string?.split(separator: "\n").last.map(String.init) ?? ""
    }
  }

  @Test func areMadeListedAndDeleted() throws {
    let frontend = try TestFrontend()
    #expect(try control(frontend, "list_subshell_request") == ["status": "ok", "subshell_id": []])
    let names = try (0..<3).map { _ in try create(frontend) }
    #expect(Set(names).count == 3)
    #expect(try control(frontend, "delete_subshell_request", ["subshell_id": .string(names[1])]) == ["status": "ok"])
    #expect(
      try control(frontend, "list_subshell_request")
        == ["status": "ok", "subshell_id": [.string(names[0]), .string(names[2])]])
  }

  @Test(arguments: [["subshell_id": "none"], ["subshell_id": 7], [:]] as [JSONValue])
  func whatIsNotThereCannotBeDeleted(content: JSONValue) throws {
    let frontend = try TestFrontend()
    #expect(try control(frontend, "delete_subshell_request", content)["status"] == "error")
  }

  @Test func thereCanBeMany() throws {
    let frontend = try TestFrontend()
    for _ in 0..<256 { _ = try create(frontend) }
    #expect(try control(frontend, "create_subshell_request")["status"] == "error")
  }

  @Test(arguments: ["create_subshell_request", "list_subshell_request", "usage_request"])
  func controlIsTheirChannel(type: String) throws {
    let frontend = try TestFrontend()
    let request = try frontend.send(type)
    #expect(try frontend.published(until: request).transcript(of: request) == ["status busy", "status idle"])
    #expect(try frontend.isQuiet(.shell))
  }

  @Test(arguments: ["execute_request", "complete_request", "kernel_info_request", "comm_msg"])
  func messagesForUnknownOnesAreRefused(type: String) throws {
    let frontend = try TestFrontend()
    let request = try frontend.send(type, ["code": "print a", "comm_id": "c"], subshell: "none")
    let (reply, published) = try frontend.complete(request)
    #expect(reply.header.type == (type == "comm_msg" ? "comm_msg_reply" : type.replacing("_request", with: "_reply")))
    #expect(reply.content["status"] == "error")
    #expect(reply.content["ename"] == "UnknownSubshellError")
    #expect(reply.content["evalue"] == "There is no subshell 'none'.")
    #expect(published.transcript(of: request) == ["status busy", "status idle"])
  }

  @Test func meanNothingOnControl() throws {
    let frontend = try TestFrontend()
    let request = try frontend.send("kernel_info_request", on: .control, subshell: "none")
    #expect(try frontend.complete(request, on: .control).reply.content["status"] == "ok")
  }

  @Test func answerWhileACellRuns() throws {
    let frontend = try TestFrontend()
    let subshell = try create(frontend)
    let cell = try frontend.execute("print on\nblock")
    while try frontend.receive(.iopub).header.type != "stream" {}
    for type in ["kernel_info", "is_complete", "complete", "inspect", "history", "comm_info"] {
      let question = try frontend.send("\(type)_request", ["code": "x", "cursor_pos": 1], subshell: subshell)
      let (reply, published) = try frontend.complete(question)
      #expect(reply.header.type == "\(type)_reply")
      #expect(published.transcript(of: question) == ["status busy", "status idle"])
    }
    frontend.evaluator.interrupt()
    #expect(try frontend.receive(.shell).answers(cell))
  }

  /// A question that takes long in one shell holds up neither another shell nor control.
  @Test func answerSideBySide() throws {
    let frontend = try TestFrontend()
    let subshell = try create(frontend)
    let slow = try frontend.send("complete_request", ["code": "slow", "cursor_pos": 0])
    let question: JSONValue = ["code": "poi", "cursor_pos": 3]
    let other = try frontend.send("complete_request", question, subshell: subshell)
    let reply = try frontend.receive(.shell)
    #expect(reply.answers(other))
    #expect(reply.content["matches"] == ["point", "pointed("])
    let service = try frontend.send("complete_request", question, on: .control)
    #expect(try frontend.receive(.control).answers(service))
    let behind = try frontend.send("complete_request", question)
    #expect(try frontend.isQuiet(.shell), "one question after another in one shell")
    frontend.evaluator.slowQuestions.signal()
    #expect(try frontend.receive(.shell).answers(slow))
    #expect(try frontend.receive(.shell).answers(behind))
  }

  @Test func cellsTakeTurns() throws {
    let frontend = try TestFrontend()
    let (one, two) = (try create(frontend), try create(frontend))
    var requests = [try frontend.execute("gate\nprint m0")]
    for number in 1...3 { requests.append(try frontend.execute("print m\(number)")) }
    for (subshell, name) in [(one, "a"), (two, "b")] {
      for number in 1...2 { requests.append(try frontend.execute("print \(name)\(number)", subshell: subshell)) }
    }
    try letArrive(frontend, in: [nil, one, two])
    frontend.evaluator.gate.signal()
    #expect(
      try order(frontend, of: requests) == ["m0", "a1", "b1", "m1", "a2", "b2", "m2", "m3"].map { "print \($0)" })
  }

  @Test func cellsAreCountedTogether() throws {
    let frontend = try TestFrontend()
    let subshell = try create(frontend)
    var counts: [JSONValue?] = []
    for name in [nil, subshell, nil, subshell] {
      let request = try frontend.execute("number", subshell: name)
      let (reply, published) = try frontend.complete(request)
      counts.append(reply.content["execution_count"])
      #expect(published.count == 4)
      #expect(published.allSatisfy { $0.answers(request) })
    }
    #expect(counts == [1, 2, 3, 4])
  }

  @Test func anErrorAbortsInItsOwnShellOnly() throws {
    let frontend = try TestFrontend()
    let subshell = try create(frontend)
    let failing = try frontend.execute("gate\nfail Oops", subshell: subshell)
    let waiting = try frontend.execute("print never", subshell: subshell)
    let main = [try frontend.execute("print a"), try frontend.execute("print b")]
    try letArrive(frontend, in: [nil, subshell])
    frontend.evaluator.gate.signal()
    var statuses: [String: JSONValue?] = [:]
    let all = [failing, waiting] + main
    for _ in all {
      let reply = try frontend.receive(.shell)
      let request = try #require(all.first { reply.answers($0) })
      statuses[request.content["code"]?.string ?? ""] = reply.content["status"]
    }
    #expect(
      statuses == ["gate\nfail Oops": "error", "print never": "aborted", "print a": "ok", "print b": "ok"])
    // And the other way round.
    let first = try frontend.execute("print on\ngate\nfail Oops")
    // Shells are not ordered among each other: the second is asked for once the first runs.
    while true {
      let message = try frontend.receive(.iopub)
      if message.header.type == "stream", message.answers(first) { break }
    }
    let second = try frontend.execute("print c", subshell: subshell)
    try letArrive(frontend, in: [subshell])
    frontend.evaluator.gate.signal()
    #expect(try frontend.receive(.shell).answers(first))
    let reply = try frontend.receive(.shell)
    #expect(reply.answers(second))
    #expect(reply.content["status"] == "ok")
  }

  @Test func aDeletedOneAnswersWhatItWasAsked() throws {
    let frontend = try TestFrontend()
    let subshell = try create(frontend)
    let running = try frontend.execute("print on\nblock", subshell: subshell)
    while try frontend.receive(.iopub).header.type != "stream" {}
    let slow = try frontend.send("complete_request", ["code": "slow", "cursor_pos": 0], subshell: subshell)
    let next = try frontend.send("complete_request", ["code": "poi", "cursor_pos": 3], subshell: subshell)
    let waiting = try frontend.execute("print never", subshell: subshell)
    // Shell messages are not ordered with those on control: an answer says that they have arrived.
    let arrived = try frontend.send("kernel_info_request")
    #expect(try frontend.receive(.shell).answers(arrived))
    let delete = try frontend.send("delete_subshell_request", ["subshell_id": .string(subshell)], on: .control)
    #expect(try frontend.receive(.control).answers(delete))
    frontend.evaluator.slowQuestions.signal()
    #expect(try frontend.receive(.shell).answers(slow))
    #expect(try frontend.receive(.shell).content["matches"] == ["point", "pointed("])
    _ = next
    let after = try frontend.send("complete_request", ["code": "poi", "cursor_pos": 3], subshell: subshell)
    let refusal = try frontend.receive(.shell)
    #expect(refusal.answers(after))
    #expect(refusal.content["ename"] == "UnknownSubshellError")
    frontend.evaluator.interrupt()
    let end = try frontend.receive(.shell)
    #expect(end.answers(running))
    let never = try frontend.receive(.shell)
    #expect(never.answers(waiting))
    #expect(never.content["status"] == "aborted" || never.content["ename"] == "UnknownSubshellError")
  }
}
