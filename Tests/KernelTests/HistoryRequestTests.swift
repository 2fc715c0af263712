import JSON
import Session
import Testing

@Suite(.serialized) struct HistoryRequestTests {
  /// The history in the answer to a question, with cells 1 to 12 of which the second has a result.
  private func history(_ question: JSONValue) throws -> JSONValue? {
    let frontend = try TestFrontend()
    for line in 1...12 { frontend.evaluator.history.record("cell \(line)", line: line) }
    frontend.evaluator.history.record(output: "result", line: 2)
    let request = try frontend.send("history_request", question)
    let (reply, published) = try frontend.complete(request)
    #expect(reply.header.type == "history_reply")
    #expect(reply.content["status"] == "ok")
    #expect(published.transcript(of: request) == ["status busy", "status idle"])
    return reply.content["history"]
  }

  @Test func rowsHaveSessionLineAndText() throws {
    #expect(
      try history(["hist_access_type": "range", "start": 1, "stop": 3]) == [[0, 1, "cell 1"], [0, 2, "cell 2"]])
  }

  @Test func withOutputTheTextIsAPair() throws {
    #expect(
      try history(["hist_access_type": "range", "start": 1, "stop": 3, "output": true])
        == [[0, 1, ["cell 1", nil]], [0, 2, ["cell 2", "result"]]])
  }

  @Test func theTailHasTenRowsUnlessItIsSaid() throws {
    #expect(try history(["hist_access_type": "tail"])?.array?.count == 10)
    #expect(try history(["hist_access_type": "tail", "n": 1]) == [[1, 12, "cell 12"]])
  }

  @Test func searchesTakeEverythingUnlessItIsSaid() throws {
    #expect(try history(["hist_access_type": "search"])?.array?.count == 12)
    #expect(try history(["hist_access_type": "search", "pattern": "*2", "n": 1]) == [[1, 12, "cell 12"]])
  }

  @Test(arguments: [[:], ["hist_access_type": "all"], ["hist_access_type": 3]] as [JSONValue])
  func otherQuestionsHaveNoAnswer(question: JSONValue) throws { #expect(try history(question) == []) }
}
