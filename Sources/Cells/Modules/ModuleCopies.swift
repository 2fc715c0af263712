import Foundation
import Glibc
import Synchronization

/// Copies of all cells' modules, each of which re-exports no other cell: for completion and inspection, which read modules
/// at any time, while the originals are linked into one chain after the other.
///
/// SourceKit lists a folder of modules once and finds no module later that was not in the list. So the names of cells to come
/// stand in the folder before the cells do.
final class ModuleCopies: Sendable {
  private struct State {
    var modules: Set<Int> = []
    var revision = 0
    /// The names up to this cell's stand in the folder.
    var reserved = -1
  }

  /// How many names are put into the folder at a time.
  private static let reserve = 500

  let folder: URL
  private let state = Mutex(State())

  /// - Parameter session: the session's folder, in which the copies' is made.
  init(session: URL) {
    folder = session.appendingPathComponent("copies")
    makeFolder()
  }

  /// Makes the folder, which has nothing in it then but names.
  func makeFolder() {
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    state.withLock { state in
      state.reserved = -1
      reserveNames(after: 0, &state)
    }
  }

  /// Counts how often something has changed that was there to be read before.
  var revision: Int { state.withLock { $0.revision } }

  /// Copies a cell's module, once more if it has changed.
  func add(_ module: CellModule) {
    guard let data = try? Data(contentsOf: module.interface),
      let file = ModuleFile([UInt8](data), of: module.sequence)
    else { return }
    _ = link(module.documentation.path, folder.appendingPathComponent(module.documentation.lastPathComponent).path)
    write(file.linked(to: CellModule.baseSequence), of: module)
  }

  /// Copies the module that has what every cell has.
  func addBase(_ module: CellModule) {
    guard let data = try? Data(contentsOf: module.interface) else { return }
    write([UInt8](data), of: module)
    state.withLock { $0.revision += 1 }
  }

  private func write(_ bytes: [UInt8], of module: CellModule) {
    // Whoever reads it meanwhile goes on with the file as it was. Without it, a name is not completed.
    try? Data(bytes).write(to: folder.appendingPathComponent(module.interface.lastPathComponent), options: .atomic)
    state.withLock { state in
      if !state.modules.insert(module.sequence).inserted { state.revision += 1 }
      if module.sequence > state.reserved - Self.reserve / 4 {
        reserveNames(after: module.sequence, &state)
        state.revision += 1
      }
    }
  }

  private func reserveNames(after sequence: Int, _ state: inout State) {
    let empty = folder.appendingPathComponent("empty").path
    let descriptor = open(empty, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    if descriptor >= 0 { close(descriptor) }
    let last = sequence + Self.reserve
    for sequence in max(0, state.reserved + 1)...last {
      let module = CellModule(sequence: sequence, folder: folder)
      // A second name of one file, which is never written to: no more room is needed.
      _ = link(empty, module.interface.path)
    }
    state.reserved = last
  }
}
