import Session

import class Foundation.NSCondition

/// A session that starts while the kernel already answers, and whose failure to start is the cell's error, not the
/// kernel's.
package final class SessionStarter: KernelEvaluator, @unchecked Sendable {
  private enum State {
    case starting
    case ready(Session)
    case failed(String)
    case ended
  }

  // `state` is used with `condition` locked only, which is why this may be shared.
  private let condition = NSCondition()
  private var state = State.starting
  private let make: @Sendable () throws -> Session
  private let history: CellHistory?

  /// Begins to make a session, on a thread of its own.
  ///
  /// - Parameters:
  ///   - history: the session's, which can be asked before there is a session.
  ///   - make: makes the session; by default with that history.
  package init(history: CellHistory? = nil, make: (@Sendable () throws -> Session)? = nil) {
    self.history = history
    self.make = make ?? { try Session(history: history) }
    begin()
  }

  /// Waits for the session and runs a cell in it.
  package func evaluate(
    _ cell: CellRequest, input: (any InputSource)?, onEvent: @escaping @Sendable (SessionEvent) -> Void
  ) -> CellOutcome {
    switch session() {
    case .success(let session): session.evaluate(cell, input: input, onEvent: onEvent)
    case .failure(let failure): .failed(failure)
    }
  }

  /// Waits for the session and values an expression in it.
  package func value(of expression: String) -> Result<DisplayOutput, CellFailure> {
    session().flatMap { $0.value(of: expression) }
  }

  /// Stops the running cell; nothing, before there is a session.
  package func interrupt() { current()?.interrupt() }

  /// Whether text is a whole cell; `nil` before there is a session.
  package func completeness(of code: String) -> Completeness? { current()?.completeness(of: code) }

  /// The ways to go on at a cursor; none before there is a session.
  package func complete(_ code: String, at offset: Int) -> CodeCompletions {
    current()?.complete(code, at: offset) ?? CodeCompletions(replaced: offset..<offset)
  }

  /// What the name at a cursor is; nothing before there is a session.
  package func inspect(_ code: String, at offset: Int) -> CodeDescription? { current()?.inspect(code, at: offset) }

  /// Every variable; none before there is a session.
  package func variables() -> [VariableDescription] { current()?.variables() ?? [] }

  /// Some parts of a variable; none before there is a session.
  package func children(ofVariable reference: Int, range: Range<Int>) -> [VariableDescription]? {
    current()?.children(ofVariable: reference, range: range)
  }

  /// A variable in every format it has; nothing before there is a session.
  package func richDescription(of name: String) -> DisplayOutput? { current()?.richDescription(of: name) }

  /// The cells that were run, in this session and before.
  package func history(_ query: HistoryQuery) -> [HistoryEntry] { history?.entries(query) ?? [] }

  /// Ends the session, at once or as soon as it has started.
  package func shutdown() {
    let session = condition.withLock {
      let session: Session? = if case .ready(let session) = state { session } else { nil }
      state = .ended
      condition.broadcast()
      return session
    }
    session?.shutdown()
    history?.close()
  }

  private func begin() {
    _ = OwnedThread(named: "martlet-start") { [self] in
      let result = Result { try make() }
      let unwanted = condition.withLock { () -> Session? in
        if case .ended = state { return try? result.get() }
        switch result {
        case .success(let session): state = .ready(session)
        case .failure(let error): state = .failed("\(error)")
        }
        condition.broadcast()
        return nil
      }
      unwanted?.shutdown()
    }
  }

  /// The session, if it is there already.
  private func current() -> Session? {
    condition.withLock { if case .ready(let session) = state { session } else { nil } }
  }

  /// Waits for the session. When it could not start, this says why, and the next cell tries again.
  private func session() -> Result<Session, CellFailure> {
    let (result, isToBegin) = condition.withLock { () -> (Result<Session, CellFailure>, Bool) in
      while case .starting = state { condition.wait() }
      switch state {
      case .ready(let session): return (.success(session), false)
      case .failed(let problem):
        state = .starting
        return (.failure(Self.failure(problem)), true)
      case .starting, .ended: return (.failure(Self.failure("The kernel is shutting down.")), false)
      }
    }
    if isToBegin { begin() }
    return result
  }

  private static func failure(_ problem: String) -> CellFailure {
    CellFailure(
      kind: .unavailable, name: "SessionUnavailable", message: problem,
      traceback: ["SessionUnavailable: \(problem)", "Run `martlet doctor` in a terminal to see what is missing."])
  }
}
