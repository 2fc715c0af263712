import Cells
import Testing

@Suite struct CellOutlineTests {
  @Test(arguments: [
    ("let x = y + z", ["x"], ["y", "z"]),
    ("func f(_ a: Int) -> Int { a + b }", ["f"], ["Int", "b"]),
    ("struct S { var total = 0; func add() { total += step } }", ["S"], ["step"]),
    ("let g = { n in n * k }", ["g"], ["k"]),
    ("for i in rows { print(i) }", [], ["rows", "print"]),
    ("if let value { show(value) }", [], ["value", "show"]),
    ("point.x = other.y", [], ["point", "other"]),
    ("f(label: x)", [], ["f", "x"]),
    ("let (a, b) = pair", ["a", "b"], ["pair"]),
  ])
  func names(_ text: String, declared: [String], used: [String]) {
    let outline = CellOutline(text)
    #expect(outline.declared == Set(declared))
    // Operators are names too.
    #expect(outline.used.filter { $0.first!.isLetter } == Set(used))
  }

  @Test func onlyFunctions() {
    #expect(CellOutline("func f() {}\nfunc g() {}").isOnlyFunctions)
    #expect(!CellOutline("func f() {}\nf()").isOnlyFunctions)
    #expect(!CellOutline("").isOnlyFunctions)
  }
}

/// What is said of cells whose declarations have changed.
@Suite(.serialized) struct StalenessTests {
  @Test func aRedefinitionMakesItsUsersStale() throws {
    let fixture = try ChainFixture()
    try fixture.run("func f() -> Int { 1 }", identifier: "a")
    try fixture.run("let x = f()", identifier: "b")
    try fixture.run("x + 1", identifier: "c")
    try fixture.run("2 + 2", identifier: "d")
    #expect(fixture.chain.staleCells.isEmpty)
    try fixture.run("func f() -> Int { 2 }", identifier: "a")
    let stale = fixture.chain.staleCells
    #expect(stale.map(\.number) == [2, 3])
    #expect(stale.first?.reasons == [.redefined(name: "f", number: 5)])
    #expect(stale.last?.reasons == [.follows(name: "x", number: 2)])
    try fixture.run("let x = f()", identifier: "b")
    try fixture.run("x + 1", identifier: "c")
    #expect(fixture.chain.staleCells.isEmpty)
  }

  @Test func anOverloadIsNoRedefinition() throws {
    let fixture = try ChainFixture()
    try fixture.run("func f(_ x: Int) -> Int { x }")
    try fixture.run("f(1)")
    try fixture.run("func f(_ x: String) -> String { x }")
    #expect(fixture.chain.staleCells.isEmpty)
  }

  @Test func aDeclarationThatItsCellNoLongerHas() throws {
    let fixture = try ChainFixture()
    try fixture.run("let old = 1", identifier: "a")
    try fixture.run("old + 1", identifier: "b")
    try fixture.run("let new = 1", identifier: "a")
    #expect(fixture.chain.staleCells.map(\.reasons) == [[.removed(name: "old")]])
  }

  @Test func functionsThatGoOnWithTheEarlierOne() throws {
    let fixture = try ChainFixture()
    try fixture.run("func f() -> Int { 1 }", identifier: "a")
    try fixture.run("func g() -> Int { f() }", identifier: "b")
    try fixture.run("struct S { func h() -> Int { f() } }\nlet s = S()", identifier: "c")
    try fixture.run("let value = f()", identifier: "d")
    let again = try fixture.run("func f() -> Int { 2 }", identifier: "a")
    let followers = fixture.chain.followers(of: again)
    #expect(followers.map(\.number) == [2, 3])
    #expect(followers.map(\.canFollow) == [true, false])
    #expect(followers.map(\.names) == [["f"], ["f"]])
  }

  @Test func undoing() throws {
    let fixture = try ChainFixture()
    try fixture.run("let x = 1")
    try fixture.run("func f() -> Int { 1 }")
    try fixture.run("func f() -> String { \"\" }")
    #expect(throws: CellError.self) { try fixture.run("let i: Int = f()") }
    let undone = try fixture.chain.undo()
    #expect(undone?.declared == ["f()"])
    try fixture.run("let i: Int = f()")
    try fixture.run("let x = \"\"")
    _ = try fixture.chain.undo()
    try fixture.run("let j: Int = x")
    _ = try fixture.chain.undo()
    _ = try fixture.chain.undo()
    _ = try fixture.chain.undo()
    _ = try fixture.chain.undo()
    #expect(try fixture.chain.undo()?.number == nil)
    #expect(throws: CellError.self) { try fixture.run("x") }
  }
}
