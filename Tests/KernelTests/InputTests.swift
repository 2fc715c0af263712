import Glibc
import JSON
import JupyterWire
import Testing

@Suite(.serialized) struct InputTests {
  /// A reply that is still on its way when the next cell asks cannot be told from that cell's answer.
  private func letReplyArrive() { usleep(500_000) }

  private func ask(_ frontend: TestFrontend, _ prompt: String) throws -> (cell: Message, question: Message) {
    let cell = try frontend.execute("ask \(prompt)", ["allow_stdin": true])
    let question = try frontend.receive(.stdin)
    #expect(question.header.type == "input_request")
    #expect(question.answers(cell))
    return (cell, question)
  }

  @Test func asksTheFrontendThatRunsTheCell() throws {
    let frontend = try TestFrontend()
    let (cell, question) = try ask(frontend, "name?")
    #expect(question.content == ["prompt": "name?", "password": false])
    try frontend.send("input_reply", ["value": "Ada", "status": "ok"], on: .stdin)
    let published = try frontend.complete(cell).published
    #expect(published.transcript(of: cell).contains("stream stdout got Ada"))
  }

  @Test func hidesPasswords() throws {
    let frontend = try TestFrontend()
    let (cell, question) = try ask(frontend, "password")
    #expect(question.content["password"] == true)
    try frontend.send("input_reply", ["value": "x"], on: .stdin)
    _ = try frontend.complete(cell)
  }

  @Test func endOfTransmissionIsTheEndOfTheFile() throws {
    let frontend = try TestFrontend()
    let (cell, _) = try ask(frontend, "more?")
    try frontend.send("input_reply", ["value": "\u{04}"], on: .stdin)
    #expect(try frontend.complete(cell).published.transcript(of: cell).contains("stream stdout end"))
  }

  @Test func staleRepliesAnswerNothing() throws {
    let frontend = try TestFrontend()
    for _ in 0..<3 { try frontend.send("input_reply", ["value": "stale"], on: .stdin) }
    letReplyArrive()
    let (cell, _) = try ask(frontend, "name?")
    try frontend.send("input_reply", ["value": "fresh"], on: .stdin)
    #expect(try frontend.complete(cell).published.transcript(of: cell).contains("stream stdout got fresh"))
  }

  @Test func waitingCanBeInterrupted() throws {
    let frontend = try TestFrontend()
    let (cell, _) = try ask(frontend, "name?")
    try frontend.send("interrupt_request", on: .control)
    #expect(try frontend.complete(cell).reply.content["ename"] == "Interrupted")
    try frontend.send("input_reply", ["value": "too late"], on: .stdin)
    letReplyArrive()
    let (next, _) = try ask(frontend, "again?")
    try frontend.send("input_reply", ["value": "in time"], on: .stdin)
    #expect(try frontend.complete(next).published.transcript(of: next).contains("stream stdout got in time"))
  }

  @Test func withoutPermissionACellCannotAsk() throws {
    let frontend = try TestFrontend()
    let cell = try frontend.execute("ask name?")
    #expect(try frontend.complete(cell).reply.content["ename"] == "NoInput")
  }

  @Test func backgroundWorkCannotAskOnceItsCellHasEnded() throws {
    let frontend = try TestFrontend()
    let cell = try frontend.execute("askLater name?", ["allow_stdin": true])
    _ = try frontend.complete(cell)
    let next = try frontend.execute("awaitLate")
    let published = try frontend.complete(next).published
    #expect(published.first { $0.header.type == "stream" }?.content["text"] == "endOfFile")
    #expect(try frontend.isQuiet(.stdin))
  }
}
