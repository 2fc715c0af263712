import Foundation
import Session
import Terminal
import Testing

@Suite("Editing")
struct EditingTests {
  @Test(arguments: [
    ("a", [Key.character("a")]), ("é🙂", [.character("é"), .character("🙂")]), ("\r", [.enter]), ("\u{3}", [.interrupt]),
    ("\u{4}", [.endOfFile]), ("\u{7F}", [.backspace]), ("\u{1B}[A", [.up]), ("\u{1B}OB", [.down]),
    ("\u{1B}[3~", [.delete]),
    ("\u{1B}[1;5D", [.wordLeft]), ("\u{1B}b", [.wordLeft]), ("\u{1B}\r", [.newLine]), ("\u{1B}[H", [.home]),
    ("\u{1B}[200~a\rb\tc\u{1B}[31m\u{1B}[201~x", [.paste("a\nb  c[31m"), .character("x")]),
    ("\u{1B}[99~z", [.character("z")]),
  ])
  func keysAreDecoded(text: String, keys: [Key]) {
    var decoder = KeyDecoder()
    #expect(decoder.keys(from: text.utf8) == keys)
    // However the bytes arrive.
    var slow = KeyDecoder()
    #expect(text.utf8.flatMap { slow.keys(from: [$0]) } == keys)
    #expect(!slow.isWaiting)
  }

  @Test func aLoneEscapeIsAKey() {
    var decoder = KeyDecoder()
    #expect(decoder.keys(from: [0x1B]).isEmpty)
    #expect(decoder.isWaiting)
    #expect(decoder.flush() == [.escape])
  }

  private func typed(_ keys: [Key], completeness: @escaping (String) -> Completeness = { _ in .complete }) -> (
    EditSession, EditSession.Step
  ) {
    var session = EditSession(completeness: completeness)
    var history = History()
    var step = EditSession.Step.goOn
    for key in keys { step = session.press(key, history: &history) }
    return (session, step)
  }

  private func characters(_ text: String) -> [Key] { text.map(Key.character) }

  @Test func aWholeCellIsSubmitted() {
    #expect(typed(characters("1 + 1") + [.enter]).1 == .submit("1 + 1"))
  }

  @Test func aCellThatIsNotWholeGetsALineAndItsIndent() {
    let completeness: (String) -> Completeness = { $0.hasSuffix("}") ? .complete : .incomplete(indent: "  ") }
    let (session, step) = typed(
      characters("if a {") + [.enter] + characters("b") + [.enter], completeness: completeness)
    #expect(step == .goOn)
    #expect(session.buffer.text == "if a {\n  b\n  ")
    let all = characters("if a {") + [.enter] + characters("b") + [.enter] + characters("}") + [.enter]
    #expect(typed(all, completeness: completeness).1 == .submit("if a {\n  b\n}"))
  }

  @Test func returnInTheMiddleOpensALine() {
    let (session, step) = typed([.paste("a\nb"), .up, .enter])
    #expect(step == .goOn)
    #expect(session.buffer.text == "a\n\nb")
  }

  @Test func typingGoesOnAfterTextThatStandsThereAlready() {
    var session = EditSession(text: "let a = 1\nlet b = ") { _ in .complete }
    var history = History()
    #expect(session.press(.character("2"), history: &history) == .goOn)
    #expect(session.press(.enter, history: &history) == .submit("let a = 1\nlet b = 2"))
  }

  @Test func pastedTextRunsNothing() {
    let (session, step) = typed([.paste("a\nb\n")])
    #expect(step == .goOn)
    #expect(session.buffer.text == "a\nb\n")
  }

  @Test func endOfFileEndsOnlyAnEmptyCell() {
    #expect(typed([.endOfFile]).1 == .endOfFile)
    #expect(typed(characters("a") + [.endOfFile]).1 == .goOn)
  }

  @Test func editsAreMadeAtTheCursor() {
    #expect(typed(characters("abc") + [.left, .backspace, .character("X")]).0.buffer.text == "aXc")
    #expect(typed(characters("one two") + [.killWord, .home, .yank]).0.buffer.text == "twoone ")
    #expect(typed(characters("one two") + [.wordLeft, .killToEnd]).0.buffer.text == "one ")
    #expect(typed(characters("abc") + [.home, .delete, .end, .killToStart, .yank]).0.buffer.text == "bc")
    #expect(typed([.character("e"), .character("\u{301}"), .backspace]).0.buffer.text == "")
    #expect(typed([.paste("abcd\nx"), .up, .character("!")]).0.buffer.text == "a!bcd\nx")
    #expect(typed([.paste("a\nbcd"), .up, .end, .down, .character("!")]).0.buffer.text == "a\nb!cd")
  }

  @Test func theHistoryIsWalkedFromTheFirstLine() {
    var history = History()
    history.add("one")
    history.add("two\nlines")
    var session = EditSession { _ in .complete }
    func press(_ key: Key) -> String {
      _ = session.press(key, history: &history)
      return session.buffer.text
    }
    _ = press(.character("x"))
    #expect(press(.up) == "two\nlines")
    _ = press(.up)
    #expect(press(.up) == "one")
    #expect(press(.down) == "two\nlines")
    #expect(press(.down) == "x")
  }

  @Test func theHistoryIsSearched() {
    var history = History()
    for entry in ["let a = 1", "print(a)", "let b = 2"] { history.add(entry) }
    var session = EditSession { _ in .complete }
    for key in [Key.search, .character("l"), .character("e")] { _ = session.press(key, history: &history) }
    #expect(session.buffer.text == "let b = 2")
    _ = session.press(.search, history: &history)
    #expect(session.buffer.text == "let a = 1")
    #expect(session.press(.enter, history: &history) == .submit("let a = 1"))
  }

  @Test func equalCellsInARowAreOneAndBlankOnesNone() {
    #expect(History(["a", "a", " ", "b\nc", "a"]).entries == ["a", "b\nc", "a"])
  }

  @Test(arguments: [("a", 1), ("é", 1), ("e\u{301}", 1), ("\u{301}", 0), ("漢", 2), ("🙂", 2), ("👩‍👩‍👧", 2), ("\u{200B}", 0)])
  func widths(text: Character, columns: Int) { #expect(ColumnWidth.of(text) == columns) }

  @Test func theCursorIsWhereTypingGoesOn() {
    var screen = EditScreen()
    let prompt = Prompt(first: "> ", further: ". ")
    var buffer = EditBuffer("ab\ncd")
    #expect(screen.drawing(buffer, prompt: prompt, width: 80) == "\r\u{1B}[J> ab\r\n. cd\r\u{1B}[4C")
    buffer.moveUp()
    #expect(screen.drawing(buffer, prompt: prompt, width: 80) == "\u{1B}[1A\r\u{1B}[J> ab\r\n. cd\u{1B}[1A\r\u{1B}[4C")
  }

  @Test func longLinesAreWrapped() {
    var screen = EditScreen()
    let drawing = screen.drawing(EditBuffer("abcdef"), prompt: Prompt(first: "> ", further: ". "), width: 5)
    #expect(drawing == "\r\u{1B}[J> abc\r\ndef\r\u{1B}[3C")
    var full = EditScreen()
    #expect(
      full.drawing(EditBuffer("abc"), prompt: Prompt(first: "> ", further: ". "), width: 5) == "\r\u{1B}[J> abc\r\n\r")
  }
}
