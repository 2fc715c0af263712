import Foundation
import MartletFrames
import Testing

@Suite struct DatabaseTests {
  /// A value of every type, missing ones, and texts that would be SQL or CSV if they were let.
  static func sample() throws -> DataFrame {
    try DataFrame(
      Column("i", [1, nil, Int.max]), Column("d", [0.1, -Double.infinity, nil]), Column("b", [true, nil, false]),
      Column("s", ["x'); drop table t; --", "", nil]), Column("tricky \" name", ["\\.", "a,\"b\"\n", "ä"]),
      Column("day", ["2026-03-01", "1969-12-31", nil]),
      Column("time", ["2026-03-01T12:30:00.25Z", nil, "2026-03-01T00:00:00Z"])
    ).adding("day", text("day").asDate()).adding("time", text("time").asDate())
  }

  @Test func sqliteKeepsEveryValue() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".db").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let frame = try Self.sample()
    try frame.writeSQLite(to: path, table: "t")
    #expect(try DataFrame(sqlite: path, table: "t") == frame)
    let database = try SQLiteDatabase(path)
    #expect(try database.tables == ["t"])
    do { try database.write(frame, to: "t") } catch { #expect(error.kind == .tableExists) }
    try database.write(frame, to: "t", ifExists: .append)
    #expect(try database.query("select count(*) as n from t")["n", Int.self].values() == [6])
    try database.write(frame.head(1), to: "t", ifExists: .replace)
    #expect(try database.query("select i from t where s = ?", ["x'); drop table t; --"])["i", Int.self].values() == [1])
    #expect(try database.query("select 1 as a, 'x' as b where ? is null", [nil]).shape == (1, 2))
  }

  @Test func statementsTakeVariables() throws {
    let frame = try DataFrame(Column("city", ["Oslo", "Rome", nil]), Column("price", [12, 7, 9]))
    let (city, limit, nobody): (String, Int, String?) = ("Oslo", 8, nil)
    #expect(try frame.query("select * from frame where city = ? and price > ?", [city, limit]).rowCount == 1)
    #expect(try frame.query("select * from frame where city is ?", [nobody]).rowCount == 1)
    #expect(try frame.query("select * from frame where city = ? or price = ?", ["Rome", 9]).rowCount == 2)
    #expect(try frame.query("select * from frame where city = ?", [.string(city)]).rowCount == 1)
    #expect(DatabaseValue(limit) == .int(8) && DatabaseValue(nobody) == .missing && DatabaseValue(2.5) == .double(2.5))
  }

  @Test func sqliteRefusesWhatItCannotKeep() throws {
    let database = try SQLiteDatabase(":memory:")
    let broken = try DataFrame(Column("x", [1, Double.nan]))
    do {
      try database.write(broken, to: "t")
      Issue.record("accepted")
    } catch { #expect(error.kind == .type && error.description.contains("Row 1 of 'x'")) }
    #expect(try database.tables == [], "all or nothing")
    try database.execute("create table m (a, b blob)")
    try database.execute("insert into m values (1, x'00ff'), ('two', null)")
    for sql in [
      "select a from m", "select b from m", "select nothing", "select 1; select 2", "", "select 1 as x, 2 as x",
    ] {
      #expect(throws: DatabaseError.self, "\(sql)") { try database.query(sql) }
    }
    #expect(throws: DatabaseError.self) { try database.query("select ?", []) }
    #expect(throws: DatabaseError.self) { try DataFrame(sqlite: "/no/such/file.db", table: "t") }
    #expect(try database.query("select 1 as x union all select 2.5").columns[0].type == .double)
  }

  @Test func framesAnswerSQL() throws {
    let orders = try DataFrame(Column("city", ["Oslo", "Rome", "Oslo"]), Column("price", [1.5, 2, 3]))
    let totals = try orders.query("select city, sum(price) as total from frame group by city order by city")
    #expect(try totals == DataFrame(Column("city", ["Oslo", "Rome"]), Column("total", [4.5, 2])))
    let people = try DataFrame(Column("city", ["Oslo"]), Column("name", ["Ada"]))
    #expect(try orders.query("select name from frame join people using (city)", with: ["people": people]).rowCount == 2)
  }

  @Test(.enabled(if: PostgresServer.isInstalled, "needs a server: Debian's package postgresql"))
  func postgresKeepsEveryValue() throws {
    let server = try PostgresServer()
    defer { server.stop() }
    let database = try PostgresDatabase(server.settings)
    let frame = try Self.sample()
    try database.write(frame, to: "a \"table\"")
    #expect(try database.query("select * from \"a \"\"table\"\"\"") == frame)
    do { try database.write(frame, to: "a \"table\"") } catch { #expect(error.kind == .tableExists) }
    try database.write(frame.adding("d", [Double.nan, 1, 2]), to: "a \"table\"", ifExists: .replace)
    let read = try database.query("select d, i from \"a \"\"table\"\"\" where s = $1", ["x'); drop table t; --"])
    #expect(try read["d", Double.self][0]?.isNaN == true && read["i", Int.self][0] == 1)
    let types = try database.query(
      "select 1::smallint as i, 1.5::numeric as d, 'a'::char(3) as s, '{1,2}'::int[] as a, null::date as n, now() as t")
    #expect(types.columns.map(\.type) == [.int, .double, .string, .string, .date, .date])
    for sql in ["select * from nothing", "select 'infinity'::date", "create table x (a int)", "select $1::int"] {
      #expect(throws: DatabaseError.self, "\(sql)") { try database.query(sql) }
    }
    try database.write(DataFrame(Column("x", (0..<200_000).map { $0 % 7 == 0 ? nil : $0 })), to: "long")
    #expect(try database.query("select count(*) as n, count(x) as x from long").rows[0].number("n") == 200_000)
  }

  @Test func anAbsentServerIsSaidSo() {
    #expect(throws: DatabaseError.self) { try PostgresDatabase("host=/no/such/folder dbname=x") }
  }
}
