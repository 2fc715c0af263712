extension CellFailure {
  /// A command that could not do what it was asked for.
  ///
  /// - Parameter message: what was expected, what was found, and what to do.
  static func command(_ line: CommandLine, _ message: String, name: String = "CommandError") -> CellFailure {
    CellFailure(
      kind: .commandFailed, name: name, message: message, traceback: [heading(name, message)], line: line.line)
  }

  /// A command whose argument is missing or unknown.
  static func usage(_ line: CommandLine, _ problem: String) -> CellFailure {
    let usage = CommandTable.command(named: line.marker == .shell ? "!" : line.name)?.usage ?? []
    return .command(line, "\(problem) Usage: \(usage.joined(separator: " or ")).")
  }

  static let interruptedCommand = CellFailure(
    kind: .interrupted, name: "Interrupted", message: "The command was interrupted.",
    traceback: [heading("Interrupted", "The command was interrupted.")])
}
