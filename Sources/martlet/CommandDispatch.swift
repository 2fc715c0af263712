import Glibc

/// From a command line to an exit status: 0 for success, 1 for a failure, 2 for a command line that means nothing.
enum CommandDispatch {
  static func run(_ arguments: [String]) -> Int32 {
    // A reader that goes away, such as `head`, shows as an error of the write; it must not kill the process with the
    // worker still running.
    signal(SIGPIPE, SIG_IGN)
    do {
      return try run(ArgumentParser.command(from: arguments))
    } catch let error as ArgumentError {
      Console.standardError.write("martlet: \(error)\n\(error.hint)\n")
      return 2
    } catch {
      Console.standardError.write("martlet: \(error)\n")
      return 1
    }
  }

  private static func run(_ command: Command) throws -> Int32 {
    switch command {
    case .kernel(let connectionFile): return try KernelCommand.run(connectionFile: connectionFile)
    case .run(let options): return try RunCommand(options).run()
    case .gallery(let options): return try GalleryCommand(options).run()
    case .exercise(let notebooks, let output): return try ExerciseCommand(notebooks: notebooks, output: output).run()
    case .repl: return try ReplCommand.run()
    case .install(let options): return try InstallCommand(options).run()
    case .doctor: return DoctorCommand().run()
    case .version: Console.standardOutput.write("martlet \(Version.current)\n")
    case .help(let topic): Console.standardOutput.write(HelpText.text(for: topic))
    }
    return 0
  }
}
