import Session

/// What the kernel needs of a session, which may still be starting.
///
/// `evaluate` and `value` are called on one thread, one after the other; everything else from any thread at any time.
package protocol KernelEvaluator: CellEvaluating {
  /// The value of one expression.
  func value(of expression: String) -> Result<DisplayOutput, CellFailure>
  /// Whether text is a whole cell; `nil` when that cannot be known.
  func completeness(of code: String) -> Completeness?
  /// Ends everything, a running cell included.
  func shutdown()
}
