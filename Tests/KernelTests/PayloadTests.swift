import JSON
import JupyterWire
import Testing

@Suite(.serialized) struct PayloadTests {
  private func page(_ text: String) -> JSONValue {
    ["source": "page", "data": ["text/plain": .string(text)], "start": 0]
  }

  private func next(_ text: String, replace: Bool) -> JSONValue {
    ["source": "set_next_input", "text": .string(text), "replace": .bool(replace)]
  }

  @Test func comeWithTheReplyAndAreNotPublished() throws {
    let frontend = try TestFrontend()
    let request = try frontend.execute("page one\nprint a\nnext b\npage two")
    let (reply, published) = try frontend.complete(request)
    #expect(reply.content["payload"] == [page("one"), next("b", replace: false), page("two")])
    #expect(
      published.transcript(of: request) == ["status busy", "execute_input", "stream stdout a\n", "status idle"])
    let (after, _) = try frontend.complete(try frontend.execute("print a"))
    #expect(after.content["payload"] == [])
  }

  @Test func onlyTheLastTextForTheNextCellCounts() throws {
    let frontend = try TestFrontend()
    let (reply, _) = try frontend.complete(try frontend.execute("next a\npage p\nedit b"))
    #expect(reply.content["payload"] == [page("p"), next("b", replace: true)])
  }

  @Test(arguments: [("page p\nfail Oops", false, "error"), ("page p", true, "ok")])
  func comeAlsoFromFailedAndSilentCells(code: String, silent: Bool, status: JSONValue) throws {
    let frontend = try TestFrontend()
    let (reply, _) = try frontend.complete(try frontend.execute(code, ["silent": .bool(silent)]))
    #expect(reply.content["status"] == status)
    #expect(reply.content["payload"] == [page("p")])
  }

  @Test func aPageAfterTheReplyIsShownBelowTheCell() throws {
    let frontend = try TestFrontend()
    let request = try frontend.execute("latePage later")
    #expect(try frontend.complete(request).reply.content["payload"] == [])
    let published = try frontend.complete(try frontend.execute("awaitLate")).published
    let late = try #require(published.first { $0.header.type == "display_data" })
    #expect(late.answers(request))
    #expect(late.content["data"] == ["text/plain": "later"])
  }
}
