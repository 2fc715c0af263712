import WorkerLink

extension Command {
  static let cd = Command(
    "cd", argument: .folder, usage: ["%cd FOLDER", "%cd -", "%cd"],
    summary: "Changes the directory in which cells find relative paths.",
    details:
      "`-` is the directory before, and nothing the home directory. The directory is kept when a new process starts."
  ) { line, run throws(CellFailure) in
    let before = try run.surroundings(for: line)
    let path = try run.folder(line, before)
    let after = try run.surroundings(.directory(path), for: line)
    if let failure = after.failure { throw .command(line, "The directory cannot be changed to '\(path)': \(failure).") }
    run.session.settings.previousDirectory = before.directory
    run.session.settings.directory = after.directory
    run.write(after.directory + "\n")
  }

  static let pwd = Command(
    "pwd", usage: ["%pwd"], summary: "Shows the directory in which cells find relative paths."
  ) { line, run throws(CellFailure) in run.write(try run.surroundings(for: line).directory + "\n") }
}

extension CommandRun {
  fileprivate func folder(_ line: CommandLine, _ surroundings: WorkerSurroundings) throws(CellFailure) -> String {
    let argument = argument(line)
    switch argument {
    case "", "~":
      guard let home = surroundings.environment["HOME"] else {
        throw .command(line, "There is no home directory: HOME is not set. Name a folder.")
      }
      return home
    case "-":
      guard let previous = session.settings.previousDirectory else {
        throw .command(line, "There is no directory before this one: %cd has not been used yet.")
      }
      return previous
    default: return path(argument, surroundings)
    }
  }

  /// A path as it was typed, without quotation marks and with `~` spelled out; relative ones in the cells' directory.
  func path(_ argument: String, _ surroundings: WorkerSurroundings) -> String {
    var path = argument.unquoted
    if path == "~" || path.hasPrefix("~/"), let home = surroundings.environment["HOME"] {
      path = home + path.dropFirst()
    }
    return path.hasPrefix("/") ? path : surroundings.directory + "/" + path
  }
}

extension String {
  /// The text without the quotation marks around it.
  var unquoted: String {
    guard count >= 2, let mark = first, mark == "\"" || mark == "'", last == mark else { return self }
    return String(dropFirst().dropLast())
  }
}
