import Foundation
import Glibc

/// The modules of all cells as one chain, for tools that do not know what will be used: completion and inspection.
struct WholeChain: Sendable {
  let folder: URL

  /// - Parameter session: the session's folder, in which the chain's is made.
  init(session: URL) {
    folder = session.appendingPathComponent("chain")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
  }

  /// Puts a module into the chain, before an older one.
  func add(_ module: CellModule, after older: Int?) {
    guard let data = try? Data(contentsOf: module.interface),
      let file = ModuleFile([UInt8](data), of: module.sequence)
    else { return }
    let target = folder.appendingPathComponent(module.interface.lastPathComponent)
    let documentation = folder.appendingPathComponent(module.documentation.lastPathComponent)
    _ = link(module.documentation.path, documentation.path)
    // Whoever reads it meanwhile goes on with the file as it was. Without it, a name is not completed.
    try? Data(file.linked(to: older ?? CellModule.baseSequence)).write(to: target, options: .atomic)
  }
}
