extension Command {
  static let reset = Command(
    "reset", usage: ["%reset"],
    summary: "Forgets all variables, functions and types, and goes on in a new process.",
    details: "Packages that `%package` added, the directory and the environment variables of `%env` stay."
  ) { line, run throws(CellFailure) in
    do { try run.session.replaceEngine() } catch { throw .unavailable("\(error)") }
  }
}
