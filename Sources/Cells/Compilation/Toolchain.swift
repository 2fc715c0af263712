import Foundation

/// The Swift toolchain that compiles cells: where its parts lie.
package struct Toolchain: Sendable {
  /// The toolchain's `usr` folder.
  package let root: URL

  package init(root: URL) { self.root = root }

  /// The toolchain that `MARTLET_TOOLCHAIN` names, else the one whose `swiftc` is first on the path, else the one that
  /// built Martlet, since what a desktop starts may have another path than a terminal.
  package static func find(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(ToolchainError) -> Toolchain {
    if let given = environment["MARTLET_TOOLCHAIN"], !given.isEmpty {
      let toolchain = Toolchain(root: URL(fileURLWithPath: given))
      guard toolchain.isComplete else { throw ToolchainError(searched: [given]) }
      return toolchain
    }
    let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    for folder in folders {
      let compiler = URL(fileURLWithPath: folder).appendingPathComponent("swiftc")
      guard FileManager.default.isExecutableFile(atPath: compiler.path) else { continue }
      let root = compiler.resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
      let toolchain = Toolchain(root: root)
      if toolchain.isComplete { return toolchain }
    }
    if let installation = try? Installation.find(environment: environment),
      let lines = try? String(contentsOf: installation.toolchainVersion, encoding: .utf8).split(separator: "\n"),
      lines.count > 1
    {
      let toolchain = Toolchain(root: URL(fileURLWithPath: String(lines[1])))
      if toolchain.isComplete { return toolchain }
    }
    throw ToolchainError(searched: folders)
  }

  package var frontend: URL { root.appendingPathComponent("bin/swift-frontend") }
  package var symbolizer: URL { root.appendingPathComponent("bin/llvm-symbolizer") }
  package var runtimeLibraries: URL { root.appendingPathComponent("lib/swift/linux") }
  package var hostLibraries: URL { root.appendingPathComponent("lib/swift/host") }
  /// What every Swift image is linked with so that the runtime finds its types and conformances.
  package var runtimeObject: URL { runtimeLibraries.appendingPathComponent("\(Self.architecture)/swiftrt.o") }

  package static var architecture: String {
    #if arch(arm64)
      "aarch64"
    #else
      "x86_64"
    #endif
  }
  package static var targetTriple: String { "\(architecture)-unknown-linux-gnu" }

  /// The linker for cells: GNU's is the fastest for one small object (engine measurements: 2–3 ms), the toolchain's
  /// own always there.
  package var linker: URL {
    for path in ["/usr/bin/ld.bfd", "/usr/bin/ld"] where FileManager.default.isExecutableFile(atPath: path) {
      return URL(fileURLWithPath: path)
    }
    return root.appendingPathComponent("bin/ld.lld")
  }

  /// Whether the parts that cells need are there.
  package var isComplete: Bool {
    FileManager.default.isExecutableFile(atPath: frontend.path)
      && FileManager.default.fileExists(atPath: runtimeObject.path)
  }
}

/// No usable Swift toolchain was found.
package struct ToolchainError: Error, CustomStringConvertible, Sendable {
  package let searched: [String]

  package var description: String {
    """
    No Swift toolchain found: looked for swiftc, with swift-frontend beside it, in \(searched.joined(separator: ", ")). \
    Install Swift 6.3 from swift.org and put its usr/bin on PATH, or set MARTLET_TOOLCHAIN to its usr folder.
    """
  }
}
