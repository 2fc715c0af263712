@preconcurrency internal import CMartletRuntime
internal import CSQLite
import Foundation

/// A statement that was made ready.
final class SQLiteStatement {
  let pointer: OpaquePointer
  private let connection: OpaquePointer
  private var steps = 0

  init(_ connection: OpaquePointer, _ sql: String) throws(DatabaseError) {
    self.connection = connection
    var prepared: OpaquePointer?
    var rest = ""
    let status = sql.withCString { text in
      var tail: UnsafePointer<CChar>?
      let status = sqlite3_prepare_v2(connection, text, -1, &prepared, &tail)
      if let tail { rest = String(cString: tail).trimmingCharacters(in: .whitespacesAndNewlines) }
      return status
    }
    guard status == SQLITE_OK else { throw Self.problem(connection, sql) }
    guard let prepared else { throw DatabaseError(.statement, "There is no SQL statement in '\(sql)'.") }
    guard rest.isEmpty || rest.hasPrefix("--") else {
      sqlite3_finalize(prepared)
      throw DatabaseError(.statement, "One statement at a time, please; after the first comes '\(rest.prefix(40))'.")
    }
    pointer = prepared
  }

  deinit { sqlite3_finalize(pointer) }

  static func problem(_ connection: OpaquePointer, _ sql: String) -> DatabaseError {
    DatabaseError(
      .statement, "SQLite says: \(String(cString: sqlite3_errmsg(connection))). The statement: \(sql.prefix(200))")
  }

  func bind(_ values: [DatabaseValue]) throws(DatabaseError) {
    let wanted = Int(sqlite3_bind_parameter_count(pointer))
    guard values.count == wanted else {
      throw DatabaseError(.statement, "The statement has \(wanted) places for values; \(values.count) were given.")
    }
    for (place, value) in values.enumerated() { try bind(value, Int32(place + 1)) }
  }

  func bind(_ value: DatabaseValue, _ place: Int32) throws(DatabaseError) {
    // SQLite makes a copy of the text.
    let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    let status: Int32
    switch value {
    case .int(let value): status = sqlite3_bind_int64(pointer, place, sqlite3_int64(value))
    case .double(let value):
      guard !value.isNaN else { throw DatabaseError(.type, "SQLite does not keep NaN: it would become NULL.") }
      status = sqlite3_bind_double(pointer, place, value)
    case .bool(let value): status = sqlite3_bind_int64(pointer, place, value ? 1 : 0)
    case .date(let date):
      let text = DateText(isDaysOnly: date.columnTicks % CivilDate.ticksPerDay == 0).text(date.columnTicks)
      status = sqlite3_bind_text(pointer, place, text, -1, copies)
    case .string(var text):
      status = text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          sqlite3_bind_text64(
            pointer, place, $0.baseAddress ?? UnsafePointer(bitPattern: 1), UInt64($0.count), copies, UInt8(SQLITE_UTF8)
          )
        }
      }
    case .missing: status = sqlite3_bind_null(pointer, place)
    }
    guard status == SQLITE_OK else { throw Self.problem(connection, "binding value \(place)") }
  }

  /// Goes to the next row; false after the last.
  func step() throws(DatabaseError) -> Bool {
    steps += 1
    if steps & 0xFF == 0, martlet_interrupt_requested != 0 {
      // The database must be left in order before the cell ends.
      sqlite3_reset(pointer)
      throw DatabaseError(.interrupted, "Interrupted while SQLite was at work.")
    }
    switch sqlite3_step(pointer) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw Self.problem(connection, String(cString: sqlite3_sql(pointer)))
    }
  }

  func reset() { sqlite3_reset(pointer) }

  /// An empty reader for each column of the result.
  var columnReaders: [SQLiteColumnReader] {
    (0..<sqlite3_column_count(pointer)).map { column in
      SQLiteColumnReader(
        name: String(cString: sqlite3_column_name(pointer, column)),
        declared: sqlite3_column_decltype(pointer, column).map { String(cString: $0).uppercased() } ?? "")
    }
  }
}
