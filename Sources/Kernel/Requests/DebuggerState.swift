import Foundation
import Glibc
import Synchronization

/// What the debug protocol remembers from one request to the next.
final class DebuggerState: Sendable {
  private struct State {
    var isStarted = false
    var client = ""
    var sequence = 0
    var folder: URL?
  }
  private let state = Mutex(State())

  /// Whether a frontend has attached.
  var isStarted: Bool {
    get { state.withLock { $0.isStarted } }
    set { state.withLock { $0.isStarted = newValue } }
  }

  /// What the frontend calls itself: `jupyterlab`.
  var client: String {
    get { state.withLock { $0.client } }
    set { state.withLock { $0.client = newValue } }
  }

  /// The number of the next message to frontends.
  func nextSequence() -> Int {
    state.withLock { state in
      state.sequence += 1
      return state.sequence
    }
  }

  /// Where the texts of cells are put for frontends; named after the process, so that a later session finds it and removes it
  /// when this one could not.
  static var folder: URL {
    FileManager.default.temporaryDirectory.appendingPathComponent("martlet-\(getpid())-debug", isDirectory: true)
  }

  /// Writes a cell's text to its file.
  func write(_ code: String, to path: String) throws {
    let folder = Self.folder
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    state.withLock { $0.folder = folder }
    try Data(code.utf8).write(to: URL(fileURLWithPath: path))
  }

  /// Removes what was written.
  func close() {
    let folder = state.withLock { $0.folder }
    if let folder { try? FileManager.default.removeItem(at: folder) }
  }
}
