import Intelligence
import Testing

extension SourceKitTests {
  /// Which of the earlier cells' declarations a name means, and that all of them are found however many there are.
  @Suite struct VisibleCellsTests {
    @Test func theNewestDeclarationOfANameIsMeant() throws {
      let notebook = try Notebook(
        "import Foundation", "var x = \"text\"\nlet y = 1", "var x = 5\nlet z = 2", "struct P { var old = 1 }",
        "let made = P()", "struct P { var new = 2 }\nlet fresh = P()")
      #expect(notebook.complete("x.isMult|").texts == ["isMultiple(of: "])
      #expect(notebook.complete("x.upper|").texts.isEmpty)
      #expect(notebook.inspect("y + x|")?.type == "Int")
      #expect(notebook.complete("y + z; fresh.|").texts == ["new"])
      #expect(notebook.complete("P().|").texts == ["new"])
      // A value keeps the type that it was made with.
      #expect(notebook.complete("made.|").texts == ["old"])
      #expect(notebook.complete("let a = x|")["x"]?.typeName == "Int")
    }

    @Test func cellsHideLibraries() throws {
      let notebook = try Notebook(
        "import Foundation\nimport Martlet", "struct Data { var mine = 1 }", "struct Matrix { var own = 2 }",
        "let pi = \"3\"")
      #expect(notebook.complete("Data().|").texts == ["mine"])
      #expect(notebook.complete("Matrix().|").texts == ["own"])
      #expect(notebook.inspect("let n = p|i")?.type == "String")
    }

    @Test func extensionsAndOperatorsNeedNoNames() throws {
      let notebook = try Notebook(
        "struct Length { var metres = 1.0 }\nlet a = Length(), b = Length()",
        "extension Int { var squared: Int { self * self } }\nextension Length { var feet: Double { metres / 0.3048 } }",
        "func + (l: Length, r: Length) -> Length { Length(metres: l.metres + r.metres) }",
        "infix operator <> : AdditionPrecedence\nfunc <> (l: Length, r: Length) -> [Length] { [l, r] }")
      #expect(notebook.complete("Int(5).squ|").texts == ["squared"])
      #expect(notebook.complete("a.|").texts.contains("feet"))
      #expect(notebook.complete("(a + b).met|").texts == ["metres"])
      #expect(notebook.complete("(a <> b).coun|").texts.contains("count"))
      #expect(notebook.inspect("let c = a + b; c|")?.type == "Length")
    }

    @Test func changedCellsAreReadAgain() throws {
      let notebook = try Notebook("func made() -> Int { 1 }")
      #expect(notebook.complete("made().isMult|").texts == ["isMultiple(of: "])
      try notebook.add("func made() -> String { \"\" }")
      #expect(notebook.complete("made().upper|").texts == ["uppercased()"])
      #expect(notebook.complete("made().isMult|").texts.isEmpty)
      #expect(notebook.inspect("let text = made()|")?.type == "() -> String")
    }

    @Test func newCellsAreFoundOneByOne() throws {
      let notebook = try Notebook("let value0 = 0")
      #expect(notebook.complete("let n = value|").texts.contains("value0"))
      for n in 1...40 {
        try notebook.add("let value\(n) = value\(n - 1) + 1")
        #expect(notebook.complete("let n = value\(n)|").texts.first == "value\(n)")
      }
      #expect(notebook.complete("let n = value|").texts.count(where: { $0.hasPrefix("value") }) >= 41)
      #expect(notebook.complete("value3.isMult|").texts == ["isMultiple(of: "])
    }

    @Test func namesInsideInterpolationsAndUnfinishedCode() throws {
      let notebook = try Notebook("let elephants = [1, 2]", "struct Zoo { var `class` = 1 }\nlet `default` = Zoo()")
      #expect(notebook.complete("print(\"\\(eleph|").texts == ["elephants"])
      #expect(notebook.complete("print(\"\\(elephants.coun|").texts.contains("count"))
      #expect(notebook.complete("if let x = elephants.fir|").texts.contains("first"))
      #expect(notebook.inspect("let zoo = `defau|lt`")?.type == "Zoo")
    }
  }
}
