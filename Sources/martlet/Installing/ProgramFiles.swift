import Foundation

/// Where the program and what comes with it lie.
///
/// Installed, the program is `PREFIX/bin/martlet` and all else is in `PREFIX/lib/martlet`; in a build tree, in the folder
/// of the sources. `MARTLET_HOME` names the folder outright.
package enum ProgramFiles {
  /// The program itself, links resolved.
  package static var executable: URL {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().standardizedFileURL
  }

  /// The folder with the kernel's logos; `nil` when nothing like it is found.
  package static func kernelspec(
    executable: URL = executable, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> URL? {
    var candidates: [URL] = []
    if let home = environment["MARTLET_HOME"], !home.isEmpty { candidates.append(URL(fileURLWithPath: home)) }
    let folder = executable.deletingLastPathComponent()
    candidates.append(folder.deletingLastPathComponent().appendingPathComponent("lib/martlet"))
    var ancestor = folder
    while ancestor.path != "/" {
      ancestor = ancestor.deletingLastPathComponent()
      if FileManager.default.fileExists(atPath: ancestor.appendingPathComponent("Package.swift").path) {
        candidates.append(ancestor)
      }
    }
    return candidates.map { $0.appendingPathComponent("kernelspec") }.first {
      FileManager.default.fileExists(atPath: $0.appendingPathComponent("logo-svg.svg").path)
    }
  }
}
