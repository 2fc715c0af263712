/// Evaluates cells in order, in a worker process that keeps their variables.
///
/// `evaluate` blocks its caller until the cell has ended; everything else may be called meanwhile, from any thread.
package final class Session: Sendable {
  /// Starts the worker and the compiler; returns when a cell can be run.
  package init() throws {}

  /// Runs a cell and reports what it shows as it happens; late output of its background work comes after the return.
  ///
  /// - Parameter input: where `readLine()` reads; with `nil`, a cell that asks for input ends with an error.
  package func evaluate(
    _ cell: CellRequest, input: (any InputSource)? = nil, onEvent: @escaping @Sendable (SessionEvent) -> Void
  ) -> CellOutcome { .succeeded }

  /// The value of one expression, as `user_expressions` asks for it; nothing is stored and nothing else is shown.
  package func value(of expression: String) -> Result<DisplayOutput, CellFailure> { .success(DisplayOutput(data: [:])) }

  /// Stops the running cell; a second call while it still runs uses force, which may lose what was being changed.
  package func interrupt() {}

  /// Whether text is a whole cell, by the compiler's own parser.
  package func completeness(of code: String) -> Completeness { .complete }

  /// Forgets every variable and starts over with a new worker.
  package func restart() throws {}

  /// Ends the worker and removes the session's files; call it once, before the process ends.
  package func shutdown() {}
}
