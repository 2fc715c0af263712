import CSQLite

/// Something that SQLite could not do: what was tried, with which database, and SQLite's own words.
package struct SQLiteError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was tried, as a verb and its object.
  package var operation: String
  package var path: String
  /// SQLite's extended result code.
  package var code: Int32
  /// Why, as the end of a sentence.
  package var reason: String

  /// An error; code 0 for one that is not SQLite's own.
  package init(operation: String, path: String, code: Int32, reason: String) {
    self.operation = operation
    self.path = path
    self.code = code
    self.reason = reason
  }

  /// The error in one sentence.
  package var description: String { "SQLite cannot \(operation) in \(path): \(reason)." }

  /// Somebody else holds the database and did not let go in time.
  package var isBusy: Bool { [SQLITE_BUSY, SQLITE_LOCKED].contains(code & 0xFF) }

  /// The statement was at fault, and the database is as good as it was.
  package var isOfStatement: Bool {
    [SQLITE_ERROR, SQLITE_RANGE, SQLITE_TOOBIG, SQLITE_CONSTRAINT, SQLITE_MISMATCH].contains(code & 0xFF)
  }
}

extension SQLiteError {
  init(operation: String, path: String, code: Int32, handle: OpaquePointer) {
    self.init(operation: operation, path: path, code: code, reason: String(cString: sqlite3_errmsg(handle)))
  }
}
