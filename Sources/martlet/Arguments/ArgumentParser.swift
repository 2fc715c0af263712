/// Reads command lines.
package enum ArgumentParser {
  /// The command that the arguments, without the program's name, ask for.
  package static func command(from arguments: [String]) throws(ArgumentError) -> Command {
    guard let name = arguments.first else { return .help(nil) }
    let rest = Array(arguments.dropFirst())
    switch name {
    case "--version": return .version
    case "--help", "-h": return .help(nil)
    case "help": return try help(rest)
    case _ where !Command.names.contains(name): throw .unknownCommand(name)
    case _ where rest.prefix(while: { $0 != "--" }).contains { $0 == "--help" || $0 == "-h" }: return .help(name)
    case "run": return .run(try run(rest))
    case "gallery": return .gallery(try gallery(rest))
    case "exercise": return try exercise(rest)
    case "install": return .install(try install(rest))
    case "kernel": return .kernel(connectionFile: try connectionFile(rest))
    case "repl":
      try noMore(rest, command: name)
      return .repl
    default:
      try noMore(rest, command: name)
      return .doctor
    }
  }

  /// The options of a command.
  package static func options(of command: String) -> [String] {
    ["--help"] + (flags[command] ?? []) + (valued[command] ?? [])
  }

  private static let flags = ["run": ["--allow-errors", "--check", "--lint", "--timing"], "install": ["--user"]]
  private static let valued = [
    "run": ["--output", "--html", "--timeout"], "gallery": ["--output", "--title"], "exercise": ["--output"],
    "install": ["--prefix", "--name"],
  ]

  private static func help(_ arguments: [String]) throws(ArgumentError) -> Command {
    guard let topic = arguments.first else { return .help(nil) }
    guard Command.names.contains(topic) else { throw .unknownCommand(topic) }
    return .help(topic)
  }

  private static func run(_ arguments: [String]) throws(ArgumentError) -> RunOptions {
    let parsed = try ParsedArguments(arguments, command: "run", flags: flags["run"] ?? [], valued: valued["run"] ?? [])
    var options = RunOptions()
    options.notebooks = parsed.positional
    options.output = parsed.values["--output"]
    options.html = parsed.values["--html"]
    options.allowsErrors = parsed.flags.contains("--allow-errors")
    options.checks = parsed.flags.contains("--check")
    options.lints = parsed.flags.contains("--lint")
    options.recordsTiming = parsed.flags.contains("--timing")
    if let text = parsed.values["--timeout"] {
      guard let seconds = Double(text), seconds > 0, seconds.isFinite else { throw .invalidTimeout(text) }
      options.timeout = seconds
    }
    if options.notebooks.isEmpty { throw .missingArgument("a notebook", command: "run") }
    return options
  }

  private static func gallery(_ arguments: [String]) throws(ArgumentError) -> GalleryOptions {
    let (parsed, output) = try notebooksAndFolder(arguments, command: "gallery")
    var options = GalleryOptions()
    options.notebooks = parsed.positional
    options.output = output
    if let title = parsed.values["--title"] { options.title = title }
    return options
  }

  private static func exercise(_ arguments: [String]) throws(ArgumentError) -> Command {
    let (parsed, output) = try notebooksAndFolder(arguments, command: "exercise")
    return .exercise(notebooks: parsed.positional, output: output)
  }

  private static func notebooksAndFolder(
    _ arguments: [String], command: String
  ) throws(ArgumentError) -> (parsed: ParsedArguments, folder: String) {
    let parsed = try ParsedArguments(arguments, command: command, flags: [], valued: valued[command] ?? [])
    if parsed.positional.isEmpty { throw .missingArgument("a notebook", command: command) }
    guard let folder = parsed.values["--output"] else {
      throw .missingArgument("--output with a folder", command: command)
    }
    return (parsed, folder)
  }

  private static func install(_ arguments: [String]) throws(ArgumentError) -> InstallOptions {
    let parsed = try ParsedArguments(
      arguments, command: "install", flags: flags["install"] ?? [], valued: valued["install"] ?? [])
    if let extra = parsed.positional.first { throw .unexpectedArgument(extra, command: "install") }
    var options = InstallOptions()
    options.prefix = parsed.values["--prefix"]
    if parsed.flags.contains("--user"), options.prefix != nil {
      throw .conflictingOptions("--user", "--prefix", command: "install")
    }
    if let name = parsed.values["--name"] {
      let allowed = name.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || "._-".utf8.contains(byte)
      }
      guard !name.isEmpty, allowed, name != ".", name != ".." else { throw .invalidName(name) }
      options.name = name
    }
    return options
  }

  private static func connectionFile(_ arguments: [String]) throws(ArgumentError) -> String {
    let parsed = try ParsedArguments(arguments, command: "kernel", flags: [], valued: [])
    guard let file = parsed.positional.first else { throw .missingArgument("a connection file", command: "kernel") }
    if parsed.positional.count > 1 { throw .unexpectedArgument(parsed.positional[1], command: "kernel") }
    return file
  }

  private static func noMore(_ arguments: [String], command: String) throws(ArgumentError) {
    let parsed = try ParsedArguments(arguments, command: command, flags: [], valued: [])
    if let extra = parsed.positional.first { throw .unexpectedArgument(extra, command: command) }
  }
}
