import Session
import Terminal
import Testing

@Suite("What the REPL prints")
struct ReplTextTests {
  @Test func valuesFollowTheirNumber() {
    #expect(ReplText.result(DisplayOutput(data: ["text/plain": "2"]), number: 3, hasColours: false) == "Out[3]: 2")
    #expect(
      ReplText.result(DisplayOutput(data: ["text/plain": "a\nb"]), number: 3, hasColours: false) == "Out[3]:\na\nb")
    #expect(ReplText.display(DisplayOutput(data: ["image/png": "x", "text/html": "y"])) == "[image/png, text/html]")
  }

  @Test func errorsKeepTheirColoursOnlyWhereTheyAreWanted() {
    let failure = CellFailure(
      kind: .trap, name: "Trap", message: "m", traceback: ["\u{1B}[31mTrap\u{1B}[0m: m", "here"])
    #expect(ReplText.failure(failure, hasColours: true) == "\u{1B}[31mTrap\u{1B}[0m: m\nhere")
    #expect(ReplText.failure(failure, hasColours: false) == "Trap: m\nhere")
  }

  @Test func promptsAreAsWideAsEachOther() {
    let prompt = Prompt.cell(12, colour: "")
    #expect(prompt.first == "In [12]: ")
    #expect(prompt.further == "    ...: ")
  }
}
