extension Command {
  static let warnings = Command(
    "warnings", usage: ["%warnings", "%warnings off", "%warnings on"],
    summary: "Says whether cells show the compiler's warnings, or switches that.",
    details: """
      A cell that compiles shows what the compiler warns of, with the line and a caret, on standard error: values that are not
      used, code that is never reached, deprecated names. At the top level nothing is called unused, since a later cell may use it,
      and a semicolon behind a cell's last expression says that its value is not wanted. The switch is for the cells to come, and
      stays when a new process starts.
      """
  ) { line, run throws(CellFailure) in
    switch run.argument(line) {
    case "": run.write(run.session.settings.showsWarnings ? "Warnings are on.\n" : "Warnings are off.\n")
    case "on": run.session.settings.showsWarnings = true
    case "off": run.session.settings.showsWarnings = false
    default: throw .usage(line, "Warnings are either on or off.")
    }
  }
}
