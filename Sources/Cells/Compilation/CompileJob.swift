import Foundation

/// One run of the compiler over one cell.
struct CompileJob: Sendable {
  enum Product: Sendable {
    /// Code to load, and the module that later cells import when the cell declares something.
    case object(withModule: Bool, withDocumentation: Bool)
    /// The module alone, written again because a declaration in it became obsolete.
    case module

    var hasModule: Bool {
      switch self {
      case .object(let withModule, _): withModule
      case .module: true
      }
    }
  }

  let module: CellModule
  let product: Product
  let toolchain: Toolchain
  let installation: Installation
  /// What the session added to the toolkit.
  var libraries = Libraries()

  /// The frontend's arguments, its own path not included.
  var arguments: [String] {
    var result = ["-frontend"]
    switch product {
    case .object(let withModule, let withDocumentation):
      result += ["-c", module.source.path, "-o", module.object.path]
      result += ["-entry-point-function-name", module.entryPoint]
      if withModule { result += ["-emit-module-path", module.interface.path] }
      if withDocumentation { result += ["-emit-module-doc-path", module.documentation.path] }
    case .module:
      result += ["-emit-module", module.source.path, "-o", module.interface.path]
    }
    return result + Self.languageArguments(toolchain) + [
      "-module-name", module.name, "-package-description-version", String(module.sequence),
      "-serialize-diagnostics-path", module.diagnostics.path,
    ] + Self.searchArguments(module.folder, installation, libraries)
  }

  /// Where the modules lie that cells import.
  static func searchArguments(_ folder: URL, _ installation: Installation, _ libraries: Libraries) -> [String] {
    ([folder, installation.modules] + installation.headerFolders).flatMap { ["-I", $0.path] }
      + libraries.compilerArguments
  }

  /// What every cell is compiled with; the reasons are in the engine notes.
  static func languageArguments(_ toolchain: Toolchain) -> [String] {
    [
      "-target", Toolchain.targetTriple, "-disable-objc-interop", "-O", "-cross-module-optimization",
      // Cells see all of each other; see `CellImports`.
      "-enable-testing", "-enable-private-imports",
      // In Swift 6 mode no function could use a cell's variable.
      "-swift-version", "5", "-enable-bare-slash-regex", "-enforce-exclusivity=unchecked",
      "-plugin-path", toolchain.hostLibraries.appendingPathComponent("plugins").path,
      "-in-process-plugin-server-path",
      toolchain.hostLibraries.appendingPathComponent("libSwiftInProcPluginServer.so").path,
      "-Xcc", "-march=native", "-Xcc", "-fno-omit-frame-pointer",
      "-gline-tables-only", "-experimental-serialize-debug-info", "-diagnostic-style", "llvm",
      // The headers of the system and of the toolkit are not looked at anew for each cell.
      "-disable-modules-validate-system-headers",
      // A module would bring the paths by which it was compiled, maybe in another session, to those who import it.
      "-no-serialize-debugging-options",
      "-module-cache-path", Self.moduleCache.path,
    ]
  }

  /// What sets a compiler process up; said once in the life of a process that compiles many cells.
  ///
  /// A trap ends a cell and not the program, so what a cell stored before must be in memory then. The optimiser takes
  /// a trap for the end of everything and drops stores that only the code behind it would overwrite; without that pass
  /// it does not.
  static let processArguments = ["-Xllvm", "-sil-disable-pass=dead-store-elimination"]

  /// Where the compiler keeps its copies of C modules; all kernels share it.
  static var moduleCache: URL {
    let environment = ProcessInfo.processInfo.environment
    let caches =
      environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : URL(fileURLWithPath: $0) }
      ?? URL(fileURLWithPath: NSHomeDirectory()).appendingPathComponent(".cache")
    return caches.appendingPathComponent("martlet/modules")
  }
}

extension Installation {
  /// The folders of the C modules that the toolkit re-exports.
  fileprivate var headerFolders: [URL] {
    let entries = (try? FileManager.default.contentsOfDirectory(at: headers, includingPropertiesForKeys: nil)) ?? []
    return entries.sorted { $0.path < $1.path }
  }
}
