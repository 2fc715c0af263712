import Session

/// What runs a notebook's cells: a session, or what a test puts in its place.
package protocol CellEvaluator: AnyObject, Sendable {
  /// Runs a cell, reports what it shows as it happens, and returns when it has ended.
  func evaluate(
    _ cell: CellRequest, input: (any InputSource)?, onEvent: @escaping @Sendable (SessionEvent) -> Void
  ) -> CellOutcome
  /// Stops the running cell; a second call while it still runs uses force.
  func interrupt()
}

extension Session: CellEvaluator {}
