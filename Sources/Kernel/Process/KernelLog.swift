import Glibc
import Synchronization

/// Where the kernel says what a user cannot see otherwise: one line for each thing, at most some in a second.
package final class KernelLog: Sendable {
  private struct Second {
    var number = 0
    var lines = 0
    var suppressed = 0
  }

  /// More lines in one second are only counted, so that a flood of bad messages does not fill a disk.
  private static let mostInASecond = 20

  private let second = Mutex(Second())
  private let write: @Sendable (String) -> Void

  /// A log that hands each line, without its line break, to `write`, which may be called on any thread.
  package init(write: @escaping @Sendable (String) -> Void) { self.write = write }

  /// The log of a kernel process, as its launcher keeps it.
  package static let standardError = KernelLog { line in
    let bytes = Array("martlet kernel: \(line)\n".utf8)
    // In one piece, so that lines of several threads do not mix. When nobody reads them, that is no reason to end.
    _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
  }

  /// Writes a line. Control characters, which a stranger may have chosen, become spaces, and the end of a long line is
  /// cut.
  package func callAsFunction(_ line: String) {
    let lines = second.withLock { second in admit(line, in: &second) }
    for line in lines { write(String(line.prefix(500).map { $0.isNewline || $0 < " " ? " " : $0 })) }
  }

  private func admit(_ line: String, in second: inout Second) -> [String] {
    let now = time(nil)
    var lines: [String] = []
    if now != second.number {
      if second.suppressed > 0 { lines.append("\(second.suppressed) more lines like these were left out.") }
      second = Second(number: now)
    }
    guard second.lines < Self.mostInASecond else {
      second.suppressed += 1
      return lines
    }
    second.lines += 1
    return lines + [line]
  }
}
