import Session

/// What the REPL needs of a session: the session itself, or what a test puts in its place.
package protocol ReplSession: CellEvaluating {
  /// Whether text is a whole cell.
  func completeness(of code: String) -> Completeness
}

extension Session: ReplSession {}
