import Session

/// What the REPL needs of a session: the session itself, or what a test puts in its place.
package protocol ReplSession: CellEvaluating {
  /// Whether text is a whole cell.
  func completeness(of code: String) -> Completeness
  /// The last cells of this session and of earlier ones, oldest first.
  func recentCells(_ count: Int) -> [String]
}

extension Session: ReplSession {
  package func recentCells(_ count: Int) -> [String] { history?.entries(.tail(count)).map(\.source) ?? [] }
}
