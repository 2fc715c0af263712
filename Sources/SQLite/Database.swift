import CSQLite

/// An SQLite database: a file, or one in memory that ends with the object.
///
/// For one thread at a time. Statements are prepared once and kept.
///
///     let database = try Database(path: ":memory:")
///     try database.execute("CREATE TABLE points (x INTEGER, name TEXT)")
///     try database.run("INSERT INTO points VALUES (?, ?)", [3, "c"])
///     let names = try database.rows("SELECT name FROM points WHERE x > ?", [2]) { $0.text(0) }   // ["c"]
package final class Database {
  private let path: String
  let handle: OpaquePointer
  private var statements: [String: Statement] = [:]

  /// Opens a database; a file that is not there is made.
  ///
  /// - Parameters:
  ///   - path: the file, or `:memory:`.
  ///   - patience: how many milliseconds to wait for others who write.
  package init(path: String, patience: Int = 0) throws(SQLiteError) {
    self.path = path
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    let code = sqlite3_open_v2(path, &opened, flags, nil)
    // There is a handle even after a failure, unless there was no memory for one.
    guard let opened else { throw SQLiteError(operation: "open", path: path, code: code, reason: "out of memory") }
    guard code == SQLITE_OK else {
      let error = SQLiteError(operation: "open", path: path, code: code, handle: opened)
      sqlite3_close_v2(opened)
      throw error
    }
    handle = opened
    sqlite3_busy_timeout(handle, Int32(patience))
  }

  deinit {
    // Statements go first: a handle with living statements is not closed.
    statements = [:]
    sqlite3_close_v2(handle)
  }

  /// Runs statements that have no values and no result, one after another.
  package func execute(_ statements: String) throws(SQLiteError) {
    try check(sqlite3_exec(handle, statements, nil, nil, nil), "run \(statements.prefix(60))")
  }

  /// Runs one statement.
  ///
  /// - Parameter values: for the question marks in it, in order.
  /// - Returns: how many rows it has changed.
  @discardableResult
  package func run(_ sql: String, _ values: [SQLiteValue] = []) throws(SQLiteError) -> Int {
    _ = try rows(sql, values) { _ in }
    return Int(sqlite3_changes64(handle))
  }

  /// The rows of one statement's result.
  ///
  /// - Parameters:
  ///   - values: for the question marks in it, in order.
  ///   - transform: makes something of a row, which is gone afterwards.
  package func rows<Element>(
    _ sql: String, _ values: [SQLiteValue] = [], _ transform: (Row) -> Element
  ) throws(SQLiteError) -> [Element] {
    let statement = try prepared(sql)
    defer { statement.reset() }
    try check(statement.bind(values), "take the values of \(sql)")
    var elements: [Element] = []
    while true {
      let code = sqlite3_step(statement.pointer)
      switch code {
      case SQLITE_ROW: elements.append(transform(Row(statement: statement.pointer)))
      case SQLITE_DONE: return elements
      default: try check(code, "run \(sql)")
      }
    }
  }

  /// The first column of the first row, as a number; 0 where there is none.
  package func number(_ sql: String, _ values: [SQLiteValue] = []) throws(SQLiteError) -> Int {
    try rows(sql, values) { $0.integer(0) }.first ?? 0
  }

  /// Does several things as one: all of them, or after an error none. Others who write wait meanwhile.
  package func transaction(_ body: () throws(SQLiteError) -> Void) throws(SQLiteError) {
    try execute("BEGIN IMMEDIATE")
    do {
      try body()
      try execute("COMMIT")
    } catch {
      // The first error is the one to tell; a transaction that SQLite has already undone is no second one.
      try? execute("ROLLBACK")
      throw error
    }
  }

  /// The number that the last insertion gave its row.
  package var lastInsertedRow: Int { Int(sqlite3_last_insert_rowid(handle)) }

  /// The longest pattern that `GLOB` and `LIKE` accept, in bytes: what strangers write should not take for ever.
  package func limitPatterns(bytes: Int) {
    sqlite3_limit(handle, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, Int32(bytes))
  }

  private func prepared(_ sql: String) throws(SQLiteError) -> Statement {
    if let statement = statements[sql] { return statement }
    var pointer: OpaquePointer?
    try check(
      sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, nil), "understand \(sql)")
    guard let pointer else {
      throw SQLiteError(operation: "run", path: path, code: SQLITE_MISUSE, reason: "no statement")
    }
    let statement = Statement(pointer: pointer)
    statements[sql] = statement
    return statement
  }

  private func check(_ code: Int32, _ operation: String) throws(SQLiteError) {
    guard code != SQLITE_OK else { return }
    throw SQLiteError(operation: operation, path: path, code: code, handle: handle)
  }
}
