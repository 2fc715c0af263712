import Intelligence
import Session
import Terminal
import Testing

@Suite struct TabTests {
  private func completion(_ text: String, type: String = "", documentation: String = "") -> Completion {
    Completion(
      text: text, label: text, kind: .variable, typeName: type, signature: text, documentation: documentation)
  }

  private func tab(_ texts: [String], replacing range: Range<Int>, in code: String) -> TabCompletion {
    TabCompletion(CodeCompletions(completions: texts.map { completion($0) }, replaced: range), in: code)
  }

  @Test func `a single completion is put in`() {
    let tab = tab(["%timeit"], replacing: 3..<9, in: "é\n\n%timei")
    #expect(tab.replacement == .init(range: 3..<9, text: "%timeit"))
    #expect(tab.choices.isEmpty)
  }

  @Test func `several go on as far as they agree`() {
    let tab = tab(["measure(", "measurements"], replacing: 0..<1, in: "m")
    #expect(tab.replacement == .init(range: 0..<1, text: "measure"))
    #expect(tab.choices.map(\.text) == ["measure(", "measurements"])
  }

  @Test func `nothing is put in where they part`() {
    let tab = tab(["map", "max"], replacing: 2..<4, in: "x.ma")
    #expect(tab.replacement == nil)
    #expect(tab.choices.count == 2)
  }

  @Test func `what is typed exactly comes before other cases`() {
    #expect(tab(["count", "Counter"], replacing: 0..<3, in: "cou").replacement?.text == "count")
    #expect(tab(["Int", "Int8"], replacing: 0..<2, in: "in").replacement == nil)
  }

  @Test func `without completions nothing happens`() {
    let tab = tab([], replacing: 1..<1, in: "x")
    #expect(tab.replacement == nil && tab.choices.isEmpty)
  }

  @Test func `Tab indents at the beginning of a line and asks behind text`() {
    var session = EditSession { _ in .complete }
    var history = History([])
    #expect(session.press(.tab, history: &history) == .goOn)
    #expect(session.buffer.text == "  ")
    _ = session.press(.character("x"), history: &history)
    #expect(session.press(.tab, history: &history) == .complete)
    session.apply(.init(range: 2..<3, text: "xé🙂"))
    #expect(session.buffer.text == "  xé🙂")
    #expect(session.buffer.isAtEnd && session.buffer.cursorInCodePoints == 5)
  }

  @Test func `the list shows types, fits the terminal and turns its pages`() {
    let many = (1...5).map { completion("name\($0)", type: "Int", documentation: "The \($0). of them") }
    var list = ChoiceList(many, rows: 4)
    #expect(
      list.lines(width: 40, hasColours: false)
        == [
          "name1  Int  The 1. of them", "name2  Int  The 2. of them", "name3  Int  The 3. of them",
          "3 of 5; Tab shows more",
        ])
    list.turnPage()
    #expect(list.lines(width: 40, hasColours: false).first == "name4  Int  The 4. of them")
    list.turnPage()
    #expect(list.lines(width: 40, hasColours: false).first == "name1  Int  The 1. of them")
    for line in list.lines(width: 20, hasColours: false) { #expect(line.count < 20, "\(line)") }
  }

  @Test func `what is below the text leaves the cursor in it`() {
    var screen = EditScreen()
    let drawn = screen.drawing(
      EditBuffer("ab"), prompt: Prompt(first: "> ", further: ". "), width: 20, below: ["one", "two"])
    #expect(drawn == "\r\u{1B}[J> ab\r\none\r\ntwo\u{1B}[2A\r\u{1B}[4C")
    // The next drawing clears it away.
    #expect(
      screen.drawing(EditBuffer("ab"), prompt: Prompt(first: "> ", further: ". "), width: 20).hasPrefix(
        "\r\u{1B}[J> ab\r"))
  }
}
