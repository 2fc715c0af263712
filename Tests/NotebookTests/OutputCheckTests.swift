import Notebook
import Session
import Testing

@Suite("Comparing outputs")
struct OutputCheckTests {
  private func lines(_ stored: [NotebookOutput], _ now: [NotebookOutput], tags: [String] = []) -> [String] {
    var (old, new) = (notebook(["a"], tags: [tags]), notebook(["a"], tags: [tags]))
    old.cells[0].outputs = stored
    new.cells[0].outputs = now
    return OutputCheck().differences(stored: old, now: new).flatMap(\.lines)
  }

  private func text(_ text: String) -> NotebookOutput { .stream(name: "stdout", text: text) }

  @Test func equalOutputsDoNotDiffer() {
    #expect(lines([text("a"), text("b")], [text("ab")]).isEmpty)
    let result = DisplayOutput(data: ["text/plain": "1"])
    let other = DisplayOutput(data: ["text/plain": "1"], metadata: ["m": 1])
    #expect(lines([.result(result, executionCount: 1)], [.result(other, executionCount: 9)]).isEmpty)
  }

  @Test func widgetsHaveNewIdentifiers() {
    func widget(_ identifier: String, _ text: String) -> NotebookOutput {
      .display(
        DisplayOutput(data: [
          "application/vnd.jupyter.widget-view+json": ["model_id": .string(identifier), "version_major": 2],
          "text/plain": .string(text),
        ]))
    }
    #expect(lines([widget("a", "slider")], [widget("b", "slider")]).isEmpty)
    #expect(
      lines([widget("a", "slider")], [widget("a", "box")]) == ["output 1, display text/plain:", "- slider", "+ box"])
    #expect(lines([widget("a", "slider")], [text("slider")]).count > 2)
  }

  /// Another processor rounds sums in another way.
  @Test func lastDigitsMayDiffer() {
    #expect(lines([text("0.30000000000000004 of 1e-17")], [text("0.3 of 0.0")]).isEmpty)
    #expect(lines([text("score 0.971")], [text("score 0.972")]).count > 1)
    #expect(lines([text("3 of 10")], [text("4 of 10")]).count > 1, "counts do not round")
    #expect(lines([text("1.5 apples")], [text("1.5 pears")]).count > 1)
    func drawing(_ identifier: String, _ x: String) -> NotebookOutput {
      .display(
        DisplayOutput(data: ["image/svg+xml": .string("<svg id=\"chart-\(identifier)\"><path d=\"M\(x),7.25L9,1.5\"/>")]
        ))
    }
    #expect(lines([drawing("abcdefgh1", "12.34")], [drawing("zyxwvut99", "12.35")]).isEmpty)
    #expect(lines([drawing("abcdefgh1", "12.01")], [drawing("zyxwvut99", "12")]).isEmpty)
    #expect(lines([drawing("abcdefgh1", "12.34")], [drawing("zyxwvut99", "12.44")]).count > 1)
  }

  @Test func differingLinesAreShown() {
    #expect(lines([text("a\nb\nc")], [text("a\nB\nc")]) == ["output 1, stdout:", "- b", "+ B"])
  }

  @Test func missingAndNewOutputsAreShown() {
    #expect(lines([text("a")], []) == ["output 1, stdout:", "- a"])
    #expect(lines([], [text("a")]) == ["output 1, stdout:", "+ a"])
  }

  @Test func nothingIsNormalised() {
    #expect(!lines([text("a ")], [text("a")]).isEmpty)
    #expect(!lines([text("\u{E9}")], [text("e\u{301}")]).isEmpty)
    #expect(!lines([text("a\r\n")], [text("a\n")]).isEmpty)
  }

  @Test func formatsAreComparedOneByOne() {
    let old = DisplayOutput(data: ["text/plain": "1", "text/html": "<b>1</b>"])
    let new = DisplayOutput(data: ["text/plain": "1", "text/html": "<b>2</b>"])
    #expect(lines([.display(old)], [.display(new)]) == ["output 1, display text/html:", "- <b>1</b>", "+ <b>2</b>"])
  }

  @Test(arguments: ["nbval-ignore-output", "check-ignore-output"]) func taggedCellsArePassedOver(tag: String) {
    #expect(lines([text("a")], [text("b")], tags: [tag]).isEmpty)
  }

  @Test func longTextsAreCutShort() {
    let old = (0..<5000).map { "\($0)" }.joined(separator: "\n")
    let shown = lines([text(old)], [text(old + "\nmore")])
    #expect(
      shown == ["output 1, stdout:", "first difference in line 5001; 5000 lines were stored, 5001 are new", "+ more"])
  }
}
