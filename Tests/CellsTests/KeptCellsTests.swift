import Cells
import Foundation
import Testing

/// Where the code of a cell comes from when it was compiled before.
@Suite(.serialized) final class KeptCellsTests {
  private let cache: URL
  init() throws { cache = try ChainFixture.makeFolder().appendingPathComponent("cells") }
  deinit { try? FileManager.default.removeItem(at: cache.deletingLastPathComponent()) }

  private let notebook = [
    "let a = 5", "func f(_ x: Int) -> Int { x + a }", "struct S { var v = f(1) }", "let s = S()", "s.v",
    "extension Int { var twice: Int { self * 2 } }", "a.twice", "func f(_ x: Int) -> String { \"\" }", "f(1)",
  ]

  @Test func anotherSessionCompilesNothingAgain() throws {
    #expect(try ChainFixture(cache: cache).origins(notebook).allSatisfy { $0 == .compiled })
    #expect(try ChainFixture(cache: cache).origins(notebook).allSatisfy { $0 == .kept })
  }

  @Test func whatUsesAChangedCellIsCompiledAgain() throws {
    _ = try ChainFixture(cache: cache).origins(["let a = 5", "let b = 1", "a + 1", "b + 1"])
    let origins = try ChainFixture(cache: cache).origins(["let a = 6", "let b = 1", "a + 1", "b + 1"])
    #expect(origins == [.compiled, .kept, .compiled, .kept])
  }

  /// The number that messages use and the one in the module's name are different things.
  @Test func theModulesNameIsPartOfTheKey() throws {
    let first = try ChainFixture(cache: cache)
    try first.run("let a = 5")
    try first.run("1 + 1")
    let second = try ChainFixture(cache: cache)
    #expect(throws: CellError.self) { try second.run("let a = )") }
    #expect(try second.run("1 + 1").origin == .compiled)
  }

  @Test func damageIsSeen() throws {
    _ = try ChainFixture(cache: cache).origins(["let a = 5", "a + 1"])
    for file in try FileManager.default.contentsOfDirectory(at: cache, includingPropertiesForKeys: nil) {
      var bytes = try Data(contentsOf: file)
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: file)
    }
    #expect(try ChainFixture(cache: cache).origins(["let a = 5", "a + 1"]) == [.compiled, .compiled])
    #expect(try ChainFixture(cache: cache).origins(["let a = 5", "a + 1"]) == [.kept, .kept])
  }

  @Test func warningsAreKeptWithTheCell() throws {
    let text = "[2, 1].sorted()\nfunc f() { let unused = 1 }\nprint(1)"
    let compiled = try ChainFixture(cache: cache).run(text)
    #expect(compiled.warnings.map(\.offset) == [7, text.utf8.count - "unused = 1 }\nprint(1)".utf8.count])
    #expect(compiled.warnings.map(\.message).first == "result of call to 'sorted()' is unused")
    let fixture = try ChainFixture(cache: cache)
    let kept = try fixture.run(text)
    #expect(kept.origin == .kept && kept.warnings == compiled.warnings)
    let repeated = try fixture.run(text)
    #expect(repeated.origin == .loaded && repeated.warnings == compiled.warnings)
  }

  @Test func aFolderThatOthersCanWriteToIsNotUsed() throws {
    try FileManager.default.createDirectory(at: cache, withIntermediateDirectories: false)
    #expect(CellCache(folder: cache, limit: 1 << 20) != nil)
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: cache.path)
    #expect(CellCache(folder: cache, limit: 1 << 20) == nil)
  }

  @Test func theSizeIsBounded() throws {
    let limit = 150_000
    var fixture: ChainFixture? = try ChainFixture(cache: cache, limit: limit)
    for index in 0..<8 { try fixture?.run("let v\(index) = \(index)") }
    fixture = nil
    let files = try FileManager.default.contentsOfDirectory(at: cache, includingPropertiesForKeys: [.fileSizeKey])
    let total = try files.reduce(0) { try $0 + ($1.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0) }
    #expect(total > 0 && total <= limit)
  }

  @Test func theSameTextRunsItsLoadedCode() throws {
    let fixture = try ChainFixture()
    let texts = ["var n = 1", "func g() -> Int { n }", "n + g()"]
    #expect(try fixture.origins(texts) == [.compiled, .compiled, .compiled])
    #expect(try fixture.origins(texts) == [.loaded, .loaded, .loaded])
    // A declaration that has come between is another one.
    try fixture.run("var n = 2.5")
    #expect(try fixture.run("n + Double(g())").origin == .compiled)
    #expect(throws: CellError.self) { try fixture.run("n + g()") }
  }

  @Test func declarationsRunTheirLoadedCodeToo() throws {
    let fixture = try ChainFixture()
    let texts = [
      "import Foundation\nstruct S { var v = 1; static func + (a: S, b: S) -> S { S(v: a.v + b.v) } }\nenum Step { case go }",
      "struct T { var v = 1 }\nextension T { func more() -> T { T(v: v + 1) } }\nvar all = [T()]",
      "all.append(T(v: 2).more())",
    ]
    _ = try fixture.origins(texts)
    #expect(try fixture.origins(texts) == [.loaded, .loaded, .loaded])
    try fixture.run("struct T { var w = 1 }")
    #expect(try fixture.run(texts[1]).origin == .compiled)
    #expect(try fixture.run(texts[1]).origin == .loaded)
  }

  @Test func whatADeclarationUsesIsSeen() throws {
    let fixture = try ChainFixture()
    let text = "struct S { var v = start }\nlet s = S()"
    _ = try fixture.origins(["let start = 1", text])
    #expect(try fixture.origins(["let start = 2", text]) == [.compiled, .compiled])
  }

  @Test(arguments: ["struct T { static var count = 0 }", "extension Int { var z: Int { 0 } }"])
  func whatStartsOverIsCompiledAgain(_ text: String) throws {
    let fixture = try ChainFixture()
    #expect(try fixture.origins([text, text]) == [.compiled, .compiled])
  }

  @Test func theNextCellIsCompiledWhileOneRuns() throws {
    let fixture = try ChainFixture(cache: cache)
    let running = try fixture.compile("let a = 5")
    fixture.chain.compileAhead("a * 2", number: 2, after: running)
    fixture.chain.conclude(running)
    #expect(try fixture.run("a * 2").origin == .ahead)
  }

  @Test func aCellThatStoppedSpoilsWhatWasCompiledAhead() throws {
    let fixture = try ChainFixture(cache: cache)
    let running = try fixture.compile("let a = 5\nlet b = 6")
    fixture.chain.compileAhead("a * 2", number: 2, after: running)
    fixture.chain.conclude(running, completedItems: 1)
    #expect(try fixture.run("a * 2").origin != .ahead)
    #expect(throws: CellError.self) { try fixture.run("b") }
  }
}
