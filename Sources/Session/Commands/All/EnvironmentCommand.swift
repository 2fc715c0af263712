import WorkerLink

extension Command {
  static let env = Command(
    "env", argument: .variable, usage: ["%env", "%env NAME", "%env NAME=VALUE", "%env -u NAME"],
    summary: "Shows or sets environment variables of the cells.",
    details: """
      `$NAME` in a value stands for another variable, unless the value is in single quotation marks; `-u` removes a variable.
      What was set is kept when a new process starts. In the list, values of variables that look like secrets are hidden.

      ```
      %env PATH=$HOME/bin:$PATH
      ```
      """
  ) { line, run throws(CellFailure) in
    let surroundings = try run.surroundings(for: line)
    let argument = run.argument(line)
    var options = CommandOptions(run.text, line.argument)
    if options.take("u") {
      return try run.setVariable(run.text.text(options.rest), to: nil, line)
    }
    if argument.isEmpty { return run.write(EnvironmentText.list(surroundings.environment)) }
    // `NAME=VALUE`, with or without spaces, or `NAME VALUE`.
    let parts = argument.firstMatch(of: /^([^=\s]+)(?:\s*=\s*|\s+)(.*)$/).map {
      [String($0.output.1), String($0.output.2)]
    }
    guard let parts else {
      guard let value = surroundings.environment[argument] else {
        throw .command(line, "The environment has no variable '\(argument)'. %env lists those that it has.")
      }
      return run.write(value + "\n")
    }
    let value = EnvironmentText.expanded(parts[1], surroundings.environment)
    try run.setVariable(parts[0], to: value, line)
    run.write("env: \(parts[0])=\(value)\n")
  }
}

extension CommandRun {
  fileprivate func setVariable(_ name: String, to value: String?, _ line: CommandLine) throws(CellFailure) {
    guard name.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil else {
      throw .usage(line, "'\(name)' is no name of a variable: letters, digits and _ make one.")
    }
    let surroundings = try surroundings(.variable(name, value), for: line)
    if let failure = surroundings.failure { throw .command(line, "'\(name)' cannot be set: \(failure).") }
    session.settings.variables.removeAll { $0.name == name }
    session.settings.variables.append((name: name, value: value))
  }
}

/// Environment variables as text.
enum EnvironmentText {
  private static let secretWords = ["key", "token", "secret", "password", "credential"]

  /// A line for each variable, in alphabetical order.
  static func list(_ environment: [String: String]) -> String {
    environment.sorted { $0.key < $1.key }.map { name, value in
      let isSecret = secretWords.contains { name.lowercased().contains($0) }
      return "\(name)=\(isSecret ? "<hidden>" : value)\n"
    }.joined()
  }

  /// A value with other variables put in for `$NAME` and `${NAME}`, and without quotation marks.
  static func expanded(_ value: String, _ environment: [String: String]) -> String {
    if value.hasPrefix("'") { return value.unquoted }
    return value.unquoted.replacing(/\$(?:\{(\w+)\}|([A-Za-z_]\w*))/) { match in
      environment[String(match.output.1 ?? match.output.2 ?? "")] ?? ""
    }
  }
}
