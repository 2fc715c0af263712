import Cells
import Dispatch
import Foundation
import Synchronization
import WorkerLink

/// Whether Martlet's own files are there, and whether its worker starts.
enum InstallationChecks {
  private static let remedy = "Build and install Martlet again: run 'make install' in the project."
  private static let secondsToAnswer = 20.0

  static func files() -> [Check] {
    let installation: Installation
    do { installation = try Installation.find() } catch {
      let places = error.searched.joined(separator: " or ")
      return [Check("installation", "the worker and the toolkit are not in \(places)", remedy: remedy)]
    }
    let parts = [
      installation.program, installation.warmCompiler, installation.headers, installation.kernelspec,
      installation.toolchainVersion,
    ]
    if let missing = parts.first(where: { !FileManager.default.fileExists(atPath: $0.path) }) {
      return [Check("installation", "\(missing.path) is not there", remedy: remedy)]
    }
    return [Check("installation", installation.library.path)]
  }

  /// Starts the worker, which loads the toolkit, and waits until it answers.
  static func worker() -> [Check] {
    guard let installation = try? Installation.find() else { return [] }
    do {
      let worker = try WorkerProcess(
        executable: installation.worker.path, libraries: [installation.toolkit.path], workingDirectory: nil)
      defer { worker.terminate() }
      if let problem = problem(of: worker) { return [Check("worker", problem, remedy: remedy)] }
      return [Check("worker", "\(installation.worker.path) starts and loads the toolkit")]
    } catch {
      return [Check("worker", "\(error)", remedy: remedy)]
    }
  }

  /// Gives the worker a cell that does not exist: a worker that is well says that it cannot be loaded.
  private static func problem(of worker: WorkerProcess) -> String? {
    let written = Mutex("")
    let ended = Mutex<ProcessEnd?>(nil)
    let answered = DispatchSemaphore(value: 0)
    worker.start { event in
      switch event {
      case .output(_, let text): written.withLock { $0 += text }
      case .finished: answered.signal()
      case .ended(let end):
        ended.withLock { $0 = end }
        answered.signal()
      default: break
      }
    }
    worker.run(cell: 0, libraries: [], path: "/nonexistent", entry: "")
    guard answered.wait(timeout: .now() + secondsToAnswer) == .success else { return "the worker does not answer" }
    guard let end = ended.withLock({ $0 }) else { return nil }
    return written.withLock { "\(end) \($0)" }.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
