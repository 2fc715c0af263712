import Foundation
import Synchronization

/// The older declarations that one cell makes obsolete, and what is needed to take that back.
final class Supersession: Sendable {
  /// The superseded declarations of each older cell, oldest cell first.
  let entries: [(cell: Int, entries: [DeclarationLedger.Entry])]
  let version: Int
  let label: String
  private let saved = Mutex<[Int: JoinedCell]>([:])

  init(of superseded: [DeclarationLedger.Entry], by cell: JoinedCell) {
    entries = Dictionary(grouping: superseded, by: \.cell).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    version = cell.module.sequence
    label = cell.label
  }

  /// Keeps a cell as it is, its interface file too.
  func save(_ cell: JoinedCell) -> JoinedCell {
    let backup = backup(of: cell.module)
    try? FileManager.default.removeItem(at: backup)
    do { try FileManager.default.copyItem(at: cell.module.interface, to: backup) } catch {
      // What a full disk leaves of a copy must not be put in the place of what is whole. A second name needs no room, and
      // the compiler writes a new file under the first.
      try? FileManager.default.removeItem(at: backup)
      _ = link(cell.module.interface.path, backup.path)
    }
    saved.withLock { $0[cell.module.sequence] = cell }
    return cell
  }

  /// Puts one cell's interface back.
  func restore(_ sequence: Int) {
    guard let cell = saved.withLock({ $0.removeValue(forKey: sequence) }) else { return }
    rename(backup(of: cell.module).path, cell.module.interface.path)
  }

  /// Puts everything back, and returns the cells as they were.
  func restoreAll() -> [JoinedCell] {
    let cells = saved.withLock { Array($0.values) }
    for cell in cells { restore(cell.module.sequence) }
    return cells
  }

  /// Makes the change final.
  func commit() {
    let cells = saved.withLock { state in
      defer { state = [:] }
      return Array(state.values)
    }
    for cell in cells { try? FileManager.default.removeItem(at: backup(of: cell.module)) }
  }

  private func backup(of module: CellModule) -> URL {
    module.interface.appendingPathExtension("before-\(version)")
  }
}
