/// All commands, in the order in which help lists them.
package enum CommandTable {
  package static let all: [Command] = [
    .help,
    .time, .timeit,
    .who, .type, .doc,
    .history, .load, .save,
    .cd, .pwd, .env, .shell, .bash,
    .package, .warnings,
    .undo, .stale, .reset,
  ]

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// - Parameter name: without the percent sign; `!` for the shell's.
  package static func command(named name: String) -> Command? { byName[name] }

  /// The command that a line asks for.
  static func command(for line: CommandLine) throws(CellFailure) -> Command {
    guard let command = byName[line.marker == .shell ? "!" : line.name] else { throw .unknown(line) }
    guard command.takes(line.marker) else { throw .misplaced(line, command) }
    if line.marker == .cell, line.body == nil {
      throw .command(line, "\(line.shownName) takes a whole cell: it must be on the first line.")
    }
    if command.takesNothing, !line.argument.isEmpty { throw .usage(line, "\(line.shownName) takes nothing behind it.") }
    return command
  }

  /// The name that was probably meant; `nil` when none is near.
  package static func nearest(to name: String) -> String? {
    let candidates = all.filter { $0.form != .shell }.map { (name: $0.name, distance: distance(name, $0.name)) }
    // A typing error changes a letter or two, and short names less.
    let limit = max(1, min(2, name.count / 3))
    return candidates.filter { $0.distance <= limit }.min { $0.distance < $1.distance }?.name
  }

  /// How many letters must be changed, added, removed or exchanged with their neighbour.
  private static func distance(_ first: String, _ second: String) -> Int {
    let (a, b) = (Array(first.lowercased()), Array(second))
    var rows = [Array(0...b.count)]
    for i in 1..<(a.count + 1) {
      var row = [i]
      for j in 1..<(b.count + 1) {
        var cost = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cost = min(cost, rows[i - 2][j - 2] + 1) }
        row.append(cost)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}

extension CellFailure {
  fileprivate static func unknown(_ line: CommandLine) -> CellFailure {
    let hint = CommandTable.nearest(to: line.name).flatMap(CommandTable.command(named:)).map {
      " Did you mean \($0.shownName)?"
    }
    return .command(line, "There is no command \(line.shownName).\(hint ?? "") %help lists them all.")
  }

  fileprivate static func misplaced(_ line: CommandLine, _ command: Command) -> CellFailure {
    switch line.marker {
    case .line where command.form == .cell:
      .command(line, "\(command.shownName) takes a whole cell: put it, with both percent signs, on the first line.")
    case .cell where command.form == .line:
      .command(line, "\(command.shownName) is for one line; it takes no cell. Type it with one percent sign.")
    default: .command(line, "\(line.shownName) is used as \(command.usage.joined(separator: " or ")).")
    }
  }
}
