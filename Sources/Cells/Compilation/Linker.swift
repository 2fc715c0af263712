import Foundation

/// Makes a loadable library of a cell's object file.
struct Linker: Sendable {
  let toolchain: Toolchain

  /// Links one cell. The names of other cells and of libraries stay open: loading resolves them.
  func link(_ module: CellModule) throws(LinkerError) {
    let log = module.folder.appendingPathComponent("link.log").path
    let arguments = [
      // The table by which callers are found behind library code that keeps no frame pointers.
      "-shared", "--eh-frame-hdr", module.object.path, toolchain.runtimeObject.path, "-o", module.library.path,
    ]
    do {
      let status = try Subprocess(executable: toolchain.linker.path, arguments: arguments, output: log).run()
      if status == 0 { return }
    } catch {
      throw LinkerError(reason: error.description)
    }
    let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
    throw LinkerError(reason: text.trimmingCharacters(in: .whitespacesAndNewlines))
  }
}

/// A compiled cell could not be linked.
package struct LinkerError: Error, CustomStringConvertible, Sendable {
  package let reason: String

  package var description: String { "The cell was compiled but not linked: \(reason)" }
}
