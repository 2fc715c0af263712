import Foundation
import Session
import Synchronization

/// A folder with a history, and what its histories report.
final class HistoryFolder: Sendable {
  let file: URL
  let reports = Reports()

  final class Reports: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func append(_ line: String) { lines.withLock { $0.append(line) } }
  }

  init() {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("history-\(UUID().uuidString)")
    file = folder.appendingPathComponent("deep/history.sqlite")
  }

  deinit { try? FileManager.default.removeItem(at: file.deletingLastPathComponent().deletingLastPathComponent()) }

  /// A session's history, with these cells, from line 1 on.
  func session(_ cells: [String] = [], limits: HistoryLimits = HistoryLimits()) -> CellHistory {
    let history = CellHistory(file: file, limits: limits) { [reports] in reports.append($0) }
    for (index, cell) in cells.enumerated() { history.record(cell, line: index + 1) }
    return history
  }

  func permissions(of name: String) throws -> Int? {
    let path = file.deletingLastPathComponent().appendingPathComponent(name).path
    return try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }
}

extension CellHistory {
  /// An answer in short: `session/line source`, and `-> output`.
  func shown(_ query: HistoryQuery) -> [String] {
    entries(query).map { "\($0.session)/\($0.line) \($0.source)" + ($0.output.map { " -> \($0)" } ?? "") }
  }
}
