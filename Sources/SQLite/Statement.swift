import CSQLite

/// A value that goes into a statement.
package enum SQLiteValue: Sendable, Equatable {
  case integer(Int)
  case text(String)
  case null
}

extension SQLiteValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
  package init(integerLiteral value: Int) { self = .integer(value) }
  package init(stringLiteral value: String) { self = .text(value) }
}

/// A row of a result, for as long as the closure that it is given to runs. Columns are counted from 0.
package struct Row {
  let statement: OpaquePointer

  /// A column as a number; 0 for null, and what SQLite makes of text.
  package func integer(_ column: Int) -> Int { Int(sqlite3_column_int64(statement, Int32(column))) }

  /// A column as text; empty for null.
  package func text(_ column: Int) -> String { optionalText(column) ?? "" }

  /// A column as text; `nil` for null.
  package func optionalText(_ column: Int) -> String? {
    guard let start = sqlite3_column_text(statement, Int32(column)) else { return nil }
    // Counted, since text may contain the character 0.
    let count = Int(sqlite3_column_bytes(statement, Int32(column)))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }
}

/// A prepared statement.
final class Statement {
  let pointer: OpaquePointer

  init(pointer: OpaquePointer) { self.pointer = pointer }

  deinit { sqlite3_finalize(pointer) }

  /// Gives the question marks their values; the result is SQLite's code.
  func bind(_ values: [SQLiteValue]) -> Int32 {
    // `SQLITE_TRANSIENT`, a cast that Swift does not import: SQLite makes a copy of the text.
    let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    for (index, value) in zip(Int32(1)..., values) {
      let code =
        switch value {
        case .integer(let number): sqlite3_bind_int64(pointer, index, Int64(number))
        case .null: sqlite3_bind_null(pointer, index)
        case .text(var text):
          text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
              // Empty text has no address, which would mean null.
              $0.baseAddress.map { sqlite3_bind_text(pointer, index, $0, Int32(bytes.count), copies) }
                ?? sqlite3_bind_text(pointer, index, "", 0, copies)
            }
          }
        }
      if code != SQLITE_OK { return code }
    }
    return SQLITE_OK
  }

  /// Makes it ready to run again; locks that it held are free.
  func reset() {
    sqlite3_reset(pointer)
    sqlite3_clear_bindings(pointer)
  }
}
