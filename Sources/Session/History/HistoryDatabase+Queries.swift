import SQLite

// What IPython answers to the same questions, so that frontends need not know which kernel they ask.
extension HistoryDatabase {
  func entries(_ query: HistoryQuery) throws(SQLiteError) -> [HistoryEntry] {
    switch query {
    case .range(let number, let start, let stop): try range(number, from: start, to: stop == 0 ? nil : stop)
    case .tail(let count): try tail(count)
    case .search(let pattern, let count, let unique): try search(pattern, count: count, unique: unique)
    }
  }

  private func range(_ number: Int, from start: Int, to stop: Int?) throws(SQLiteError) -> [HistoryEntry] {
    let newest = try database.number("SELECT max(number) FROM sessions")
    let current = session ?? newest + 1
    guard number == 0 else {
      return try select(
        "WHERE session = ? AND line >= ? AND line < ? ORDER BY line",
        [.integer(number > 0 ? number : number + current), .integer(start), .integer(stop ?? .max)])
    }
    let end = try 1 + database.number("SELECT max(line) FROM cells WHERE session = ?", [.integer(current)])
    func counted(_ line: Int) -> Int { line < 0 ? max(0, end + line) : line }
    let (first, last) = (counted(start), min(end, counted(stop ?? end)))
    let entries = try select(
      "WHERE session = ? AND line >= ? AND line < ? ORDER BY line",
      [.integer(current), .integer(first), .integer(last)]
    ).map { HistoryEntry(session: 0, line: $0.line, source: $0.source, output: $0.output) }
    // IPython's lines start at 0, with an empty one.
    return (first == 0 && last > 0 ? [HistoryEntry(session: 0, line: 0, source: "")] : []) + entries
  }

  private func tail(_ count: Int) throws(SQLiteError) -> [HistoryEntry] {
    let current: SQLiteValue = .integer(session ?? 0)
    let own = try select("WHERE session = ? ORDER BY line DESC LIMIT ?", [current, .integer(count)])
    let others = try select(
      "WHERE session != ? ORDER BY session DESC, line DESC LIMIT ?", [current, .integer(count)])
    return (own + others).prefix(max(0, count)).reversed()
  }

  private func search(_ pattern: String, count: Int?, unique: Bool) throws(SQLiteError) -> [HistoryEntry] {
    // With max(), the other columns are those of the row that has the maximum.
    let columns = unique ? ", max((session << 32) + line)" : ""
    let group = unique ? "GROUP BY source " : ""
    // All of them, where no count is given.
    return try select(
      "WHERE source GLOB ? \(group)ORDER BY session DESC, line DESC LIMIT ?",
      [.text(pattern), .integer(count ?? -1)], further: columns
    ).reversed()
  }

  private func select(
    _ conditions: String, _ values: [SQLiteValue], further: String = ""
  ) throws(SQLiteError) -> [HistoryEntry] {
    try database.rows("SELECT session, line, source, output\(further) FROM cells \(conditions)", values) { row in
      HistoryEntry(session: row.integer(0), line: row.integer(1), source: row.text(2), output: row.optionalText(3))
    }
  }
}
