internal import CSQLite
import Foundation

/// A SQLite database: a file, or memory.
///
///     let shop = try SQLiteDatabase("shop.db")
///     shop.tables                                                            // ["customers", "orders"]
///     let dear = try shop.query("select * from orders where price > ?", [100])
///     try shop.write(totals, to: "totals", ifExists: .replace)
///
/// Not for several threads at once.
public final class SQLiteDatabase {
  private let connection: OpaquePointer
  /// The file's path, or ":memory:".
  public let path: String

  /// Opens a database, which is made when it is not there.
  /// - Parameter path: a file; ":memory:" for one that lives as long as this object.
  /// - Throws: ``DatabaseError`` of kind `connection`.
  public init(_ path: String, createsFile: Bool = true) throws(DatabaseError) {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | (createsFile ? SQLITE_OPEN_CREATE : 0)
    let status = sqlite3_open_v2(path, &opened, flags, nil)
    guard status == SQLITE_OK, let opened else {
      let reason = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "no memory"
      sqlite3_close_v2(opened)
      throw DatabaseError(.connection, "'\(path)' cannot be opened as a SQLite database: \(reason).")
    }
    connection = opened
    self.path = path
    sqlite3_busy_timeout(connection, 5000)
  }

  deinit { sqlite3_close_v2(connection) }

  /// The names of its tables and views, in order.
  public var tables: [String] {
    get throws(DatabaseError) {
      let names = try query("select name from sqlite_schema where type in ('table', 'view') order by name")
      return names["name"].texts().compactMap { $0 }
    }
  }

  /// The rows that a statement gives.
  ///
  /// A column is `Int`, `Double` or `String` as its values are stored; declared as BOOLEAN, DATE, DATETIME or TIMESTAMP it
  /// is `Bool` or `Date` if all of its values can be. NULL is a missing value.
  /// - Parameters:
  ///   - sql: one statement, with a question mark for each value.
  ///   - values: what stands in the places of the question marks.
  /// - Throws: ``DatabaseError`` of kind `statement`, or `type` where a column has numbers and texts, or blobs.
  public func query(_ sql: String, _ values: [DatabaseValue] = []) throws(DatabaseError) -> DataFrame {
    let statement = try SQLiteStatement(connection, sql)
    try statement.bind(values)
    var readers = statement.columnReaders
    while try statement.step() {
      for column in readers.indices { try readers[column].append(statement.pointer, Int32(column)) }
    }
    do throws(FrameError) {
      return try DataFrame(readers.map { $0.column })
    } catch {
      throw DatabaseError(.statement, "\(error.description) Name them apart: select a.id as first, b.id as second.")
    }
  }

  /// Carries out a statement that gives no rows.
  /// - Throws: ``DatabaseError`` of kind `statement`.
  public func execute(_ sql: String, _ values: [DatabaseValue] = []) throws(DatabaseError) {
    let statement = try SQLiteStatement(connection, sql)
    try statement.bind(values)
    while try statement.step() {}
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

  /// Writes a frame to a table, all of it or nothing.
  ///
  /// Columns are INTEGER, REAL, TEXT, BOOLEAN, and DATE or TIMESTAMP as text by ISO 8601; categories, lists and tensors are
  /// their text.
  /// - Throws: ``DatabaseError``; of kind `type` for NaN, which SQLite would turn into NULL.
  public func write(_ frame: DataFrame, to table: String, ifExists: ExistingTable = .fail) throws(DatabaseError) {
    try execute("savepoint martlet_write")
    do throws(DatabaseError) {
      try SQLiteWriter(frame, table).write(to: self, connection, ifExists)
    } catch {
      try execute("rollback to martlet_write")
      try execute("release martlet_write")
      throw error
    }
    try execute("release martlet_write")
  }
}
