import Session
import Terminal

/// `martlet repl`: a session in the terminal.
enum ReplCommand {
  static func run() throws -> Int32 {
    let session = try Session()
    defer { session.shutdown() }
    return Repl(session: session, version: Version.current).run()
  }
}
