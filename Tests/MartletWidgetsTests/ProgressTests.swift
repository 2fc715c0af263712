import MartletWidgets
import Testing

@Suite struct ProgressTests {
  private func state(
    _ done: Int, of total: Int?, seconds: Double, _ status: ProgressState.Status = .running, label: String = ""
  ) -> ProgressState {
    ProgressState(label: label, done: done, total: total, seconds: seconds, status: status)
  }

  @Test func givesTheItemsOfTheSequence() {
    #expect(Array(progress([3, 1, 2])) == [3, 1, 2])
    #expect(Array(progress(stride(from: 0, to: 1, by: 0.25))) == [0, 0.25, 0.5, 0.75])
    #expect(progress(0..<5).reduce(0, +) == 10)
    #expect(Array(progress(Set<Int>())) == [])
    #expect(Array(progress(sequence(first: 1) { $0 < 4 ? $0 + 1 : nil }, total: 4)) == [1, 2, 3, 4])
  }

  @Test func givesTheItemsOfAnAsynchronousSequence() async throws {
    let stream = AsyncStream { continuation in
      for number in 1...3 { continuation.yield(number) }
      continuation.finish()
    }
    var sum = 0
    for try await number in progress(stream, label: "numbers", total: 3) { sum += number }
    #expect(sum == 6)
  }

  @Test func aNewLoopBeginsAnew() {
    let items = progress(0..<4)
    for item in items { if item == 2 { break } }
    #expect(Array(items) == [0, 1, 2, 3])
  }

  /// 42 of 100 in 3 s are 14 a second, and the other 58 take 4.14 s.
  @Test func saysHowFarItIs() {
    let text = state(42, of: 100, seconds: 3, label: "training").text
    #expect(text == "training:  42%|████████▍           | 42/100 [00:03<00:04, 14.0/s]")
    #expect(state(0, of: 8, seconds: 0).text == "  0%|                    | 0/8 [00:00]")
    #expect(state(7, of: nil, seconds: 3661).text == "7 [1:01:01, 0.00/s]")
    #expect(state(8, of: 8, seconds: 60, .finished).text == "100%|████████████████████| 8/8 [01:00, 0.13/s]")
    #expect(state(2, of: 8, seconds: 1, .stopped).text.hasSuffix("2/8 [00:01, 2.00/s, stopped]"))
  }

  @Test(arguments: [
    (1000.0, "1.00k/s"), (999.4, "999/s"), (999.6, "1.00k/s"), (9.994, "9.99/s"), (9.996, "10.0/s"), (99.96, "100/s"),
    (123_456, "123k/s"), (2_500_000, "2.50M/s"), (0.25, "0.25/s"),
  ])
  func ratesHaveThreeDigits(rate: Double, expected: String) {
    let seconds = 1e6
    #expect(state(Int(rate * seconds), of: nil, seconds: seconds).facts.hasSuffix(" " + expected))
  }

  /// More items than were announced, none at all, and no time at all.
  @Test func oddCountsAreNoTrouble() {
    #expect(state(9, of: 4, seconds: 1).text.hasPrefix("100%|████████████████████| 9/4"))
    #expect(state(0, of: 0, seconds: 0, .finished).text.hasPrefix("100%|"))
    #expect(state(5, of: 10, seconds: 0).secondsLeft == nil)
  }

  @Test func labelsAreNoMarkup() {
    let picture = ProgressPicture(states: [state(1, of: 2, seconds: 1, label: "<script>\"&")])
    guard case .text(let html)? = picture.displayBundle()[.html] else { return #expect(Bool(false), "no HTML") }
    #expect(html.contains("&lt;script&gt;&quot;&amp;") && !html.contains("<script>"))
  }
}
