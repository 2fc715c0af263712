import Session
import Testing

/// Where Swift ends and a command begins.
@Suite struct CellPlanTests {
  /// The parts in one line each: Swift as it stands, commands in brackets with name and argument.
  private func parts(_ code: String) -> [String] {
    let plan = CellPlan(code)
    return plan.parts.map { part in
      switch part {
      case .swift(let range): return plan.text.text(range)
      case .command(let line):
        let body = line.body.map { "|" + plan.text.text($0) } ?? ""
        return "[\(line.shownName)|\(plan.text.text(line.argument))\(body)]@\(line.line)"
      }
    }
  }

  @Test(arguments: [
    "let x = 1", "", "// %cd data", "let remainder = 7\n  % 2", "let text = \"\"\"\n%cd data\n!ls\n\"\"\"",
    "/*\n%cd data\n!ls\n*/", "let both = isOpen &&\n  !isClosed", "if\n  !isClosed,\n  isOpen\n{ close() }",
    "var isOpen: Bool {\n  !isClosed\n}", "names.filter {\n  !$0.isEmpty\n}", "let differ = first\n  != second",
    "!(isOpen && isClosed)", "!!flag", "f(\n  !flag\n)", "func f() -> Bool\n{\n!flag\n}", "let s = #\"\n\"#", "%",
    "100\n%%",
  ])
  func isSwift(_ code: String) {
    #expect(!CellPlan(code).hasCommands)
  }

  @Test(arguments: [
    ("%cd data", ["[%cd|data]@1"]), ("  %cd   my data  ", ["[%cd|my data]@1"]), ("!ls -l | wc", ["[!|ls -l | wc]@1"]),
    ("let x = 1\n%cd data\nx", ["let x = 1\n", "[%cd|data]@2", "x"]),
    ("\n\n%pwd\n\nlet y = 2", ["[%pwd|]@3", "\nlet y = 2"]),
    ("!make \\\n  all\nbuilt()", ["[!|make \\\n  all]@1", "built()"]),
    ("%time let a = b.map {\n  $0 + 1\n}\na", ["[%time|let a = b.map {\n  $0 + 1\n}]@1", "a"]),
    ("f()\n// done\n!ls", ["f()\n// done\n", "[!|ls]@3"]),
    ("%cd a\r\nx\r\n", ["[%cd|a]@1", "x\r\n"]),
    ("%%bash\nls\n%cd x", ["[%%bash||ls\n%cd x]@1"]), ("\n%%time -v\nf()", ["[%%time|-v|f()]@2"]),
    ("x\n%%time\ny", ["x\n", "[%%time|]@2", "y"]), ("%nonsense", ["[%nonsense|]@1"]), ("! ls", ["[!|ls]@1"]),
    ("!/bin/ls", ["[!|/bin/ls]@1"]), ("let broken = )\n!ls", ["let broken = )\n", "[!|ls]@2"]),
  ])
  func isCut(_ code: String, expected: [String]) {
    #expect(parts(code) == expected)
  }

  /// What separates the parts belongs to one of them: nothing is lost and nothing is there twice.
  @Test func partsCoverTheCell() {
    let code = "let é = \"🙂\"\n!echo \(1)\n%time f {\n1\n}\nlast()\n"
    let ranges = CellPlan(code).parts.map { part in
      switch part {
      case .swift(let range): range
      case .command(let line): line.range
      }
    }
    #expect(ranges.first?.lowerBound == 0)
    #expect(ranges.last?.upperBound == code.utf8.count)
    for (range, next) in zip(ranges, ranges.dropFirst()) { #expect(range.upperBound == next.lowerBound) }
  }

  @Test(arguments: [
    ("%cd data", Completeness.complete), ("!ls", .complete), ("!ls \\", .incomplete(indent: "")),
    ("%time f {", .incomplete(indent: "  ")), ("%time f()", .complete), ("%nonsense {", .complete),
    ("%%bash", .incomplete(indent: "")), ("%%bash\nls", .incomplete(indent: "")), ("%%bash\nls\n", .complete),
    ("%%bash\nls\n  ", .complete), ("%%time\nf()\n\n", .complete), ("%cd data\nif a {", .incomplete(indent: "  ")),
    ("let x = 1\n%cd data", .complete), ("let x = )\n%cd data", .invalid), ("let x =", .incomplete(indent: "")),
    ("let x = \"\"\"\n%cd", .incomplete(indent: "")),
  ])
  func completenessIsKnown(_ code: String, expected: Completeness) {
    #expect(CellPlan(code).completeness == expected)
  }
}
