import Intelligence
import Testing

extension SourceKitTests {
  /// Inspection over cells that were compiled before.
  @Suite struct InspectionTests {
    private static let shared = Result { try Notebook(Samples.geometry, Samples.variables) }
    private let notebook: Notebook

    init() throws { notebook = try Self.shared.get() }

    @Test func methodOfAnEarlierCell() throws {
      let inspection = try #require(notebook.inspect("points[0].dist|ance(to: .origin)"))
      #expect(inspection.name == "distance(to:scale:)")
      #expect(inspection.kind == .method)
      #expect(inspection.type == "(Point, Double) -> Double")
      #expect(inspection.declaration == "func distance(to other: Point, scale: Double = 1) -> Double")
      #expect(inspection.module == nil)
      #expect(inspection.cell != nil)
      #expect(
        inspection.documentation == """
          How far another point is.

          ```swift
          a.distance(to: b)  // <Double>
          ```
          Never negative, and 0 only where `self` is &lt;other>; see `Point`.

          **Parameters**

          - `other`: the other point.
          - `scale`: a factor.

          **Returns:** the distance.
          """)
    }

    @Test func variableOfAnEarlierCell() throws {
      let inspection = try #require(notebook.inspect("print(poi|nts)"))
      #expect(inspection.kind == .variable)
      #expect(inspection.type == "[Point]")
      #expect(inspection.declaration == "var points: [Point]")
      #expect(inspection.documentation == "All the points.")
      #expect(
        inspection.markdown(origin: "In[2]") == """
          ```swift
          var points: [Point]
          ```

          From: In[2]

          All the points.
          """)
      #expect(inspection.plainText() == "var points: [Point]\n\nAll the points.")
    }

    @Test func typesAndCases() throws {
      let type = try #require(notebook.inspect("Point|()"))
      #expect(type.kind == .struct)
      #expect(type.type == "Point")
      #expect(type.documentation == "A point in the plane.")
      let element = try #require(notebook.inspect("let c = Color.blu|e(level: 1)"))
      #expect(element.kind == .enumCase)
      #expect(element.declaration == "case blue(level: Int)")
      #expect(element.type == "(Int) -> Color")
    }

    @Test func standardLibraryAndToolkit() throws {
      let print = try #require(notebook.inspect("|print(1)"))
      #expect(print.module == "Swift")
      #expect(print.documentation.hasPrefix("Writes the textual representations"))
      let tensor = try #require(notebook.inspect("let t: Tensor|<Double>"))
      #expect(tensor.module == "MartletNumerics")
      #expect(tensor.documentation.contains("tensor"))
    }

    @Test func namesOfTheCellItself() throws {
      #expect(try #require(notebook.inspect("let total = points.count\nprint(tot|al)")).type == "Int")
      let function = try #require(notebook.inspect("/// Doubles.\nfunc dou|ble(_ n: Int) -> Int { n * 2 }"))
      #expect(function.declaration == "func double(_ n: Int) -> Int")
      #expect(function.documentation == "Doubles.")
      #expect(try #require(notebook.inspect("points.map { p in p|.x }")).type == "Point")
    }

    @Test func theCallAroundTheCursor() throws {
      #expect(try #require(notebook.inspect("mean(|)")).name == "mean(of:)")
      #expect(try #require(notebook.inspect("points[0].distance(|")).name == "distance(to:scale:)")
      #expect(try #require(notebook.inspect("mean(of: [1, 2|])")).name == "mean(of:)")
    }

    @Test func overloadsOfAnUnfinishedCall() throws {
      let maximum = try #require(notebook.inspect("max(|"))
      #expect(maximum.declaration.hasPrefix("max("))
      #expect(!maximum.documentation.isEmpty)
    }

    @Test(arguments: [
      ("points.append|", "append(_ newElement: "), ("points.sorted|", "sorted(by "), ("Array.sorted|", "sorted(by: "),
      ("max|", "max("), ("Dictionary.count|", "count: Int"),
    ]) func aNameThatSeveralFunctionsHave(_ marked: String, _ declaration: String) throws {
      let inspection = try #require(notebook.inspect(marked))
      #expect(inspection.declaration.contains(declaration), "\(inspection)")
      #expect(!inspection.documentation.isEmpty)
    }

    @Test func declarationsWithoutLibraryInternals() throws {
      let map = try #require(notebook.inspect("points.ma|p { $0 }"))
      #expect(map.declaration.hasPrefix("func map<"))
      let integer = try #require(notebook.inspect("Int|"))
      #expect(integer.declaration == "struct Int : FixedWidthInteger, SignedInteger")
    }

    @Test func documentationInTheCellsOwnCode() throws {
      let member = try #require(notebook.inspect("struct W {\n  /// Its width.\n  var a = 1\n}\nW().a|"))
      #expect(member.documentation == "Its width.")
    }

    @Test(arguments: ["// poi|nts", "|", "12|", "nowhere|", "\"te|xt\"", "let _ = 1 |+", "_MartletCell1|"])
    func nothingToInspect(_ marked: String) { #expect(notebook.inspect(marked) == nil) }
  }
}
