import Glibc
import Synchronization

/// Turns the signals that a launcher sends into calls on a thread of their own.
///
/// From its making on, signals are noted; ``start(_:)`` begins to deliver them, those noted before included. The
/// handler only writes the signal's number to a pipe. Handlers, unlike blocked signals, are not inherited by the
/// processes that are started later. There is one pipe in a process, so there should be one watcher.
package struct SignalWatcher: Sendable {
  private static let pipe = SignalPipe()
  /// What the handler writes to; global, since a handler can have nothing else.
  private static let descriptor = Atomic<Int32>(-1)

  /// Takes over signals that would end the process.
  package init(signals: [Int32]) {
    Self.descriptor.store(Self.pipe.writeDescriptor, ordering: .releasing)
    for signal in signals { Self.install(signal) }
  }

  /// Calls `handle` for every signal, one after the other, as long as the process lives.
  package func start(_ handle: @escaping @Sendable (_ signal: Int32) -> Void) {
    _ = OwnedThread(named: "martlet-signals") {
      while true {
        for signal in Self.pipe.wait() { handle(signal) }
      }
    }
  }

  private static func install(_ signal: Int32) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { signal in
      let before = errno
      var byte = UInt8(truncatingIfNeeded: signal)
      _ = write(SignalWatcher.descriptor.load(ordering: .acquiring), &byte, 1)
      errno = before
    }
    action.sa_flags = SA_RESTART
    sigaction(signal, &action, nil)
    // Whoever started this process may have blocked it.
    var only = sigset_t()
    sigemptyset(&only)
    sigaddset(&only, signal)
    pthread_sigmask(SIG_UNBLOCK, &only, nil)
  }
}

/// A pipe with one byte for each signal.
private struct SignalPipe: Sendable {
  let writeDescriptor: Int32
  private let readDescriptor: Int32

  init() {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      fatalError("martlet kernel: the system has no file descriptor left (see `ulimit -n`)")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // A handler must not wait, whatever happens to the thread that reads.
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    readDescriptor = ends[0]
    writeDescriptor = ends[1]
  }

  /// Waits for signals.
  func wait() -> [Int32] {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(readDescriptor, &bytes, bytes.count)
    return bytes.prefix(max(0, count)).map(Int32.init)
  }
}
