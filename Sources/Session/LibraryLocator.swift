import Cells
import Foundation

/// Finds the shared libraries that a cell's imports ask for, by the names that a linker knows.
struct LibraryLocator: Sendable {
  let toolchain: Toolchain

  private static let systemFolders = ["/usr/local/lib", "/usr/lib/\(Toolchain.architecture)-linux-gnu", "/usr/lib"]

  /// The paths of the libraries that exist; names that stand for no library of their own, such as `m`, are left out.
  func paths(of names: [String]) -> [String] {
    names.compactMap { name in
      let file = "lib\(name).so"
      let own = toolchain.runtimeLibraries.appendingPathComponent(file).path
      return ([own] + Self.systemFolders.map { "\($0)/\(file)" }).first(where: isLibrary)
    }
  }

  /// Whether a file is a library and not a linker's script, which cannot be loaded.
  private func isLibrary(_ path: String) -> Bool {
    guard let handle = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? handle.close() }
    return (try? handle.read(upToCount: 4)) == Data([0x7f, 0x45, 0x4c, 0x46])
  }
}
