import Synchronization

extension CommandRun {
  /// The value of Swift's last expression, as text; what the Swift prints is shown.
  func value(of source: SwiftSource) throws(CellFailure) -> String {
    let found = Mutex("")
    let evaluation = evaluate(source) { [onEvent] event in
      if case .result(let output) = event { found.withLock { $0 = output.plainText } } else { onEvent(event) }
    }
    if let failure = evaluation.outcome.failure { throw failure }
    return found.withLock { $0 }
  }

  /// What Swift writes to its standard output.
  func output(of source: SwiftSource) throws(CellFailure) -> String {
    let written = Mutex("")
    let evaluation = evaluate(source) { [onEvent] event in
      if case .stream(.standardOutput, let text) = event { written.withLock { $0 += text } } else { onEvent(event) }
    }
    if let failure = evaluation.outcome.failure { throw failure }
    return written.withLock { $0 }
  }
}
