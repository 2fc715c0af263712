/// A question about the cells that were run.
package enum HistoryQuery: Sendable, Equatable {
  /// Cells of one session, in order: those from line `start` on, up to but without line `stop`.
  ///
  /// Session 0 is the current one, -1 the one before it, and so on; other numbers are those that answers carry. In session
  /// 0 negative lines count from the end. No `stop`, or 0, is the end.
  case range(session: Int, start: Int, stop: Int?)
  /// The last cells, oldest first: those of the current session, then of others.
  case tail(Int)
  /// Cells whose text matches a pattern as a whole, oldest first: `*` stands for any text, `?` for one character, `[a-z]`
  /// for one of a set. With a count the last ones; when unique, of equal cells only the last one.
  case search(pattern: String, count: Int?, unique: Bool)
}

/// A cell that was run.
package struct HistoryEntry: Sendable, Equatable {
  /// The session's number; 0 in answers about session 0.
  package var session: Int
  /// The number of the cell: `In[line]`.
  package var line: Int
  package var source: String
  /// The text of the cell's result, where it had one.
  package var output: String?

  package init(session: Int, line: Int, source: String, output: String? = nil) {
    self.session = session
    self.line = line
    self.source = source
    self.output = output
  }
}
