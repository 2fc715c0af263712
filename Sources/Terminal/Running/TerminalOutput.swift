import Glibc
import Synchronization

/// The process's standard output and error, one behind the other on one screen.
package final class TerminalOutput: Sendable {
  private struct State {
    var isAtLineStart = true
    var isClosed = false
  }

  private let state = Mutex(State())

  package init() {}

  /// Whether a person is watching.
  var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  var hasColours: Bool { isTerminal && (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true) }

  /// The number of columns.
  var width: Int { size.map { Int($0.ws_col) } ?? 80 }
  /// The number of rows.
  var height: Int { size.map { Int($0.ws_row) } ?? 24 }

  private var size: winsize? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
    return size
  }

  /// Writes all of the text; once nobody reads any more, nothing is written and nothing goes wrong.
  ///
  /// - Parameter isControl: whether the text only changes the terminal's settings and leaves its cursor alone.
  func write(_ text: String, toError: Bool = false, isControl: Bool = false) {
    if text.isEmpty { return }
    state.withLock { state in
      if !isControl { state.isAtLineStart = text.utf8.last == 0x0A }
      if state.isClosed && !toError { return }
      var rest = Array(text.utf8)[...]
      while !rest.isEmpty {
        let descriptor = toError ? STDERR_FILENO : STDOUT_FILENO
        let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count >= 0 {
          rest = rest.dropFirst(count)
        } else if errno == EAGAIN {
          usleep(1000)
        } else if errno != EINTR {
          if !toError { state.isClosed = true }
          return
        }
      }
    }
  }

  /// Takes note of a line that was typed: the terminal has shown it together with its line break.
  func noteTypedLine() { state.withLock { $0.isAtLineStart = true } }

  /// Ends the line that output has left open.
  func endLine() { if !state.withLock({ $0.isAtLineStart }) { write("\n") } }
}
