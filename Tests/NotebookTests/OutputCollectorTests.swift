import Notebook
import Session
import Testing

@Suite("Collecting outputs")
struct OutputCollectorTests {
  private func outputs(_ events: [SessionEvent]) -> [NotebookOutput] {
    let collector = OutputCollector()
    for event in events { collector.receive(event, cell: 0, executionCount: 1) }
    return collector.outputs(of: 0)
  }

  private func display(_ text: String, _ identifier: String? = nil) -> DisplayOutput {
    DisplayOutput(data: ["text/plain": .string(text)], identifier: identifier)
  }

  @Test func neighboursOfOneStreamBecomeOne() {
    let outputs = outputs([
      .stream(.standardOutput, "a"), .stream(.standardOutput, "b\n"), .stream(.standardError, "e"),
      .stream(.standardOutput, "c"), .stream(.standardOutput, ""),
    ])
    #expect(
      outputs == [
        .stream(name: "stdout", text: "ab\n"), .stream(name: "stderr", text: "e"), .stream(name: "stdout", text: "c"),
      ])
  }

  @Test func aDisplayBetweenKeepsStreamsApart() {
    let outputs = outputs([.stream(.standardOutput, "a"), .display(display("d")), .stream(.standardOutput, "b")])
    #expect(outputs.count == 3)
  }

  @Test func pagesAreKeptAsDisplays() {
    #expect(
      outputs([.page(display("help")), .setNextInput("let x = 1", replace: false)]) == [.display(display("help"))])
  }

  @Test func clearingRemovesAtOnce() {
    #expect(outputs([.stream(.standardOutput, "a"), .clearOutput(wait: false)]).isEmpty)
  }

  @Test func aPatientClearWaitsForTheNextOutput() {
    let before: [SessionEvent] = [.stream(.standardOutput, "a"), .clearOutput(wait: true)]
    #expect(outputs(before) == [.stream(name: "stdout", text: "a")])
    #expect(outputs(before + [.stream(.standardOutput, "b")]) == [.stream(name: "stdout", text: "b")])
    #expect(
      outputs(before + [.stream(.standardOutput, "b"), .stream(.standardOutput, "c")]) == [
        .stream(name: "stdout", text: "bc")
      ])
  }

  @Test func anUpdateDoesNotTriggerAPatientClear() {
    let outputs = outputs([.display(display("a", "x")), .clearOutput(wait: true), .updateDisplay(display("b", "x"))])
    #expect(outputs == [.display(display("b"))])
  }

  @Test func anUpdateChangesEveryDisplayOfItsIdentifier() {
    let outputs = outputs([
      .display(display("1", "x")), .display(display("2", "y")), .result(display("3", "x")),
      .updateDisplay(display("new", "x")),
    ])
    #expect(outputs == [.display(display("new")), .display(display("2")), .result(display("new"), executionCount: 1)])
  }

  @Test func showingAgainUpdatesWhatWasShownBefore() {
    let outputs = outputs([.display(display("1", "x")), .display(display("2", "x"))])
    #expect(outputs == [.display(display("2")), .display(display("2"))])
  }

  @Test func updatesOfTheUnknownAreIgnored() {
    #expect(outputs([.updateDisplay(display("a", "x"))]).isEmpty)
    #expect(
      outputs([.display(display("a", "x")), .clearOutput(wait: false), .updateDisplay(display("b", "x"))]).isEmpty)
  }

  @Test func whatIsUpdatedToNothingIsGone() {
    let events: [SessionEvent] = [
      .stream(.standardOutput, "a"), .display(display("42 %", "p")),
      .updateDisplay(DisplayOutput(data: ["text/plain": ""], identifier: "p")),
    ]
    #expect(outputs(events) == [.stream(name: "stdout", text: "a")])
  }

  @Test func outputFromManyThreadsIsNotLost() async {
    let collector = OutputCollector()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<500 { collector.receive(.stream(.standardOutput, "x"), cell: 0, executionCount: 1) }
        }
      }
    }
    #expect(collector.outputs(of: 0) == [.stream(name: "stdout", text: String(repeating: "x", count: 4000))])
  }
}
