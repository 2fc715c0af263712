extension Command {
  static let help = Command(
    "help", argument: .command, usage: ["%help", "%help NAME"], summary: "Lists the commands, or explains one.",
    details: """
      Commands are lines of their own in a cell: before, between and after lines of Swift, which run in that order.
      `%%` commands stand on the first line and take the whole cell.
      """
  ) { line, run throws(CellFailure) in
    let argument = run.argument(line)
    if argument.isEmpty { return run.page(CommandHelp.plainList, markdown: CommandHelp.markdownList) }
    let name = String(argument.drop { $0 == "%" })
    guard let command = CommandTable.command(named: name) else {
      let hint = CommandTable.nearest(to: name).map { " Did you mean %help \($0)?" } ?? ""
      throw .command(line, "There is no command '\(argument)'.\(hint) %help lists them all.")
    }
    run.page(CommandHelp.plain(command), markdown: CommandHelp.markdown(command))
  }
}
