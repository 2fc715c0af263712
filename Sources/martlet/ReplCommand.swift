import Glibc
import Session
import Terminal

/// `martlet repl`: a session in the terminal.
enum ReplCommand {
  static func run() throws -> Int32 {
    // What comes from a file or a pipe is there already, and nothing for later sessions.
    let isTyped = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
    let history = CellHistory(file: isTyped ? HistoryFile.usual() : nil) {
      Console.standardError.write("martlet: \($0)\n")
    }
    defer { history.close() }
    let session = try Session(history: history)
    defer { session.shutdown() }
    return Repl(session: session, version: Version.current).run()
  }
}
