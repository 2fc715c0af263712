import Glibc
import Synchronization

/// One of the process's own output streams; what is written appears at once.
package final class Console: Sendable {
  package static let standardOutput = Console(descriptor: STDOUT_FILENO)
  package static let standardError = Console(descriptor: STDERR_FILENO)

  /// Whether a person is watching.
  package let isTerminal: Bool
  /// Whether colours are welcome: a person is watching and has not asked for none with `NO_COLOR`.
  package let hasColours: Bool
  private let descriptor: Int32
  private let isClosed = Mutex(false)

  private init(descriptor: Int32) {
    self.descriptor = descriptor
    isTerminal = isatty(descriptor) == 1 && getenv("TERM").map { String(cString: $0) } != "dumb"
    hasColours = isTerminal && (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true)
  }

  /// Writes all of the text; once nobody reads any more, nothing is written and nothing goes wrong.
  package func write(_ text: String) {
    isClosed.withLock { isClosed in
      if isClosed { return }
      var rest = Array(text.utf8)[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count >= 0 {
          rest = rest.dropFirst(count)
        } else if errno == EAGAIN {
          usleep(1000)
        } else if errno != EINTR {
          isClosed = true
          return
        }
      }
    }
  }

  /// The number of columns of the terminal.
  package var width: Int {
    var size = winsize()
    return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }
}
