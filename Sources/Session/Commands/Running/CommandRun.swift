import JSON
import Synchronization
import WorkerLink

/// One run of a cell that has commands: runs its parts in order, and is what its commands know of their surroundings.
final class CommandRun: Sendable {
  private struct State {
    var interrupts = 0
    /// Stops the command that runs; told how often it has been asked to.
    var stop: (@Sendable (Int) -> Void)?
    /// How many parts of Swift there were so far.
    var swiftParts = 0
  }

  let session: Session
  let cell: CellRequest
  let text: CellText
  let input: (any InputSource)?
  let onEvent: @Sendable (SessionEvent) -> Void
  private let state = Mutex(State())

  init(
    session: Session, cell: CellRequest, input: (any InputSource)?, onEvent: @escaping @Sendable (SessionEvent) -> Void
  ) {
    self.session = session
    self.cell = cell
    self.input = input
    self.onEvent = onEvent
    text = CellText(cell.code)
  }

  /// Runs the parts of the cell, up to the first that fails.
  func run(_ plan: CellPlan) -> CellOutcome {
    do throws(CellFailure) {
      try runParts(plan)
      return .succeeded
    } catch {
      return .failed(error)
    }
  }

  /// Runs parts of the cell in order; what the Swift among them used is added up.
  @discardableResult
  func runParts(_ plan: CellPlan, onEvent: (@Sendable (SessionEvent) -> Void)? = nil) throws(CellFailure) -> TimeTaken {
    var taken = TimeTaken()
    for (index, part) in plan.parts.enumerated() {
      if isInterrupted { throw .interruptedCommand }
      switch part {
      case .command(let line):
        let start = ContinuousClock.now
        try CommandTable.command(for: line).run(line, self)
        taken.add(wall: start.duration(to: .now))
      case .swift(let range):
        guard plan.hasStatements(range) else { continue }
        let source = SwiftSource(text, part: range, isLast: index == plan.parts.count - 1)
        let evaluation = evaluate(source, onEvent: onEvent)
        taken.add(evaluation)
        if let failure = evaluation.outcome.failure { throw failure }
      }
    }
    return taken
  }

  /// Runs Swift as a part of the cell.
  func evaluate(_ source: SwiftSource, onEvent: (@Sendable (SessionEvent) -> Void)? = nil) -> Evaluation {
    let part = state.withLock { state in
      defer { state.swiftParts += 1 }
      return state.swiftParts
    }
    // Each part replaces its own earlier run when the cell is run again.
    let identifier = cell.identifier.map { part == 0 ? $0 : "\($0)#\(part)" }
    let request = CellRequest(code: source.code, number: cell.number, identifier: identifier)
    return session.evaluate(source, of: request, input: input, onEvent: onEvent ?? self.onEvent)
  }
}

// MARK: - Interrupts

extension CommandRun {
  var isInterrupted: Bool { state.withLock { $0.interrupts > 0 } }

  /// Stops the command that runs; the Swift that runs is stopped by the session.
  func interrupt() {
    let (stop, count) = state.withLock { state in
      state.interrupts += 1
      return (state.stop, state.interrupts)
    }
    stop?(count)
  }

  /// Does something that an interrupt can stop.
  func whileStoppable<Result>(by stop: @escaping @Sendable (Int) -> Void, _ body: () -> Result) -> Result {
    let interrupts = state.withLock { state in
      state.stop = stop
      return state.interrupts
    }
    if interrupts > 0 { stop(interrupts) }
    defer { state.withLock { $0.stop = nil } }
    return body()
  }
}

// MARK: - Showing

extension CommandRun {
  /// Writes text as the cell's own output.
  func write(_ text: String, to stream: OutputStream = .standardOutput) { onEvent(.stream(stream, text)) }

  /// Shows text.
  ///
  /// - Parameter varies: whether it is different in every run, so that comparing it with a stored one means nothing.
  func show(_ plain: String, varies: Bool = false) {
    let data: [String: JSONValue] = ["text/plain": .string(plain)]
    onEvent(.display(DisplayOutput(data: data, metadata: varies ? DisplayOutput.varying : [:])))
  }

  /// Shows something to read at leisure.
  ///
  /// - Parameter markdown: the same with its layout, for frontends that have one.
  func page(_ plain: String, markdown: String) {
    onEvent(.page(DisplayOutput(data: ["text/plain": .string(plain), "text/markdown": .string(markdown)])))
  }
}

// MARK: - The worker

extension CommandRun {
  /// Changes the worker's directory or environment, or nothing, and tells what they are then.
  func surroundings(
    _ change: WorkerSurroundings.Change? = nil, for line: CommandLine
  ) throws(CellFailure) -> WorkerSurroundings {
    let engine: Engine
    do { engine = try session.livingEngine(onEvent) } catch { throw .unavailable("\(error)") }
    guard let surroundings = engine.surroundings(change) else {
      throw .command(line, "The process that runs the cells does not answer; %reset starts another.")
    }
    return surroundings
  }

  /// The text of a command's argument.
  func argument(_ line: CommandLine) -> String { text.text(line.argument) }
}
