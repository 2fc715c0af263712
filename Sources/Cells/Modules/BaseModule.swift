import Foundation
import Synchronization

/// The module that the first cells re-export: what every cell has without an import.
final class BaseModule: Sendable {
  private static let text = "@_exported import MartletDisplay\n_martletResult(\"\\(1)\")\n"

  private let module: CellModule
  private let toolchain: Toolchain
  private let installation: Installation
  private let compiler: any Compiler
  private let cache: CellCache?
  private let key: @Sendable () -> CompilationKey
  private let copies: ModuleCopies
  private let isThere = Mutex(false)

  init(
    folder: URL, toolchain: Toolchain, installation: Installation, compiler: any Compiler, cache: CellCache?,
    setting: CompilationSetting, copies: ModuleCopies
  ) {
    let module = CellModule(sequence: CellModule.baseSequence, folder: folder)
    (self.module, self.toolchain, self.installation) = (module, toolchain, installation)
    (self.compiler, self.cache, self.copies) = (compiler, cache, copies)
    key = {
      CompilationKey(
        setting: setting, libraries: Libraries(), product: .module, module: module.name, header: "",
        text: Array(Self.text.utf8), seen: [:])
    }
  }

  /// Makes the module once more, in a folder that has lost it.
  func prepareAgain() throws(CellError) {
    isThere.withLock { $0 = false }
    try prepare()
  }

  /// Makes the module, unless that was done; the second of two callers waits for the first.
  func prepare() throws(CellError) {
    try isThere.withLock { isThere throws(CellError) in
      if isThere { return }
      let key = key()
      if cache?.restore(key, into: module) == nil {
        try compile(.object(withModule: true, withDocumentation: false))
        cache?.store(key, module, hasModule: true, hasLibrary: false)
      }
      copies.addBase(module)
      isThere = true
    }
  }

  /// Has the compiler read the standard library and the toolkit's modules, so that they are at hand for the first cell.
  func warmUp() throws(CellError) {
    try prepare()
    try compile(.object(withModule: false, withDocumentation: false))
  }

  private func compile(_ product: CompileJob.Product) throws(CellError) {
    let job = CompileJob(module: module, product: product, toolchain: toolchain, installation: installation)
    let log = module.folder.appendingPathComponent("base.log").path
    do {
      try Data(Self.text.utf8).write(to: module.source)
    } catch {
      throw .unavailable("No cell can be written to \(module.folder.path): \(error.localizedDescription)")
    }
    let status: Int32
    do throws(CompilerError) {
      status = try compiler.compile(job.arguments, log: log)
    } catch {
      throw CellError(error)
    }
    guard status == 0 else {
      let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
      throw .unavailable(
        "The compiler cannot use Martlet's modules (exit code \(status)); `martlet doctor` tells more. "
          + text.prefix(2_000))
    }
  }
}
