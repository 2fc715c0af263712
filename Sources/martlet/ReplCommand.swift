import Session
import Terminal

/// `martlet repl`: a session in the terminal.
enum ReplCommand {
  static func run() throws -> Int32 {
    let history = CellHistory(file: HistoryFile.usual()) { Console.standardError.write("martlet: \($0)\n") }
    defer { history.close() }
    let session = try Session(history: history)
    defer { session.shutdown() }
    return Repl(session: session, version: Version.current).run()
  }
}
