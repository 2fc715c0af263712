import Cells
import Foundation
import WorkerLink

/// One life of a session's engine: a worker process with the chain of cells that it has loaded. When the worker dies,
/// its variables and the chain go with it, and the session starts another engine.
final class Engine: Sendable {
  let chain: CellChain
  let run = CellRun()
  let inspections = PendingInspections()
  let comms = CommRelay()
  private let worker: WorkerProcess
  private let folder: SessionFolder
  private let surroundingsAnswer = SurroundingsAnswer()

  /// Starts the worker; returns when it is ready.
  init(toolchain: Toolchain, installation: Installation, workingDirectory: String?) throws {
    folder = try SessionFolder()
    let (run, inspections) = (run, inspections)
    do {
      worker = try WorkerProcess(
        executable: installation.worker.path, libraries: [installation.toolkit.path], workingDirectory: workingDirectory
      )
    } catch {
      folder.remove()
      throw error
    }
    chain = CellChain(folder: folder.url, toolchain: toolchain, installation: installation)
    let (worker, comms) = (worker, comms)
    let explain: Explanation = { report in
      CellFailure(ofCallback: report, toolchain: toolchain, numberOfSequence: comms.number(ofSequence:))
    }
    let answer = surroundingsAnswer
    worker.start { event in
      switch event {
      case .surroundings(let surroundings): return answer.put(surroundings)
      case .inspected(let identifier, let answers): return inspections.conclude(identifier, answers)
      case .ended: inspections.concludeAll()
      default: break
      }
      Self.handle(comm: event, run: run, comms: comms, explain: explain)
      Self.handle(event, run: run, comms: comms, worker: worker)
    }
  }

  private static func handle(_ event: WorkerEvent, run: CellRun, comms: CommRelay, worker: WorkerProcess) {
    switch event {
    case .output(let stream, let text):
      run.report(.stream(OutputStream(stream), text))
    case .lateOutput(let origin, let stream, let text):
      report(.stream(OutputStream(stream), text), origin: origin, run: run, comms: comms)
    case .started(let cell): run.start(cell: cell)
    case .display(let origin, let message): report(SessionEvent(message), origin: origin, run: run, comms: comms)
    case .inputRequest(let prompt, let isPassword):
      guard let input = run.input else { return worker.replyInput(.notAllowed) }
      input.requestLine(prompt: prompt, isPassword: isPassword) { reply in
        switch reply {
        case .line(let line): worker.replyInput(.line(line))
        case .endOfFile: worker.replyInput(.endOfFile)
        }
      }
    case .finished(let report): run.finish(.reported(report))
    case .surroundings: break
    case .backgroundFailure(let message): run.report(.stream(.standardError, message + "\n"))
    case .inspected, .comm, .commDone, .callbackFailed: break
    case .ended(let end):
      endComms(comms, run: run)
      run.finish(.workerEnded(end))
    }
  }

  /// Has the worker load and run a compiled cell; blocks until it has ended.
  func execute(
    _ compiled: CompiledCell, libraries: [String], input: (any InputSource)?,
    onEvent: @escaping @Sendable (SessionEvent) -> Void
  ) -> CellRun.End {
    let cell = UInt32(compiled.sequence)
    run.begin(cell: cell, input: input, onEvent: onEvent)
    worker.run(
      cell: cell, libraries: libraries, path: compiled.library, entry: compiled.entryPoint)
    return run.wait()
  }

  /// Whether the folder with the compiled cells is still there.
  var hasFolder: Bool { folder.exists }

  /// Makes the folder again, with what the compiler needs for the cells to come; all that is loaded goes on.
  func makeFolderAgain() throws {
    try folder.makeAgain()
    try chain.restoreFiles()
  }

  /// What keeps cells from being compiled, as a sentence; `nil` when nothing is known to.
  var folderProblem: String? { folder.problem }

  /// Asks about variables; the answers come on the thread that hears the worker, `nil` when it is gone.
  func inspect(_ items: [InspectionItem], _ handler: @escaping @Sendable ([InspectionAnswer]?) -> Void) {
    worker.inspect(identifier: inspections.begin(handler), items)
    if run.workerEnd != nil { inspections.concludeAll() }
  }

  /// Changes the worker's directory or environment, or nothing, and tells what they are then; `nil` when the worker does
  /// not answer.
  func surroundings(_ change: WorkerSurroundings.Change? = nil) -> WorkerSurroundings? {
    surroundingsAnswer.wait { worker.ask(change) }
  }

  /// Where cells find relative paths, even while one runs; `nil` when the worker is gone.
  var workingDirectory: String? {
    try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(worker.identifier)/cwd")
  }

  func interrupt(level: UInt8) { worker.interrupt(level: level) }

  func send(_ comm: WorkerComm) { worker.send(comm) }

  /// Stops the callback that runs, more rudely each time: at the third time with the worker. Nothing, when none does.
  func interruptCallback() {
    let count = comms.countInterrupt()
    if count > 2 { worker.terminate() } else if count > 0 { worker.interruptCallback(level: count) }
  }

  /// Has the worker end the processes of commands should this process be killed.
  func lookAfter(_ groups: ProcessGroups) {
    groups.tell { [worker] in worker.lookAfter(group: $0, isThere: $1) }
  }

  /// Ends the worker at once.
  func terminate() { worker.terminate() }

  func shutdown() {
    worker.terminate()
    chain.shutdown()
    folder.remove()
  }
}

extension OutputStream {
  fileprivate init(_ stream: WorkerStream) {
    self = stream == .standardOutput ? .standardOutput : .standardError
  }
}
