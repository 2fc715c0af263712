/// Cells of the history by their numbers: `3`, `1-5`, `7-`, and `~1/2-4` for the session before this one.
struct HistoryRange: Equatable {
  /// 0 for this session, -1 for the one before.
  var session: Int
  var first: Int
  /// `nil` for the last cell there is.
  var last: Int?

  static let whole = HistoryRange(session: 0, first: 1, last: nil)

  init(session: Int, first: Int, last: Int?) { (self.session, self.first, self.last) = (session, first, last) }

  /// `nil` when the text is no range.
  init?(_ text: Substring) {
    guard let match = text.wholeMatch(of: /(?:~(\d+)\/)?(?:(\d+)(-(\d+)?)?)?/), !text.isEmpty else { return nil }
    let session = match.output.1.flatMap { Int($0) } ?? 0
    guard let first = match.output.2.flatMap({ Int($0) }) else {
      guard match.output.1 != nil else { return nil }
      self.init(session: -session, first: 1, last: nil)
      return
    }
    let last = match.output.3 == nil ? first : match.output.4.flatMap { $0 }.flatMap { Int($0) }
    if let last, last < first { return nil }
    self.init(session: -session, first: first, last: last)
  }

  var query: HistoryQuery { .range(session: session, start: first, stop: last.map { $0 + 1 }) }
}

extension CommandRun {
  /// The cells of some ranges, without the one that asks; all of this session, where there are no ranges.
  func cells(_ ranges: [Substring], for line: CommandLine) throws(CellFailure) -> [HistoryEntry] {
    guard let history = session.history else {
      throw .command(line, "Nobody remembers the cells of this session.")
    }
    var found: [HistoryEntry] = []
    for text in ranges.isEmpty ? ["1-"] : ranges {
      guard let range = HistoryRange(text) else {
        throw .usage(line, "'\(text)' names no cells: '3' does, and '1-5', and '~1/2-4' in the session before.")
      }
      found += history.entries(range.query).filter { !(range.session == 0 && $0.line == cell.number) && $0.line > 0 }
    }
    return found
  }
}
