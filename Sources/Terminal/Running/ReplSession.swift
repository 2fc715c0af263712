import Session

/// What the REPL needs of a session: the session itself, or what a test puts in its place.
package protocol ReplSession: AnyObject, Sendable {
  /// Runs a cell, reports what it shows as it happens, and returns when it has ended.
  func evaluate(
    _ cell: CellRequest, input: (any InputSource)?, onEvent: @escaping @Sendable (SessionEvent) -> Void
  ) -> CellOutcome
  /// Stops the running cell.
  func interrupt()
  /// Whether text is a whole cell.
  func completeness(of code: String) -> Completeness
}

extension Session: ReplSession {}
