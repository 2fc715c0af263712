/// What the table says, as people read it.
package enum CommandHelp {
  /// All commands, a line each.
  static var plainList: String {
    let width = CommandTable.all.map { $0.usage[0].count }.max() ?? 0
    return CommandTable.all.map { command in
      command.usage[0].padding(to: width) + "  " + command.summary
    }.joined(separator: "\n") + "\n\n%help NAME explains one of them."
  }

  /// All commands as a table.
  package static var markdownList: String {
    "| Command | What it does |\n|---|---|\n"
      + CommandTable.all.map { command in
        "| \(command.usage.map { "`\($0)`" }.joined(separator: "<br>")) | \(command.summary) |"
      }.joined(separator: "\n")
  }

  /// One command as plain text.
  package static func plain(_ command: Command) -> String {
    ([command.usage.joined(separator: "\n"), command.summary] + (command.details.isEmpty ? [] : [command.details]))
      .joined(separator: "\n\n")
  }

  /// One command as Markdown.
  package static func markdown(_ command: Command) -> String {
    (["```\n\(command.usage.joined(separator: "\n"))\n```", command.summary]
      + (command.details.isEmpty ? [] : [command.details])).joined(separator: "\n\n")
  }

  /// The page `Documentation/Commands.md`, after its heading.
  package static var page: String {
    let sections = CommandTable.all.map { command in "## `\(command.shownName)`\n\n\(markdown(command))" }
    return ([markdownList] + sections).joined(separator: "\n\n") + "\n"
  }
}

extension String {
  /// The text with spaces behind it up to a width.
  func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
