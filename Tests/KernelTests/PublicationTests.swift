import JSON
import JupyterWire
import Testing
import ZeroMQ

@Suite(.serialized) struct PublicationTests {
  /// JupyterLab, a console and a test each get a welcome of their own.
  @Test func everySubscriberIsWelcomedAndSeesEverything() throws {
    let frontend = try TestFrontend()
    try frontend.subscribe()
    try frontend.subscribe()
    #expect(frontend.welcome.header.type == "iopub_welcome")
    let request = try frontend.execute("print a")
    #expect(
      try frontend.complete(request).published.transcript(of: request)
        == ["status busy", "execute_input", "stream stdout a\n", "status idle"])
  }

  @Test func repliesAndWhatIsPublishedAreAtMostATenthOfASecondApart() throws {
    let frontend = try TestFrontend()
    var apart: [Duration] = []
    for _ in 0..<21 {
      let request = try frontend.execute("print a\nresult b")
      _ = try frontend.receive(.shell)
      let start = ContinuousClock.now
      _ = try frontend.published(until: request)
      apart.append(ContinuousClock.now - start)
    }
    // The median: a busy machine may stop for longer than that between any two messages.
    #expect(apart.sorted()[10] < .milliseconds(100))
  }

  /// A cell and its background work that write at the same time: each text has its own parent, none is lost.
  @Test func textOfTwoCellsIsNotMixed() throws {
    let frontend = try TestFrontend()
    let requests = try (0..<5).map { try frontend.execute("late from \($0)\nprint now \($0)") }
    _ = try frontend.execute("awaitLate")
    let last = try frontend.execute("")
    let published = try frontend.published(until: last)
    for (index, request) in requests.enumerated() {
      let texts = published.filter { $0.header.type == "stream" && $0.answers(request) }.map {
        $0.content["text"]?.string
      }
      #expect(texts == ["now \(index)\n", "from \(index)"])
    }
  }
}
