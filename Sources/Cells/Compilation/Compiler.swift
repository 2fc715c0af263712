import Glibc
import Synchronization

/// Runs the compiler's frontend.
protocol Compiler: Sendable {
  /// Compiles and returns the frontend's exit code; text that it prints outside its diagnostics goes to `log`.
  func compile(_ arguments: [String], log: String) throws(CompilerError) -> Int32
  /// Ends the compilation that is under way, if there is one; its `compile` throws `CompilerError.cancelled`.
  func cancel()
  /// Ends the compiler, when it is a process that stays.
  func shutdown()
}

/// The compiler gave no verdict on a cell.
package enum CompilerError: Error, CustomStringConvertible, Sendable {
  case cancelled
  /// It crashed, as compilers do on unusual code; the signal says how.
  case crashed(signal: Int32, log: String)
  case unavailable(String)

  package var description: String {
    switch self {
    case .cancelled: "The compilation was interrupted."
    case .crashed(let signal, _):
      "The compiler crashed (signal \(signal)) on this cell. The session is unharmed; write the cell another way."
    case .unavailable(let reason): reason
    }
  }
}

/// Starts the frontend anew for each cell: slower than a warm one by its start, and always there.
final class SpawnedCompiler: Compiler {
  private let frontend: String
  private let running = Mutex<(process: pid_t?, isCancelled: Bool)>((nil, false))

  init(frontend: String) { self.frontend = frontend }

  func compile(_ arguments: [String], log: String) throws(CompilerError) -> Int32 {
    running.withLock { $0 = (nil, false) }
    let status: Subprocess.Status
    do {
      let whole = arguments + CompileJob.processArguments
      status = try Subprocess(executable: frontend, arguments: whole, output: log).run { process in
        running.withLock { $0.process = process }
      }
    } catch {
      throw .unavailable(error.description)
    }
    let isCancelled = running.withLock { state in
      state.process = nil
      return state.isCancelled
    }
    if isCancelled { throw .cancelled }
    if status < 0 { throw .crashed(signal: -status, log: log) }
    return status
  }

  func cancel() {
    running.withLock { state in
      guard let process = state.process else { return }
      state.isCancelled = true
      kill(process, SIGKILL)
    }
  }

  func shutdown() {}
}
