import Foundation

/// A compiler process that stays loaded and serves one request after the other.
enum WarmCompiler {
  static func start(toolchain: Toolchain, installation: Installation, folder: URL) -> any Compiler {
    SpawnedCompiler(frontend: toolchain.frontend.path)
  }
}
