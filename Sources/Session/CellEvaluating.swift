/// What runs cells for a front end: a session, or what stands in its place.
package protocol CellEvaluating: AnyObject, Sendable {
  /// Runs a cell to its end. What it showed until then was reported before the return; late output of its background
  /// work comes after.
  ///
  /// - Parameter input: where `readLine()` reads; with `nil`, a cell that asks for input ends with an error.
  func evaluate(
    _ cell: CellRequest, input: (any InputSource)?, onEvent: @escaping @Sendable (SessionEvent) -> Void
  ) -> CellOutcome

  /// Stops the running cell; a second call while it still runs uses force. Nothing, when none runs. Any thread may
  /// call it.
  func interrupt()
}

extension Session: CellEvaluating {}
