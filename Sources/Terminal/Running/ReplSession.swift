import Session

/// What the REPL needs of a session: the session itself, or what a test puts in its place.
package protocol ReplSession: CellEvaluating {
  /// Whether text is a whole cell.
  func completeness(of code: String) -> Completeness
  /// The ways to go on at a cursor, which is counted in code points.
  func complete(_ code: String, at offset: Int) -> CodeCompletions
  /// The last cells of this session and of earlier ones, oldest first.
  func recentCells(_ count: Int) -> [String]
}

extension Session: ReplSession {
  package func recentCells(_ count: Int) -> [String] { history?.entries(.tail(count)).map(\.source) ?? [] }
}
