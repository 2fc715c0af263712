import Glibc

/// A file descriptor that becomes readable when somebody signals: how a thread that polls is told that there is work.
package final class WakeUp: Sendable {
  /// What to poll for reading.
  package let descriptor: Int32
  private let writeEnd: Int32

  /// A descriptor that is not readable yet.
  package init() {
    var ends: [Int32] = [0, 0]
    // Not a precondition, whose text is gone in an optimised build.
    guard pipe(&ends) == 0 else {
      fatalError("martlet kernel: the system has no file descriptor left (see `ulimit -n`)")
    }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    descriptor = ends[0]
    writeEnd = ends[1]
  }

  deinit {
    close(descriptor)
    close(writeEnd)
  }

  /// Makes the descriptor readable. May be called in a signal handler.
  package func signal() {
    var byte: UInt8 = 1
    // A full pipe is readable already.
    _ = write(writeEnd, &byte, 1)
  }

  /// Makes the descriptor unreadable until the next signal.
  package func clear() {
    var bytes = [UInt8](repeating: 0, count: 256)
    while read(descriptor, &bytes, bytes.count) == bytes.count {}
  }
}
