import Cells
import Foundation
import Synchronization
import WorkerLink

/// Evaluates cells in order, in a worker process that keeps their variables.
///
/// `evaluate` blocks its caller until the cell has ended; everything else may be called meanwhile, from any thread.
package final class Session: Sendable {
  private enum Phase { case idle, compiling, running }
  private struct State {
    var engine: Engine
    var phase = Phase.idle
    /// How often the running cell was asked to stop.
    var interrupts = 0
    /// Set while the engine is replaced, so that the end of the old worker is no news.
    var isShutDown = false
  }

  private let toolchain: Toolchain
  private let installation: Installation
  private let workingDirectory: String?
  private let state: Mutex<State>
  private let assistant: CodeAssistant
  /// The cells that were run, in this session and before; `nil` where nobody remembers them.
  package let history: CellHistory?
  /// Held while a cell is evaluated: cells run one at a time.
  private let evaluation = NSLock()

  /// Starts the worker and the compiler; returns when a cell can be run.
  ///
  /// - Parameters:
  ///   - workingDirectory: where cells find relative paths; `nil` for this process's own.
  ///   - history: what remembers the cells that ask for it. Its maker closes it.
  /// - Throws: `ToolchainError`, `InstallationError`, `SessionError` or `WorkerError`, each saying what to do.
  package init(workingDirectory: String? = nil, history: CellHistory? = nil) throws {
    self.history = history
    toolchain = try Toolchain.find()
    installation = try Installation.find()
    self.workingDirectory = workingDirectory
    let engine = try Engine(toolchain: toolchain, installation: installation, workingDirectory: workingDirectory)
    state = Mutex(State(engine: engine))
    assistant = CodeAssistant(toolchain: toolchain, installation: installation)
    assistant.update(engine.chain.surroundings)
  }

  /// Runs a cell and reports what it shows as it happens; late output of its background work comes after the return.
  ///
  /// - Parameter input: where `readLine()` reads; with `nil`, a cell that asks for input ends with an error.
  package func evaluate(
    _ cell: CellRequest, input: (any InputSource)? = nil, onEvent: @escaping @Sendable (SessionEvent) -> Void
  ) -> CellOutcome {
    evaluation.lock()
    defer { evaluation.unlock() }
    let onEvent = history?.recording(cell, onEvent) ?? onEvent
    let engine: Engine
    do {
      engine = try livingEngine(onEvent)
    } catch {
      return .failed(.unavailable("\(error)"))
    }
    begin(.compiling)
    defer { begin(.idle) }
    do {
      guard let compiled = try engine.chain.compile(cell.code, number: cell.number, identifier: cell.identifier) else {
        return .succeeded
      }
      guard enterRunning() else {
        engine.chain.discard(compiled)
        return .failed(.interruptedDuringCompilation)
      }
      let libraries =
        engine.chain.libraries.paths + LibraryLocator(toolchain: toolchain).paths(of: compiled.libraries)
      let end = engine.execute(compiled, libraries: libraries, input: input, onEvent: onEvent)
      return outcome(of: end, compiled: compiled, cell: cell, engine: engine)
    } catch {
      return .failed(failure(error, cell: cell))
    }
  }

  /// The value of one expression, as `user_expressions` asks for it; nothing is stored and nothing else is shown.
  package func value(of expression: String) -> Result<DisplayOutput, CellFailure> {
    let found = Mutex<DisplayOutput?>(nil)
    let outcome = evaluate(CellRequest(code: expression, number: 0)) { event in
      if case .result(let output) = event { found.withLock { $0 = output } }
    }
    if let failure = outcome.failure { return .failure(failure) }
    return .success(found.withLock { $0 } ?? DisplayOutput(data: ["text/plain": ""]))
  }

  /// Stops the running cell; a second call while it still runs uses force, which may lose what was being changed, and a
  /// third ends the worker.
  package func interrupt() {
    let (engine, phase, count) = state.withLock { state in
      if state.phase != .idle { state.interrupts += 1 }
      return (state.engine, state.phase, state.interrupts)
    }
    switch phase {
    case .idle: break
    case .compiling: engine.chain.cancel()
    case .running where count <= 2: engine.interrupt(level: UInt8(count))
    case .running: engine.terminate()
    }
  }

  /// Whether text is a whole cell, by the compiler's own parser.
  package func completeness(of code: String) -> Completeness {
    switch CellCompleteness(of: code) {
    case .complete: .complete
    case .incomplete(let indent): .incomplete(indent: indent)
    case .invalid: .invalid
    }
  }

  /// The ways to go on at a cursor. Answers while a cell runs; the first answer takes longer, later ones milliseconds.
  ///
  /// - Parameter offset: the cursor, in Unicode code points of the code.
  package func complete(_ code: String, at offset: Int) -> CodeCompletions { assistant.complete(code, at: offset) }

  /// What the name at a cursor is; `nil` when there is none that is known. Answers while a cell runs.
  ///
  /// - Parameter offset: the cursor, in Unicode code points of the code.
  package func inspect(_ code: String, at offset: Int) -> CodeDescription? { assistant.inspect(code, at: offset) }

  /// Forgets every variable and starts over with a new worker.
  package func restart() throws {
    evaluation.lock()
    defer { evaluation.unlock() }
    try replaceEngine()
  }

  /// Ends the worker and removes the session's files; call it once, before the process ends.
  package func shutdown() {
    let engine = state.withLock { state in
      state.isShutDown = true
      return state.engine
    }
    engine.chain.cancel()
    engine.shutdown()
    assistant.shutdown()
  }
}

// MARK: - Engine

extension Session {
  /// The engine, or a new one when its worker has ended since the last cell, which the user is told.
  private func livingEngine(_ onEvent: (SessionEvent) -> Void) throws -> Engine {
    let engine = state.withLock { $0.engine }
    guard let end = engine.run.workerEnd else { return engine }
    try replaceEngine()
    onEvent(.stream(.standardError, "\(end.description) Another was started; run the cells again that you need.\n"))
    return state.withLock { $0.engine }
  }

  private func replaceEngine() throws {
    let old = state.withLock { $0.engine }
    old.shutdown()
    let engine = try Engine(toolchain: toolchain, installation: installation, workingDirectory: workingDirectory)
    state.withLock { $0.engine = engine }
    assistant.update(engine.chain.surroundings)
  }

  private func begin(_ phase: Phase) {
    state.withLock {
      $0.phase = phase
      $0.interrupts = 0
    }
  }

  /// Goes on from compiling to running; false when an interrupt came in between.
  private func enterRunning() -> Bool {
    state.withLock { state in
      guard state.interrupts == 0 else { return false }
      state.phase = .running
      return true
    }
  }
}

// MARK: - Outcomes

extension Session {
  private func failure(_ error: CellError, cell: CellRequest) -> CellFailure {
    switch error {
    case .diagnosed(let diagnostics, let text): .compilation(diagnostics, text: text, number: cell.number)
    case .cancelled: .interruptedDuringCompilation
    case .unavailable(let reason): .unavailable(reason)
    }
  }

  private func outcome(
    of end: CellRun.End, compiled: CompiledCell, cell: CellRequest, engine: Engine
  ) -> CellOutcome {
    switch end {
    case .reported(let report):
      defer { assistant.update(engine.chain.surroundings) }
      switch report.status {
      case .finished:
        engine.chain.conclude(compiled)
        return .succeeded
      case .loadFailure: engine.chain.discard(compiled)
      default: engine.chain.conclude(compiled, completedItems: Int(report.progress))
      }
      let places = Symbolizer(toolchain: toolchain).places(of: report.frames.map { ($0.image, $0.offset) })
      let numberOfSequence: (Int) -> Int? = {
        $0 == compiled.sequence ? cell.number : engine.chain.number(ofSequence: $0)
      }
      return .failed(
        ExecutionFailure(report: report, cell: cell, places: places, numberOfSequence: numberOfSequence).failure)
    case .workerEnded(let end):
      return .failed(workerFailure(end))
    }
  }

  private func workerFailure(_ end: ProcessEnd) -> CellFailure {
    var message = end.description
    do {
      if !state.withLock({ $0.isShutDown }) {
        try replaceEngine()
        message += " Another was started; the variables are gone, so run the cells again that you need."
      }
    } catch {
      message += " Another could not be started: \(error)"
    }
    return CellFailure(
      kind: .workerDied, name: "WorkerDied", message: message,
      traceback: [CellFailure.heading("WorkerDied", message)])
  }
}
