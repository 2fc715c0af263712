import Session

/// Runs cells one after another and counts them as a frontend does.
final class CellDriver {
  let session: Session
  private(set) var count = 0

  init() throws { session = try EngineTests.makeSession() }

  deinit { session.shutdown() }

  struct Run {
    var outcome: CellOutcome
    var log: EventLog
    var duration: Duration

    var failure: CellFailure? { outcome.failure }
    var result: String? { log.results.last }
  }

  /// Runs a cell to its end.
  @discardableResult
  func run(_ code: String, identifier: String? = nil, input: (any InputSource)? = nil, log: EventLog = EventLog())
    -> Run
  {
    count += 1
    let start = ContinuousClock.now
    let request = CellRequest(code: code, number: count, identifier: identifier)
    let outcome = session.evaluate(request, input: input) { log.record($0) }
    return Run(outcome: outcome, log: log, duration: start.duration(to: .now))
  }
}
