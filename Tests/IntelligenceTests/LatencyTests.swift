import Foundation
import Intelligence
import Testing

extension SourceKitTests {
  /// Prints how long warm answers take; machines differ, so nothing is asserted but that there are answers.
  @Suite struct LatencyTests {
    @Test func warmAnswers() throws {
      let notebook = try Notebook(Samples.geometry, Samples.variables)
      notebook.service.prepare(for: notebook.context())
      // A session has long been prepared when somebody types.
      Thread.sleep(forTimeInterval: 2)
      time("first completion", once: true) { notebook.complete("points[0].|").completions.count }
      time("members") { notebook.complete("points[0].|").completions.count }
      time("array members") { notebook.complete("points.|").completions.count }
      time("globals by prefix") { notebook.complete("let n = poi|").completions.count }
      time("all globals") { notebook.complete("let n = |").completions.count }
      time("first inspection", once: true) { notebook.inspect("points|") == nil ? 0 : 1 }
      time("inspection") { notebook.inspect("points[0].dist|ance(to: .origin)") == nil ? 0 : 1 }
      var edits = 0
      time("inspection after an edit") {
        edits += 1
        return notebook.inspect("let new = \(edits)\npoi|nts.count") == nil ? 0 : 1
      }
      try notebook.add("let another = points.count")
      time("first completion after a cell", once: true) { notebook.complete("let n = ano|").completions.count }
    }

    private func time(_ label: String, once: Bool = false, _ body: () -> Int) {
      let clock = ContinuousClock()
      var times: [Duration] = []
      for _ in 0..<(once ? 1 : 15) {
        times.append(clock.measure { #expect(body() > 0) })
      }
      times.sort()
      let milliseconds = { (time: Duration) in (time / .microseconds(100)).rounded() / 10 }
      print(
        "\(label): median \(milliseconds(times[times.count / 2])) ms, worst \(milliseconds(times.last ?? .zero)) ms")
    }
  }
}
