import Foundation
import Synchronization

/// The module that the first cells re-export: what every cell has without an import.
///
/// It is compiled when a session starts, which also warms the compiler: the standard library and the toolkit's modules
/// are at hand then.
final class BaseModule: Sendable {
  private static let text = "@_exported import MartletDisplay\n_martletResult(\"\\(1)\")\n"

  private let job: CompileJob
  private let compiler: any Compiler
  private let isThere = Mutex(false)

  init(folder: URL, toolchain: Toolchain, installation: Installation, compiler: any Compiler) {
    job = CompileJob(
      module: CellModule(sequence: CellModule.baseSequence, folder: folder),
      product: .object(withModule: true, withDocumentation: false), toolchain: toolchain, installation: installation)
    self.compiler = compiler
  }

  /// Compiles the module, unless that was done; the second of two callers waits for the first.
  func prepare() throws(CellError) {
    try isThere.withLock { isThere throws(CellError) in
      if isThere { return }
      let log = job.module.folder.appendingPathComponent("base.log").path
      do {
        try Data(Self.text.utf8).write(to: job.module.source)
      } catch {
        throw .unavailable("No cell can be written to \(job.module.folder.path): \(error.localizedDescription)")
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
          "The compiler cannot use Martlet's modules (exit code \(status)); `martlet doctor` tells more. \(text.prefix(2_000))")
      }
      isThere = true
    }
  }
}
