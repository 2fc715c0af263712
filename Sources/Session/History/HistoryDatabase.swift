import Foundation
import SQLite

/// The tables that history is kept in, shared by every session that runs.
///
/// Writers wait for each other for at most ``patience`` milliseconds; readers wait for nobody (a write-ahead log). For one
/// thread at a time.
final class HistoryDatabase {
  private static let patience = 2000
  /// Tells the file from other programs' databases: "mrtl".
  private static let application = 0x6D72_746C
  private static let version = 1

  let database: Database
  private let path: String
  private let limits: HistoryLimits
  /// The current session's number; it gets one with its first cell.
  private(set) var session: Int?

  /// - Parameter file: `nil` for a history that is gone with the object.
  init(file: URL?, limits: HistoryLimits) throws(SQLiteError) {
    if let file { HistoryFile.prepare(file) }
    self.limits = limits
    path = file?.path ?? ":memory:"
    database = try Database(path: path, patience: Self.patience)
    // A pattern with more in it could take for ever.
    database.limitPatterns(bytes: 1000)
    try useLog()
    try database.execute("PRAGMA synchronous = NORMAL; PRAGMA trusted_schema = OFF;")
    try makeTables()
    try forgetTheOldest()
  }

  /// Writers do not hold up readers from now on. Others who open the same new file may be in the way for a moment, in which
  /// case SQLite does not wait by itself.
  private func useLog() throws(SQLiteError) {
    for attempt in 1... {
      do {
        // Freed pages can be given back to the file system, if this comes before the first table.
        if try database.number("PRAGMA page_count") == 0 { try database.execute("PRAGMA auto_vacuum = INCREMENTAL") }
        return try database.execute("PRAGMA journal_mode = WAL")
      } catch  where error.isBusy && attempt < 40 {
        Thread.sleep(forTimeInterval: 0.05)
      }
    }
  }

  private func makeTables() throws(SQLiteError) {
    if try isOurs() { return }
    // Others may be about to make them too: who comes second finds them.
    try database.transaction { () throws(SQLiteError) in
      if try isOurs() { return }
      guard try database.number("SELECT count(*) FROM sqlite_schema") == 0 else {
        throw SQLiteError(
          operation: "use the tables", path: path, code: 0, reason: "another program or version has made them")
      }
      try database.execute(
        """
        CREATE TABLE sessions (number INTEGER PRIMARY KEY AUTOINCREMENT, started TEXT NOT NULL);
        CREATE TABLE cells (
          session INTEGER NOT NULL, line INTEGER NOT NULL, source TEXT NOT NULL, output TEXT,
          PRIMARY KEY (session, line));
        PRAGMA application_id = \(Self.application);
        PRAGMA user_version = \(Self.version);
        """)
    }
  }

  private func isOurs() throws(SQLiteError) -> Bool {
    let application = try database.number("PRAGMA application_id")
    let version = try database.number("PRAGMA user_version")
    return application == Self.application && version == Self.version
  }

  /// Adds a cell of the current session; one with the same number is replaced.
  func add(line: Int, source: String) throws(SQLiteError) {
    guard source.utf8.count <= limits.longestSource else { return }
    let session = try currentSession()
    try database.run(
      "INSERT OR REPLACE INTO cells (session, line, source) VALUES (?, ?, ?)",
      [.integer(session), .integer(line), .text(source)])
  }

  /// Adds what came of a cell of the current session.
  func add(line: Int, output: String) throws(SQLiteError) {
    guard let session else { return }
    let isLong = output.utf8.count > limits.longestOutput && output.count > limits.longestOutput
    let kept = isLong ? output.prefix(limits.longestOutput) + "…" : output
    try database.run(
      "UPDATE cells SET output = ? WHERE session = ? AND line = ?", [.text(kept), .integer(session), .integer(line)])
  }

  private func currentSession() throws(SQLiteError) -> Int {
    if let session { return session }
    try database.run("INSERT INTO sessions (started) VALUES (datetime())")
    session = database.lastInsertedRow
    return database.lastInsertedRow
  }

  /// Forgets the oldest cells while there are too many.
  func forgetTheOldest() throws(SQLiteError) {
    while true {
      let count = try database.number("SELECT count(*) FROM cells")
      let pages = try database.number("PRAGMA page_count") - database.number("PRAGMA freelist_count")
      let bytes = try pages * database.number("PRAGMA page_size")
      guard count > limits.cells || (bytes > limits.bytes && count > 0) else { return }
      try database.run(
        "DELETE FROM cells WHERE rowid IN (SELECT rowid FROM cells ORDER BY session, line LIMIT ?)",
        [.integer(max(1, count / 4))])
      try database.run("DELETE FROM sessions WHERE number < (SELECT min(session) FROM cells)")
      try database.execute("PRAGMA incremental_vacuum")
    }
  }
}
