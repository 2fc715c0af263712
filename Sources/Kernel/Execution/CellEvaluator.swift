import Session

/// What the kernel needs of a session.
///
/// `evaluate` and `value` are called on one thread, one after the other; everything else from any thread at any time.
package protocol CellEvaluator: AnyObject, Sendable {
  /// Runs a cell to its end. What it showed until then was reported before the return.
  func evaluate(
    _ cell: CellRequest, input: (any InputSource)?, onEvent: @escaping @Sendable (SessionEvent) -> Void
  ) -> CellOutcome
  /// The value of one expression.
  func value(of expression: String) -> Result<DisplayOutput, CellFailure>
  /// Stops the running cell; nothing, when none runs.
  func interrupt()
  /// Whether text is a whole cell; `nil` when that cannot be known.
  func completeness(of code: String) -> Completeness?
  /// Ends everything, a running cell included.
  func shutdown()
}
