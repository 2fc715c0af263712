import Session
import Testing

extension EngineTests {
  @Suite struct QueriesTests {
    @Test(arguments: [
      ("1 + 1", Completeness.complete), ("", .complete), ("// note", .complete), ("let x = [1,\n  2]", .complete),
      ("print(\"a\")", .complete), ("struct S {}", .complete),
    ]) func `whole cells are complete`(_ code: String, _ expected: Completeness) throws {
      let driver = try CellDriver()
      #expect(driver.session.completeness(of: code) == expected)
    }

    @Test(arguments: [
      "func f() {", "if true {", "let x = [1,", "print(", "let s = \"\"\"\nabc", "/* open", "struct S {\n  var a = 1",
    ])
    func `cells that go on are incomplete`(_ code: String) throws {
      let driver = try CellDriver()
      guard case .incomplete = driver.session.completeness(of: code) else {
        Issue.record("\(code) is \(driver.session.completeness(of: code))")
        return
      }
    }

    @Test(arguments: ["let = = 3", "func 1f() {}", "}", "let x = )"]) func `nonsense is invalid`(_ code: String) throws
    {
      let driver = try CellDriver()
      #expect(driver.session.completeness(of: code) == .invalid)
    }

    @Test func `the value of an expression is told without storing or showing anything`() throws {
      let driver = try CellDriver()
      driver.run("let a = 20")
      #expect(try driver.session.value(of: "a + 1").get().plainText == "21")
      #expect(throws: CellFailure.self) { try driver.session.value(of: "missing").get() }
      #expect(driver.run("a").result == "20")
    }
  }
}
