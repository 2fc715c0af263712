import Foundation
import SQLite
import Testing

@Suite struct DatabaseTests {
  private func points() throws -> Database {
    let database = try Database(path: ":memory:")
    try database.execute("CREATE TABLE points (x INTEGER NOT NULL UNIQUE, name TEXT)")
    return database
  }

  @Test(arguments: ["", "a", "é🇸🇪", "a\u{0}b", "'); DROP TABLE points; --", String(repeating: "x", count: 100_000)])
  func valuesComeBackAsTheyWere(text: String) throws {
    let database = try points()
    try database.run("INSERT INTO points VALUES (?, ?)", [.integer(.min), .text(text)])
    try database.run("INSERT INTO points VALUES (?, ?)", [.integer(.max), .null])
    let rows = try database.rows("SELECT x, name FROM points ORDER BY x") { ($0.integer(0), $0.optionalText(1)) }
    #expect(rows.map(\.0) == [.min, .max])
    #expect(rows.map(\.1) == [text, nil])
  }

  @Test func statementsSayHowManyRowsTheyChange() throws {
    let database = try points()
    for x in 1...3 { #expect(try database.run("INSERT INTO points VALUES (?, 'p')", [.integer(x)]) == 1) }
    #expect(database.lastInsertedRow == 3)
    #expect(try database.run("DELETE FROM points WHERE x > ?", [1]) == 2)
    #expect(try database.number("SELECT count(*) FROM points") == 1)
    #expect(try database.number("SELECT x FROM points WHERE x = 9") == 0)
  }

  @Test func aStatementWithAnErrorCanBeRunAgain() throws {
    let database = try points()
    try database.run("INSERT INTO points VALUES (?, 'a')", [1])
    let error = #expect(throws: SQLiteError.self) { try database.run("INSERT INTO points VALUES (?, 'a')", [1]) }
    #expect(error?.isOfStatement == true)
    #expect(error?.description.contains("UNIQUE constraint failed: points.x") == true)
    try database.run("INSERT INTO points VALUES (?, 'a')", [2])
  }

  @Test func transactionsAreWholeOrNothing() throws {
    let database = try points()
    #expect(throws: SQLiteError.self) {
      try database.transaction { () throws(SQLiteError) in
        try database.run("INSERT INTO points VALUES (1, 'a')")
        try database.run("INSERT INTO nowhere VALUES (1)")
      }
    }
    #expect(try database.number("SELECT count(*) FROM points") == 0)
    try database.transaction { () throws(SQLiteError) in try database.run("INSERT INTO points VALUES (1, 'a')") }
    #expect(try database.number("SELECT count(*) FROM points") == 1)
  }

  @Test func whoWaitsInVainIsToldSo() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).sqlite")
    defer { try? FileManager.default.removeItem(at: file) }
    let holder = try Database(path: file.path)
    try holder.execute("CREATE TABLE t (x); BEGIN IMMEDIATE")
    let waiting = try Database(path: file.path, patience: 20)
    let error = #expect(throws: SQLiteError.self) { try waiting.run("INSERT INTO t VALUES (1)") }
    #expect(error?.isBusy == true)
    try holder.execute("COMMIT")
    try waiting.run("INSERT INTO t VALUES (1)")
  }

  @Test(arguments: [("SELEC 1", "syntax error"), ("", "no statement"), ("SELECT * FROM nowhere", "no such table")])
  func wrongStatementsAreNamed(sql: String, reason: String) throws {
    let error = #expect(throws: SQLiteError.self) { try Database(path: ":memory:").run(sql) }
    #expect(error?.description.contains(reason) == true)
  }

  @Test func aFileThatCannotBeIsNamed() {
    let error = #expect(throws: SQLiteError.self) { try Database(path: "/nowhere/at/all") }
    #expect(error?.description == "SQLite cannot open in /nowhere/at/all: unable to open database file.")
  }

  @Test func longPatternsAreRefused() throws {
    let database = try points()
    database.limitPatterns(bytes: 10)
    #expect(try database.number("SELECT 'abc' GLOB ?", ["a*"]) == 1)
    let error = #expect(throws: SQLiteError.self) { try database.number("SELECT 'abc' GLOB ?", ["aaaaaaaaaaaaa*"]) }
    #expect(error?.isOfStatement == true)
  }
}
