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
    /// What commands have set up, for every worker to come.
    var settings = SessionSettings()
    /// The commands that run.
    var commands: CommandRun?
  }

  let toolchain: Toolchain
  private let installation: Installation
  private let workingDirectory: String?
  private let state: Mutex<State>
  let assistant: CodeAssistant
  /// What commands have started.
  let processes = ProcessGroups()
  /// Answers about variables.
  let inspector = VariableInspector()
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
    // A file that becomes larger than `ulimit -f` allows is a failed write, not the end of the process.
    signal(SIGXFSZ, SIG_IGN)
    self.history = history
    toolchain = try Toolchain.find()
    installation = try Installation.find()
    self.workingDirectory = workingDirectory
    let engine = try Engine(toolchain: toolchain, installation: installation, workingDirectory: workingDirectory)
    state = Mutex(State(engine: engine))
    assistant = CodeAssistant(toolchain: toolchain, installation: installation)
    assistant.update(engine.chain.surroundings)
    inspector.update(engine.chain.surroundings, engine: engine)
    engine.lookAfter(processes)
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
    let plan = CellPlan(cell.code)
    guard plan.hasCommands else {
      return evaluate(SwiftSource(cell.code), of: cell, input: input, onEvent: onEvent).outcome
    }
    let commands = CommandRun(session: self, cell: cell, input: input, onEvent: onEvent)
    state.withLock { $0.commands = commands }
    defer { state.withLock { $0.commands = nil } }
    return commands.run(plan)
  }

  /// Runs Swift for a cell whose turn it is.
  func evaluate(
    _ source: SwiftSource, of cell: CellRequest, input: (any InputSource)?,
    onEvent: @escaping @Sendable (SessionEvent) -> Void
  ) -> Evaluation {
    let engine: Engine
    do {
      engine = try livingEngine(onEvent)
    } catch {
      return Evaluation(outcome: .failed(.unavailable("\(error)")))
    }
    begin(.compiling)
    defer { begin(.idle) }
    let start = ContinuousClock.now
    do {
      guard let compiled = try engine.chain.compile(source.code, number: cell.number, identifier: cell.identifier)
      else { return Evaluation(outcome: .succeeded) }
      let compilation = start.duration(to: .now)
      guard enterRunning() else {
        engine.chain.discard(compiled)
        return Evaluation(outcome: .failed(.interruptedDuringCompilation), compilation: compilation)
      }
      let warnings = settings.showsWarnings ? compiled.warningText(source: source, number: cell.number) : ""
      if !warnings.isEmpty { onEvent(.stream(.standardError, warnings)) }
      engine.comms.note(compiled.sequence, number: cell.number)
      let libraries =
        engine.chain.libraries.paths + LibraryLocator(toolchain: toolchain).paths(of: compiled.libraries)
      let ahead = cell.upcoming.map { CompilingAhead($0, after: compiled, chain: engine.chain) }
      ahead?.start()
      defer { ahead?.end() }
      let end = engine.execute(compiled, libraries: libraries, input: input, onEvent: onEvent)
      let outcome = outcome(of: end, compiled: compiled, code: source.shown, cell: cell, engine: engine)
      if case .succeeded = outcome, Following(engine: engine, onEvent: onEvent).bringUpToDate(after: compiled) {
        publishSurroundings(of: engine)
      }
      return Evaluation(outcome: outcome, compilation: compilation, usage: end.usage)
    } catch {
      return Evaluation(outcome: .failed(failure(error, source: source, cell: cell, engine: engine)))
    }
  }

  /// Has Swift compiled and not run; the failure, if it does not compile.
  func check(_ source: SwiftSource, of cell: CellRequest) -> CellFailure? {
    let engine = engine
    begin(.compiling)
    defer { begin(.idle) }
    do {
      if let compiled = try engine.chain.compile(source.code, number: cell.number) { engine.chain.discard(compiled) }
      return nil
    } catch {
      return failure(error, source: source, cell: cell, engine: engine)
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

  /// Stops the running cell, or else the callback of a widget that runs; a second call while it still runs uses force, which may lose what was being changed, and a
  /// third ends the worker.
  package func interrupt() {
    let (engine, phase, count, commands) = state.withLock { state in
      if state.phase != .idle { state.interrupts += 1 }
      return (state.engine, state.phase, state.interrupts, state.commands)
    }
    commands?.interrupt()
    switch phase {
    case .idle: engine.interruptCallback()
    case .compiling: engine.chain.cancel()
    case .running where count <= 2: engine.interrupt(level: UInt8(count))
    case .running: engine.terminate()
    }
  }

  /// Whether text is a whole cell, by the compiler's own parser.
  package func completeness(of code: String) -> Completeness { CellPlan(code).completeness }

  /// The ways to go on at a cursor. Answers while a cell runs; the first answer takes longer, later ones milliseconds.
  ///
  /// - Parameter offset: the cursor, in Unicode code points of the code.
  package func complete(_ code: String, at offset: Int) -> CodeCompletions {
    CommandAssistance(code, at: offset, session: self).completions
  }

  /// What the name at a cursor is; `nil` when there is none that is known. Answers while a cell runs.
  ///
  /// - Parameter offset: the cursor, in Unicode code points of the code.
  package func inspect(_ code: String, at offset: Int) -> CodeDescription? {
    CommandAssistance(code, at: offset, session: self).description
  }

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
    processes.end()
    assistant.shutdown()
  }
}

// MARK: - Engine

extension Session {
  var currentEngine: Engine { state.withLock { $0.engine } }

  /// The engine, or a new one when its worker has ended since the last cell, or its folder is gone, which the user is
  /// told.
  func livingEngine(_ onEvent: (SessionEvent) -> Void) throws -> Engine {
    let engine = state.withLock { $0.engine }
    let end = engine.run.workerEnd?.description
    if end == nil && engine.hasFolder { return engine }
    if end == nil, (try? engine.makeFolderAgain()) != nil {
      publishSurroundings(of: engine)
      onEvent(.stream(.standardError, "\(Self.folderIsGone) It was made again, and nothing is lost.\n"))
      return engine
    }
    let reason = end ?? Self.folderIsGone
    try replaceEngine()
    onEvent(.stream(.standardError, "\(reason) Another was started; run the cells again that you need.\n"))
    return state.withLock { $0.engine }
  }

  private static let folderIsGone =
    "The folder with the compiled cells was gone; has something tidied up in TMPDIR?"

  func replaceEngine() throws {
    let (old, settings) = state.withLock { ($0.engine, $0.settings) }
    old.shutdown()
    let engine = try Engine(toolchain: toolchain, installation: installation, workingDirectory: workingDirectory)
    settings.apply(to: engine)
    engine.lookAfter(processes)
    state.withLock { $0.engine = engine }
    publishSurroundings(of: engine)
  }

  /// Tells those who answer questions meanwhile what the next cell would see.
  func publishSurroundings(of engine: Engine) {
    let surroundings = engine.chain.surroundings
    assistant.update(surroundings)
    inspector.update(surroundings, engine: engine)
  }

  /// What commands have set up.
  var settings: SessionSettings {
    get { state.withLock { $0.settings } }
    set { state.withLock { $0.settings = newValue } }
  }

  /// The engine, dead or alive.
  var engine: Engine { state.withLock { $0.engine } }

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
  private func failure(_ error: CellError, source: SwiftSource, cell: CellRequest, engine: Engine) -> CellFailure {
    switch error {
    case .diagnosed(let diagnostics, _):
      .compilation(diagnostics.map { $0.shown(in: source) }, text: source.shown, number: cell.number)
    case .cancelled: .interruptedDuringCompilation
    case .unavailable(let reason):
      .unavailable([engine.folderProblem, reason].compactMap { $0 }.joined(separator: " "))
    }
  }

  private func outcome(
    of end: CellRun.End, compiled: CompiledCell, code: String, cell: CellRequest, engine: Engine
  ) -> CellOutcome {
    switch end {
    case .reported(let report):
      defer { publishSurroundings(of: engine) }
      switch report.status {
      case .finished:
        engine.chain.conclude(compiled)
        return .succeeded
      case .loadFailure: engine.chain.discard(compiled)
      default: engine.chain.conclude(compiled, completedItems: Int(report.progress))
      }
      let frames = report.frames.map { ($0.image, $0.offset) }
      let places = Symbolizer(toolchain: toolchain).places(of: frames).map { $0.renumbered(compiled, cell.number) }
      let numberOfSequence: (Int) -> Int? = {
        $0 == compiled.sequence ? cell.number : engine.chain.number(ofSequence: $0)
      }
      return .failed(
        ExecutionFailure(report: report, code: code, cell: cell, places: places, numberOfSequence: numberOfSequence)
          .failure)
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
