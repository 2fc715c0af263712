import Cells
import Testing

@Suite struct CompletenessTests {
  @Test(arguments: [
    "1 + 1", "", "// a comment", "let x = 3", "func f() -> Int { 1 }", "if true {\n}", "print(\"}\")",
    "\"\"\"\nabc\n\"\"\"",
    "struct P {\n  var a = 1\n}", "[1,\n 2]", "let s = \"\\(1 + 2)\"", "/* done */ 1", "#if DEBUG\nlet a = 1\n#endif",
    "a.map { $0 + 1 }", "let r = /a+b/",
  ])
  func complete(_ text: String) { #expect(CellCompleteness(of: text) == .complete) }

  @Test(arguments: [
    "func f() {", "let x =", "print(1,", "if x {\n  print(1)", "\"\"\"\nabc", "/* abc", "1 +", "for i in 0..<3",
    "struct P {\n  var a = 1",
    "[1, 2", "#if DEBUG\nlet a = 1", "func f(a: Int)", "switch x {\ncase 1:", "let f = { (x: Int) in",
    "@discardableResult",
  ])
  func incomplete(_ text: String) {
    guard case .incomplete = CellCompleteness(of: text) else {
      Issue.record("expected incomplete, found \(CellCompleteness(of: text))")
      return
    }
  }

  @Test(arguments: ["}", "let x = )", "\"abc", "func 3() {}", "let = 5", "print(1))", "if { } else ]"])
  func invalid(_ text: String) { #expect(CellCompleteness(of: text) == .invalid) }

  @Test func indentFollowsOpenBrackets() {
    #expect(CellCompleteness(of: "func f() {") == .incomplete(indent: "  "))
    #expect(CellCompleteness(of: "func f() {\n  if a {") == .incomplete(indent: "    "))
    #expect(CellCompleteness(of: "let x =") == .incomplete(indent: ""))
  }
}
