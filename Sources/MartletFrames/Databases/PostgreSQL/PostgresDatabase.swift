import Foundation

/// A connection to a PostgreSQL server, through its own client library libpq.
///
///     let server = try PostgresDatabase("host=localhost dbname=shop user=reader")
///     try server.query("select city, sum(price) from orders where day >= $1 group by city", ["2026-01-01"])
///     try server.write(totals, to: "totals", ifExists: .replace)
///
/// What is large stays in the server: ask for the rows and columns that are needed. Not for several threads at once.
public final class PostgresDatabase {
  private let library: PostgresLibrary
  private let connection: OpaquePointer

  /// Connects to a server.
  /// - Parameter settings: as libpq takes them: `host=… dbname=… user=…`, or `postgresql://user@host/dbname`. What is left
  ///   out comes from the environment (PGHOST, PGUSER, …) and `~/.pgpass`, which is the place for passwords.
  /// - Throws: ``DatabaseError`` of kind `connection`.
  public init(_ settings: String) throws(DatabaseError) {
    library = try PostgresLibrary.load()
    guard let opened = library.connect(settings) else {
      throw DatabaseError(.connection, "There is no memory for a connection.")
    }
    guard library.status(opened) == PostgresLibrary.connectionOK else {
      let reason = String(cString: library.errorMessage(opened)).trimmingCharacters(in: .whitespacesAndNewlines)
      library.finish(opened)
      throw DatabaseError(.connection, "The server does not let us in: \(reason)")
    }
    connection = opened
    try execute("set client_encoding to 'UTF8'")
    try execute("set datestyle to 'ISO'")
    try execute("set timezone to 'UTC'")
  }

  deinit { library.finish(connection) }

  /// The rows that a statement gives.
  ///
  /// smallint, integer and bigint are `Int`; real, double precision and numeric `Double` (numeric to the nearest one);
  /// boolean is `Bool`, date and timestamps `Date`. Everything else is its text. NULL is a missing value.
  /// - Parameters:
  ///   - sql: one statement, with $1, $2, … for values.
  ///   - values: what stands in their places.
  /// - Throws: ``DatabaseError`` of kind `statement`, or `type` for a date that is none, such as infinity.
  public func query(_ sql: String, _ values: [DatabaseValue] = []) throws(DatabaseError) -> DataFrame {
    let result = try run(sql, values, expecting: PostgresLibrary.tuplesOK)
    defer { library.clear(result) }
    var columns: [AnyColumn] = []
    for column in 0..<library.columnCount(result) {
      columns.append(try PostgresColumn(library, result, column).read())
    }
    do throws(FrameError) {
      return try DataFrame(columns)
    } catch {
      throw DatabaseError(.statement, "\(error.description) Name them apart: select a.id as first, b.id as second.")
    }
  }

  /// Carries out a statement that gives no rows.
  /// - Throws: ``DatabaseError`` of kind `statement`.
  public func execute(_ sql: String, _ values: [DatabaseValue] = []) throws(DatabaseError) {
    library.clear(try run(sql, values, expecting: PostgresLibrary.commandOK))
  }

  /// The rows that a statement gives, with variables for its values.
  @_disfavoredOverload
  public func query(_ sql: String, _ values: [(any DatabaseConvertible)?]) throws(DatabaseError) -> DataFrame {
    try query(sql, values.map { DatabaseValue($0) })
  }

  /// Carries out a statement that gives no rows, with variables for its values.
  @_disfavoredOverload
  public func execute(_ sql: String, _ values: [(any DatabaseConvertible)?]) throws(DatabaseError) {
    try execute(sql, values.map { DatabaseValue($0) })
  }

  /// Writes a frame to a table, all of it or nothing, by COPY.
  ///
  /// Columns are bigint, integer, double precision, real, text, boolean, and date or timestamptz; categories, lists and
  /// tensors are their text.
  /// - Throws: ``DatabaseError``.
  public func write(_ frame: DataFrame, to table: String, ifExists: ExistingTable = .fail) throws(DatabaseError) {
    guard !frame.columns.isEmpty else { throw DatabaseError(.statement, "A table has at least one column.") }
    let name = SQLText.identifier(table)
    try execute("begin")
    do throws(DatabaseError) {
      let exists =
        try query("select to_regclass($1) is not null as found", [.string(name)])["found"].texts() == ["true"]
      if exists && ifExists == .fail {
        throw DatabaseError(
          .tableExists, "The database has a table '\(table)' already. Give ifExists: .replace or .append.")
      }
      if exists && ifExists == .replace { try execute("drop table \(name)") }
      if !exists || ifExists == .replace {
        let columns = frame.columns.map { "\(SQLText.identifier($0.name)) \(Self.declaration($0))" }
        try execute("create table \(name) (\(columns.joined(separator: ", ")))")
      }
      try copy(frame, to: name)
    } catch {
      try? execute("rollback")
      throw error
    }
    try execute("commit")
  }

  private func copy(_ frame: DataFrame, to name: String) throws(DatabaseError) {
    let columns = frame.columnNames.map(SQLText.identifier).joined(separator: ", ")
    guard let start = library.execSimple(connection, "copy \(name) (\(columns)) from stdin (format csv)") else {
      throw problem("copy")
    }
    let status = library.resultStatus(start)
    library.clear(start)
    guard status == PostgresLibrary.copyIn else { throw problem("copy") }
    let writer = CSVWriter(frame, separator: UInt8(ascii: ","), isForPostgres: true)
    for block in 0..<Parallel.blockCount(frame.rowCount) {
      let bytes = writer.rows(Parallel.block(block, of: frame.rowCount))
      let sent = bytes.withUnsafeBytes { bytes in
        library.putCopyData(
          connection, bytes.baseAddress!.assumingMemoryBound(to: CChar.self), CInt(bytes.count))  // a block has rows
      }
      guard sent == 1 else { throw problem("copy") }
    }
    guard library.putCopyEnd(connection, nil) == 1 else { throw problem("copy") }
    var failure: DatabaseError?
    while let result = library.getResult(connection) {
      if library.resultStatus(result) != PostgresLibrary.commandOK { failure = problem("copy") }
      library.clear(result)
    }
    if let failure { throw failure }
  }

  private static func declaration(_ column: AnyColumn) -> String {
    switch column.content {
    case .int: "bigint"
    case .int32: "integer"
    case .double: "double precision"
    case .float: "real"
    case .bool: "boolean"
    case .string, .categorical, .doubleLists, .intLists, .textLists, .tensor: "text"
    case .date(let dates): DateText(dates).isDaysOnly ? "date" : "timestamptz"
    }
  }

  private func problem(_ sql: String) -> DatabaseError {
    let reason = String(cString: library.errorMessage(connection)).trimmingCharacters(in: .whitespacesAndNewlines)
    return DatabaseError(.statement, "PostgreSQL says: \(reason) The statement: \(sql.prefix(200))")
  }

  private func run(
    _ sql: String, _ values: [DatabaseValue], expecting status: CInt
  ) throws(DatabaseError) -> OpaquePointer {
    let texts = values.map { strdup($0) }
    defer { for text in texts { free(text) } }
    let pointers = texts.map { $0.map { UnsafePointer<CChar>($0) } }
    guard let result = library.exec(connection, sql, CInt(values.count), nil, pointers, nil, nil, 0) else {
      throw problem(sql)
    }
    let found = library.resultStatus(result)
    if found == status || (status == PostgresLibrary.commandOK && found == PostgresLibrary.tuplesOK) { return result }
    let failed = found == PostgresLibrary.commandOK
    library.clear(result)
    throw failed ? DatabaseError(.statement, "The statement gives no rows; use execute for it.") : problem(sql)
  }

  /// A value as the text that libpq sends, which is freed by the caller; nil for a missing one.
  private func strdup(_ value: DatabaseValue) -> UnsafeMutablePointer<CChar>? {
    switch value {
    case .int(let value): Foundation.strdup(value.description)
    case .double(let value):
      Foundation.strdup(
        value.isInfinite ? (value < 0 ? "-Infinity" : "Infinity") : value.isNaN ? "NaN" : value.description)
    case .string(let value): Foundation.strdup(value)
    case .bool(let value): Foundation.strdup(value ? "true" : "false")
    case .date(let value): Foundation.strdup(DateText(isDaysOnly: false).text(value.columnTicks))
    case .missing: nil
    }
  }
}
