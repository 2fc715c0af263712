import Glibc
import Synchronization

/// Turns the signals that a launcher sends into calls on a thread of their own.
///
/// The handler only notes the signal and wakes the thread. Handlers, unlike blocked signals, are not inherited by the
/// processes that are started later.
enum SignalWatcher {
  /// Calls `interrupt` for every SIGINT and `terminate` for SIGTERM and SIGHUP, from now on.
  static func start(interrupt: @escaping @Sendable () -> Void, terminate: @escaping @Sendable () -> Void) {
    notedDescriptor.store(wakeUp.writeDescriptor, ordering: .releasing)
    for signal in [SIGINT, SIGTERM, SIGHUP] { install(signal) }
    _ = OwnedThread(named: "martlet-signals") {
      while true {
        for signal in wakeUp.wait() { signal == UInt8(SIGINT) ? interrupt() : terminate() }
      }
    }
  }

  private static let wakeUp = SignalPipe()
  /// What the handler writes to; a global, since a handler can have no other.
  private static let notedDescriptor = Atomic<Int32>(-1)

  private static func install(_ signal: Int32) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { signal in
      let before = errno
      var byte = UInt8(truncatingIfNeeded: signal)
      _ = write(SignalWatcher.notedDescriptor.load(ordering: .acquiring), &byte, 1)
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
    precondition(pipe(&ends) == 0, "The system has no file descriptor left.")
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // A handler must not wait, whatever happens to the thread that reads.
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    readDescriptor = ends[0]
    writeDescriptor = ends[1]
  }

  /// Waits for signals.
  func wait() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(readDescriptor, &bytes, bytes.count)
    return Array(bytes.prefix(max(0, count)))
  }
}
