import Glibc
import Synchronization

/// The process's standard input, shared by the prompt and by cells that call `readLine()`: what one leaves, the other
/// reads.
final class StandardInput: Sendable {
  private let buffer = Mutex<[UInt8]>([])

  /// Whether a person types there.
  var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }

  /// The bytes that are there, or that come within the time; empty when none do, `nil` at the end of input.
  ///
  /// - Parameter wake: a descriptor that ends the wait when it becomes readable.
  func bytes(timeoutMilliseconds: Int32, wake: Int32 = -1) -> [UInt8]? {
    let waiting = buffer.withLock { buffer in
      defer { buffer = [] }
      return buffer
    }
    if !waiting.isEmpty { return waiting }
    var polled = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0), pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
    ]
    var ready: Int32
    repeat { ready = poll(&polled, 2, timeoutMilliseconds) } while ready < 0 && errno == EINTR
    if polled[0].revents == 0 { return [] }
    var bytes = [UInt8](repeating: 0, count: 65536)
    var count: Int
    repeat { count = Glibc.read(STDIN_FILENO, &bytes, bytes.count) } while count < 0 && errno == EINTR
    return count > 0 ? Array(bytes[..<count]) : nil
  }

  /// The next line, without its line break; `nil` at the end of input or when `wake` became readable first.
  func line(wake: Int32 = -1) -> String? {
    var line: [UInt8] = []
    while let bytes = bytes(timeoutMilliseconds: -1, wake: wake), !bytes.isEmpty {
      if let end = bytes.firstIndex(of: 0x0A) {
        line += bytes[..<end]
        putBack(bytes[(end + 1)...])
        return text(line)
      }
      line += bytes
    }
    return line.isEmpty ? nil : text(line)
  }

  private func putBack(_ bytes: ArraySlice<UInt8>) { buffer.withLock { $0 = bytes + $0 } }

  private func text(_ line: [UInt8]) -> String {
    String(decoding: line.last == 0x0D ? line.dropLast() : line[...], as: UTF8.self)
  }
}
