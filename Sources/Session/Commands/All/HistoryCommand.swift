extension Command {
  static let history = Command(
    "history", argument: .text,
    usage: ["%history [-n] [-o] [CELLS …]", "%history -g TEXT"], summary: "Shows the cells that were run.",
    details: """
      Cells are numbers and ranges: `3`, `1-5`, `7-`, and `~1/2-4` for the session before this one; without them, all of this
      session are shown. `-n` shows their numbers, `-o` their results. `-g` shows the cells of all sessions that contain a
      text, where `*` stands for any other text.
      """
  ) { line, run throws(CellFailure) in
    var options = CommandOptions(run.text, line.argument)
    var (numbers, results, searches) = (false, false, false)
    while true {
      if options.take("n") {
        numbers = true
      } else if options.take("o") {
        results = true
      } else if options.take("g") {
        searches = true
      } else {
        break
      }
    }
    let rest = run.text.text(options.rest)
    if searches {
      guard !rest.isEmpty, let history = run.session.history else {
        throw .usage(line, "There is no text to look for.")
      }
      let found = history.entries(.search(pattern: "*\(rest)*", count: nil, unique: true))
      return run.write(
        found.map { HistoryText.entry($0, label: "\($0.session)/\($0.line)", results: results) }.joined())
    }
    let cells = try run.cells(rest.split(separator: " "), for: line)
    run.write(
      cells.map { entry in
        let label = (entry.session == 0 ? "" : "\(entry.session)/") + "\(entry.line)"
        return HistoryText.entry(entry, label: numbers ? label : nil, results: results)
      }.joined())
  }
}

/// Cells of the history as they are shown.
enum HistoryText {
  /// A cell's text, after its label where it has one, and its result.
  static func entry(_ entry: HistoryEntry, label: String?, results: Bool) -> String {
    let separator = entry.source.contains("\n") ? "\n" : " "
    let source = (label.map { "\($0):\(separator)" } ?? "") + entry.source + "\n"
    guard results, let output = entry.output else { return source }
    return source + "// " + output.replacing("\n", with: "\n// ") + "\n"
  }
}
