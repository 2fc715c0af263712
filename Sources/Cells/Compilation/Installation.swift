import Foundation

/// Where Martlet's own files lie: `bin/martlet`, and everything else in `lib/martlet` beside it.
package struct Installation: Sendable {
  /// The folder with the worker, the toolkit's library and its modules.
  package let library: URL

  package init(library: URL) { self.library = library }

  /// The installation that `MARTLET_HOME` names, else the one that the running executable belongs to.
  package static func find(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(InstallationError) -> Installation {
    var candidates: [URL] = []
    if let home = environment["MARTLET_HOME"], !home.isEmpty {
      candidates.append(URL(fileURLWithPath: home).appendingPathComponent("lib/martlet"))
    }
    let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let folder = executable.deletingLastPathComponent()
    candidates.append(folder.deletingLastPathComponent().appendingPathComponent("lib/martlet"))
    for candidate in candidates where Installation(library: candidate).isComplete {
      return Installation(library: candidate)
    }
    throw InstallationError(searched: candidates.map(\.path))
  }

  package var worker: URL { library.appendingPathComponent("martlet-worker") }
  package var toolkit: URL { library.appendingPathComponent("libMartlet.so") }
  package var warmCompiler: URL { library.appendingPathComponent("libMartletWarmCompiler.so") }
  package var modules: URL { library.appendingPathComponent("modules") }
  package var headers: URL { library.appendingPathComponent("include") }
  package var kernelspec: URL { library.appendingPathComponent("kernelspec") }
  /// The compiler that built the toolkit, as `swiftc --version` names it: only that one reads its modules.
  package var toolchainVersion: URL { library.appendingPathComponent("toolchain-version") }

  package var isComplete: Bool {
    [worker, toolkit, modules].allSatisfy { FileManager.default.fileExists(atPath: $0.path) }
  }
}

/// The files that belong to the executable are not where they should be.
package struct InstallationError: Error, CustomStringConvertible, Sendable {
  package let searched: [String]

  package var description: String {
    """
    Martlet's worker and toolkit were not found in \(searched.joined(separator: " or ")). \
    Run `make` in the project, or `make install`, and use the martlet that it names.
    """
  }
}
