import Notebook
import Testing

@Suite struct NotebookLintTests {
  private func findings(_ cells: [(text: String, count: Int?)]) -> [String] {
    let document = NotebookDocument(
      cells: cells.map { NotebookCell(kind: .code, source: $0.text, executionCount: $0.count) })
    return NotebookLint(document).findings.map(\.description)
  }

  @Test func aNotebookInOrder() {
    #expect(findings([("let x = 1", 1), ("func f(_ y: Int) -> Int { x + y }", 2), ("f(2)", 3)]).isEmpty)
  }

  @Test func aNameThatComesLater() {
    #expect(
      findings([("print(total)", 2), ("let total = 3", 1)]) == [
        "cell 1: uses 'total', which only cell 2 declares"
      ])
  }

  @Test func aCellThatRanBeforeWhatItUses() {
    #expect(
      findings([("let rate = 2", 7), ("rate * 2", 3)]) == [
        "cell 2: ran as In[3], before 'rate' of cell 1 was declared by In[7]"
      ])
  }

  @Test func localNamesAndMembersAreNotMeant() {
    let cells = ["[1].map { total in total + 1 }", "let p = 1; p.magnitude", "let total = 3\nlet magnitude = 4"]
    #expect(findings(cells.map { ($0, nil) }).isEmpty)
  }

  @Test(arguments: [
    "let pairs: [(name: String, method: Int)] = []\nfor pair in pairs { print(pair.method) }",
    "enum Step { case run(method: Int) }", "let (method: a, other: b) = (method: 1, other: 2)",
    "let f = insert(method:)", "let g: (_ method: Int) -> Int = { $0 }", "[1, 2].map { pair in pair.method.count }",
  ])
  func labelsAreNotMeant(_ text: String) { #expect(findings([(text, nil), ("let method = 1", nil)]).isEmpty) }

  @Test func textThatIsNoSwift() {
    #expect(findings([("let x = )", nil)]) == ["cell 1: this is not complete Swift"])
  }

  @Test func commandsAreNotSwift() {
    let cells = ["let x = 1\n!ls\n%time x + 1\nlet y = x", "%%bash\necho $later", "y", "let later = 2"]
    #expect(findings(cells.map { ($0, nil) }).isEmpty)
  }

  @Test(arguments: [["!true\nlate + 1", "%who\nlet late = 1"], ["%cd .\nlate + 1", "let late = 1\n!true"]])
  func swiftBesideCommandsIsRead(_ cells: [String]) {
    #expect(findings(cells.map { ($0, nil) }) == ["cell 1: uses 'late', which only cell 2 declares"])
  }
}
