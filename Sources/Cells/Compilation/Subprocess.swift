import Foundation
import Glibc

/// Runs a tool to its end.
struct Subprocess {
  let executable: String
  let arguments: [String]
  /// Where the tool's output and error output go; `nil` discards them.
  var output: String?

  /// How a tool ended: its exit code, or the signal that ended it as a negative number.
  typealias Status = Int32

  /// - Parameter onStart: called with the process identifier, so that another thread can end it.
  func run(onStart: (pid_t) -> Void = { _ in }) throws(SubprocessError) -> Status {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output ?? "/dev/null", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var process: pid_t = 0
    var attributes = SpawnAttributes.ownGroup()
    defer { posix_spawnattr_destroy(&attributes) }
    let code = withCStrings([executable] + arguments) {
      posix_spawn(&process, executable, &actions, &attributes, $0, environ)
    }
    guard code == 0 else { throw SubprocessError(executable: executable, reason: String(cString: strerror(code))) }
    onStart(process)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else {
        throw SubprocessError(executable: executable, reason: String(cString: strerror(errno)))
      }
    }
    let signal = status & 0x7f
    return signal == 0 ? (status >> 8) & 0xff : -signal
  }
}

/// How the engine starts its tools.
enum SpawnAttributes {
  /// A process group of its own: Ctrl-C in a terminal, which signals a whole group, is the session's to handle.
  static func ownGroup() -> posix_spawnattr_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    return attributes
  }
}

/// A tool could not be started.
package struct SubprocessError: Error, CustomStringConvertible, Sendable {
  package let executable: String
  package let reason: String

  package var description: String { "\(executable) could not be run: \(reason)." }
}
