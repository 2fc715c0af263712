import Intelligence
import Testing

extension SourceKitTests {
  /// Completion over cells that were compiled before.
  @Suite struct CompletionTests {
    private static let shared = Result { try Notebook(Samples.geometry, Samples.variables) }
    private let notebook: Notebook

    init() throws { notebook = try Self.shared.get() }

    @Test func membersOfAnEarlierCellsVariable() throws {
      let list = notebook.complete("points[0].|")
      #expect(Set(list.texts) == ["x", "y", "secret", "distance(to: "])
      let distance = try #require(list["distance(to: "])
      #expect(distance.kind == .method)
      #expect(distance.label == "distance(to: Point, scale: Double)")
      #expect(distance.signature == "distance(to: Point, scale: Double) -> Double")
      #expect(distance.typeName == "Double")
      #expect(distance.documentation == "How far another point is.")
      #expect(list["x"]?.signature == "x: Double")
      #expect(list["x"]?.documentation == "How far it is to the right.")
    }

    @Test func membersThroughChainsAndClosures() {
      #expect(notebook.complete("points.map { $0.x }.fir|").texts.contains("first"))
      #expect(notebook.complete("points.map { $0.di|").texts == ["distance(to: "])
      #expect(notebook.complete("for p in points { p.sec|").texts == ["secret"])
      #expect(notebook.complete("points.sorted { $0.x < $1.x }.first?.y|").texts == ["y"])
    }

    @Test func membersBehindOptionals() throws {
      #expect(notebook.completed("maybe.x|", with: "?.x") == "maybe?.x")
      #expect(notebook.completed("maybe.ma|", with: ".map(") == nil)
      #expect(notebook.completed("maybe.ma|", with: "map(") == "maybe.map(")
      #expect(notebook.completed("maybe.|", with: "?.distance(to: ") == "maybe?.distance(to: ")
      #expect(notebook.completed("maybe.|", with: ".map(") == "maybe.map(")
      #expect(notebook.complete("maybe?.sec|").texts == ["secret"])
    }

    @Test func globalsByPrefix() throws {
      let list = notebook.complete("let n = poi|")
      #expect(list.texts.first == "points")
      #expect(list.texts.contains("Point"))
      #expect(list["points"]?.signature == "points: [Point]")
      #expect(list["points"]?.kind == .variable)
      #expect(list.replaced == 8..<11)
      #expect(notebook.complete("hiddenN|").texts == ["hiddenNumber"])
      #expect(notebook.complete("mea|")["mean(of: "]?.signature == "mean(of: [Double]) -> Double")
      // Parameters without a label are shown so.
      let additions = notebook.complete("points.appen|").completions.map(\.signature)
      #expect(additions.contains("append(_ newElement: Point) -> Void"), "\(additions)")
      #expect(additions.contains { $0.hasPrefix("append(contentsOf: ") }, "\(additions)")
    }

    @Test func toolkitByPrefix() throws {
      let tensor = try #require(notebook.complete("let t: Tens|")["Tensor"])
      #expect(tensor.kind == .struct)
      #expect(!tensor.documentation.isEmpty)
    }

    @Test func standardLibraryByPrefix() {
      #expect(notebook.complete("let t = Task|").texts.contains("Task"))
      #expect(notebook.complete("let r: Rege|").texts.contains("Regex"))
      #expect(notebook.complete("let d = hypo|").texts.contains("hypot("))
    }

    @Test func keywordsWhereTheyAreLikely() {
      #expect(notebook.complete("le|").texts.first == "let")
      #expect(notebook.complete("func f() { ret|").texts.first == "return")
      let all = notebook.complete("|", limit: 20_000).texts
      let points = all.firstIndex(of: "points") ?? .max
      #expect(points < all.firstIndex(of: "precedencegroup") ?? -1)
      #expect(points < all.firstIndex(of: "let") ?? -1)
    }

    @Test func emptyPrefixBeginsWithTheNotebook() {
      let first = Set(notebook.complete("let q = |").texts.prefix(8))
      #expect(first.isSuperset(of: ["points", "maybe", "Point", "Color"]))
      #expect(notebook.complete("|").completions.count == 200)
    }

    @Test func argumentLabels() {
      #expect(notebook.complete("paint(.red, |").texts == ["at: "])
      #expect(notebook.complete("points[0].distance(to: points[1], s|").texts.first == "scale: ")
      #expect(notebook.complete("Point(|").texts.contains("x: "))
      #expect(notebook.complete("mean(|)").texts.first == "of: ")
    }

    @Test func membersOfATypeItself() {
      let texts = notebook.complete("Point.|").texts
      #expect(Set(texts) == ["origin", "init()", "init(x: "])
      #expect(Set(notebook.complete("let k = \\Point.|").texts) == ["x", "y", "secret"])
    }

    @Test func casesAfterADot() {
      #expect(notebook.complete("let c: Color = .|").texts == ["red", "green", "blue(level: "])
      #expect(notebook.complete("switch Color.red { case .|").texts == ["red", "green", "blue(level: "])
      #expect(notebook.complete("paint(.g|").texts == ["green"])
    }

    @Test func insideInterpolations() {
      #expect(notebook.complete(#"let s = "a \(points[0].di|)""#).texts == ["distance(to: "])
      #expect(notebook.complete(#"let s = "a \(points[0].di|"#).texts == ["distance(to: "])
      #expect(notebook.complete("let s = \"a \\(points[0].di|\nprint(s)").texts == ["distance(to: "])
      #expect(notebook.complete(#"print("a \(mean(of: poi|"#).texts.first == "points")
      #expect(notebook.complete("let s = \"\"\"\n  a \\(hiddenN|").texts == ["hiddenNumber"])
      #expect(notebook.complete(##"let s = #"a \#(hiddenN|"##).texts == ["hiddenNumber"])
    }

    @Test(arguments: [
      "// poi|", "let a = 1 // poi|\nprint(a)", "/* poi| */", "/* poi|", "\"poi|\"", "\"poi|", "\"\"\"\npoi|\n\"\"\"",
      "let n = 12|", "\"a \\(1)poi|\"", "/// poi|",
    ])
    func nothingOutsideCode(_ marked: String) { #expect(notebook.complete(marked).texts == []) }

    @Test func modulesAfterImport() {
      let modules = notebook.complete("import |").texts
      #expect(Set(modules).isSuperset(of: ["Martlet", "Foundation", "MartletPlots"]))
      #expect(!modules.contains { $0.hasPrefix("Cell") || $0.hasPrefix("_") || $0 == "CMartletRuntime" })
      #expect(notebook.complete("import Mart|").texts.contains("Martlet"))
    }

    @Test func cursorWithinAnIdentifier() {
      #expect(notebook.completed("let n = poi|nts.count", with: "points") == "let n = points.count")
      #expect(notebook.completed("let n = poi|+ 1", with: "points") == "let n = points+ 1")
      #expect(notebook.completed("points[0].dis|tance(to: q)", with: "distance") == "points[0].distance(to: q)")
      // What is behind the cursor is no part of any name: it stays.
      #expect(notebook.completed("let n = poi|zzz", with: "points") == "let n = pointszzz")
    }

    @Test func namesOfTheCellItself() {
      #expect(notebook.complete("let colour = 1\nprint(colo|").texts.contains("colour"))
      #expect(
        notebook.complete("func f(_ wide: Int) -> Int {\n  let wider = wide\n  return wid|\n}").texts.prefix(2).sorted()
          == ["wide", "wider"])
      #expect(notebook.complete("let é👍 = 1\r\nlet b = points[0].di|").texts == ["distance(to: "])
    }

    @Test func namesThatNeedBackticks() throws {
      let notebook = try Notebook(
        "enum Mode { case `default`, other }", "let `default` = [1, 2]",
        "struct Row { var `class` = \"a\" }\nlet row = Row()")
      #expect(notebook.completed("let n = defa|", with: "`default`") == "let n = `default`")
      #expect(notebook.completed("let n = `defa|", with: "`default`") == "let n = `default`")
      #expect(notebook.completed("print(`defa|`)", with: "`default`") == "print(`default`)")
      #expect(notebook.completed("Mode.defa|", with: "default") == "Mode.default")
      #expect(notebook.completed("Mode.`defa|", with: "`default`") == "Mode.`default`")
      #expect(notebook.completed("row.`cla|", with: "`class`") == "row.`class`")
      #expect(notebook.complete("`default`.cou|").texts.contains("count"))
      #expect(notebook.complete("row.`class`.isEm|").texts == ["isEmpty"])
      #expect(notebook.complete("\"`defa|\"").texts == [])
    }

    @Test func newerDeclarationsHideOlderOnes() throws {
      let notebook = try Notebook(
        "let value = 1\nstruct Shape { var old = 1 }\nfunc area() -> Int { 1 }",
        "let value = \"text\"\nstruct Shape { var new = 2 }\nfunc area() -> String { \"\" }")
      #expect(notebook.complete("valu|").completions.map(\.signature) == ["value: String"])
      #expect(notebook.complete("Shape().|").texts == ["new"])
      #expect(notebook.complete("are|").completions.map(\.signature) == ["area() -> String"])
      #expect(try #require(notebook.inspect("val|ue")).type == "String")
    }

    @Test func aRedefinitionIsKnownAtOnce() throws {
      let notebook = try Notebook("struct Shape { var old = 1 }\nfunc area(of shape: Shape) -> Int { 1 }")
      #expect(notebook.complete("Shape().|").texts == ["old"])
      #expect(notebook.complete("are|").completions.map(\.signature) == ["area(of: Shape) -> Int"])
      #expect(try #require(notebook.inspect("are|a")).type == "(Shape) -> Int")
      try notebook.add("struct Shape { var new = 2 }\nlet shape = Shape()")
      #expect(notebook.complete("Shape().|").texts == ["new"])
      #expect(notebook.complete("shape.|").texts == ["new"])
      try notebook.add("func area(of shape: Shape) -> Double { 1 }")
      #expect(notebook.complete("are|").completions.map(\.signature) == ["area(of: Shape) -> Double"])
      #expect(try #require(notebook.inspect("let a = are|a(of: shape)")).type == "(Shape) -> Double")
    }

    @Test func generatedNamesAreNeverOffered() {
      for code in ["_|", "martlet|", "Cell|", "_M|", "cblas|", "let x = |", "points.|", "struct A: |"] {
        for completion in notebook.complete(code, limit: 5_000).completions {
          let shown = completion.text + " " + completion.signature
          #expect(!shown.contains("artlet_") && !shown.contains("_martlet") && !shown.contains("_Martlet"), "\(shown)")
          #expect(shown.firstMatch(of: /Cell[0-9]+\b/) == nil, "\(shown)")
          #expect(!completion.text.hasPrefix("_") || completion.text == "_underscored", "\(completion.text)")
        }
      }
      #expect(notebook.complete("_und|").texts == ["_underscored"])
    }

    @Test(arguments: ["", "|", ".", "\u{0}", "(((((", "}}}", "\"\\(", "func", "let x = [", "#if", "\u{feff}a."])
    func strangeCodeIsHarmless(_ code: String) {
      for offset in [-1, 0, code.utf8.count, code.utf8.count + 5] {
        let list = notebook.service.complete(
          code: code, offset: offset, in: notebook.context(for: code, completedOffset: offset))
        #expect(list.replaced.lowerBound >= 0 && list.replaced.upperBound <= code.utf8.count)
      }
    }
  }
}
