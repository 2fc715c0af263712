import Foundation
import MartletDisplay
import MartletFrames

/// The SQLite file of a store, used by several threads, and by other processes at the same time.
///
/// `@unchecked Sendable`: the connection is used under `lock` only.
final class RunDatabase: @unchecked Sendable {
  let path: String
  private let lock = Lock()
  private let connection: SQLiteDatabase

  /// Opens the file, or makes it.
  init(_ path: String) throws(RunStoreError) {
    self.path = path
    do {
      connection = try SQLiteDatabase(path)
    } catch { throw RunStoreError(.file, error.description) }
    try prepare()
  }

  /// The rows of a query. Values take the places of question marks, and are never a part of the statement.
  func query(_ sql: String, _ values: [DatabaseValue] = []) throws(RunStoreError) -> DataFrame {
    try locked { connection throws(DatabaseError) in try connection.query(sql, values) }
  }

  /// Carries several statements out, all or none.
  func change(_ statements: [(sql: String, values: [DatabaseValue])]) throws(RunStoreError) {
    try locked { connection throws(DatabaseError) in
      try Self.transaction(connection) { () throws(DatabaseError) in
        for statement in statements { try connection.execute(statement.sql, statement.values) }
      }
    }
  }

  /// Adds a row, and gives its number.
  func insert(_ sql: String, _ values: [DatabaseValue]) throws(RunStoreError) -> Int {
    let found = try locked { connection throws(DatabaseError) in
      try connection.execute(sql, values)
      return try connection.query("select last_insert_rowid() as number")
    }
    guard let number = found.rows.first?["number", Int.self] else {
      throw RunStoreError(.database, "'\(path)' did not number the new run.")
    }
    return number
  }

  private func locked<Value>(
    _ body: (SQLiteDatabase) throws(DatabaseError) -> Value
  ) throws(RunStoreError) -> Value {
    let result = lock { Result { () throws(DatabaseError) in try body(connection) } }
    do {
      return try result.get()
    } catch { throw RunStoreError(.database, "'\(path)': \(error.description)") }
  }

  /// Writers of other processes are waited for at the start, when nothing has been read that they could change.
  private static func transaction(
    _ connection: SQLiteDatabase, _ body: () throws(DatabaseError) -> Void
  ) throws(DatabaseError) {
    try connection.execute("begin immediate")
    do {
      try body()
    } catch {
      try connection.execute("rollback")
      throw error
    }
    try connection.execute("commit")
  }

  /// Reads all of `body` from one state of the file: somebody else may make its tables between two questions.
  private func snapshot<Value>(_ body: () throws(DatabaseError) -> Value) throws(DatabaseError) -> Value {
    try connection.execute("begin")
    let result = Result(catching: body)
    try connection.execute("commit")
    return try result.get()
  }

  // MARK: The file's form

  private func prepare() throws(RunStoreError) {
    let state: RunSchema.State
    do {
      state = try snapshot { () throws(DatabaseError) in try RunSchema.state(of: connection) }
    } catch { throw RunStoreError(.file, "'\(path)' is not a file of runs: \(error.description) Choose another path.") }
    switch state {
    case .current: break
    case .empty:
      try locked { connection throws(DatabaseError) in
        try useLog()
        try Self.transaction(connection) { () throws(DatabaseError) in
          // Another process may have been first.
          guard case .empty = try RunSchema.state(of: connection) else { return }
          for statement in RunSchema.statements { try connection.execute(statement) }
        }
      }
    case .newer(let version):
      throw RunStoreError(
        .file,
        "'\(path)' has version \(version); versions up to \(RunSchema.version) can be read. Update Martlet to read it.")
    case .foreign(let tables):
      throw RunStoreError(
        .file, "'\(path)' is a database of something else, with the tables \(tables). Choose another path.")
    case .damaged(let missing):
      throw RunStoreError(.file, "'\(path)' is damaged: the tables \(missing) are missing. Restore it from a copy.")
    }
    try locked { connection throws(DatabaseError) in
      try connection.execute("pragma synchronous = normal")
      try connection.execute("pragma foreign_keys = on")
    }
  }

  /// Readers do not wait for writers from now on, and a commit need not wait for the disk. Others who open the same new
  /// file may be in the way for a moment, in which case SQLite does not wait by itself.
  private func useLog() throws(DatabaseError) {
    for _ in 1..<40 {
      do {
        return try connection.execute("pragma journal_mode = wal")
      } catch { Thread.sleep(forTimeInterval: 0.05) }
    }
    try connection.execute("pragma journal_mode = wal")
  }
}
