import Dispatch
import Foundation
import SQLite

/// The cells of this session and of earlier ones, kept in a database that all sessions of a user share.
///
/// Recording never waits: a queue writes. When the database cannot be used, one line says so, and the cells are only
/// remembered as long as the session lives; no cell ever fails or waits for it.
package final class CellHistory: @unchecked Sendable {
  /// How many cells may come before the size is looked at again.
  private static let cellsBetweenChecks = 500

  private let file: URL?
  private let limits: HistoryLimits
  private let report: @Sendable (String) -> Void
  private let queue = DispatchQueue(label: "martlet.history")
  // What follows is used on `queue` only, which is why this may be shared.
  private var database: HistoryDatabase?
  private var isOpened = false
  private var cellsUntilCheck = CellHistory.cellsBetweenChecks

  /// - Parameters:
  ///   - file: the database; `nil` to remember this session's cells only.
  ///   - report: called, on any thread, with the line that says what is wrong with the file.
  package init(file: URL?, limits: HistoryLimits = HistoryLimits(), report: @escaping @Sendable (String) -> Void) {
    self.file = file
    self.limits = limits
    self.report = report
    // The file is there when the first question comes.
    queue.async { [self] in open() }
  }

  /// Remembers a cell, before it runs.
  ///
  /// - Parameter line: the cell's number, which no other cell of the session has.
  package func record(_ source: String, line: Int) {
    let kept = String(source[..<(source.lastIndex { $0 != "\n" }.map(source.index(after:)) ?? source.startIndex)])
    queue.async { [self] in
      attempt { database throws(SQLiteError) in try database.add(line: line, source: kept) }
      cellsUntilCheck -= 1
      guard cellsUntilCheck == 0 else { return }
      cellsUntilCheck = Self.cellsBetweenChecks
      attempt { database throws(SQLiteError) in try database.forgetTheOldest() }
    }
  }

  /// Remembers the text of a cell's result.
  package func record(output: String, line: Int) {
    queue.async { [self] in
      attempt { database throws(SQLiteError) in try database.add(line: line, output: output) }
    }
  }

  /// The cells that answer a question; everything recorded before is among them.
  package func entries(_ query: HistoryQuery) -> [HistoryEntry] {
    queue.sync {
      var entries: [HistoryEntry] = []
      attempt { database throws(SQLiteError) in entries = try database.entries(query) }
      return entries
    }
  }

  /// Writes what is still to be written and closes the file; cells that come later are forgotten.
  package func close() { queue.sync { database = nil } }

  // MARK: On the queue

  private func open() {
    guard !isOpened else { return }
    isOpened = true
    do {
      database = try HistoryDatabase(file: file, limits: limits)
    } catch {
      giveUpFile(error)
    }
  }

  private func attempt(_ work: (HistoryDatabase) throws(SQLiteError) -> Void) {
    guard let current = database else { return }
    do {
      try work(current)
    } catch  where error.isOfStatement {
      report("A question about the history could not be answered. \(error)")
    } catch {
      giveUpFile(error)
      // Once more with what there is now, so that no cell is missing from here on.
      if let database { try? work(database) }
    }
  }

  /// Goes on in memory.
  private func giveUpFile(_ error: any Error) {
    database = try? HistoryDatabase(file: nil, limits: limits)
    guard let file else { return }
    report(
      "The history in \(file.path) cannot be used, so cells are remembered only until this session ends. \(error) "
        + "A file that is damaged can be deleted.")
  }
}
