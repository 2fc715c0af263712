import CZeroMQ
import Glibc
import Synchronization

/// What sockets live in; a process needs one.
package final class Context: Sendable {
  // A context is the one thing in ZeroMQ that may be used from every thread; the pointer never changes.
  nonisolated(unsafe) let handle: UnsafeMutableRawPointer

  private let isTerminated = Atomic(false)

  /// A context without sockets.
  package init() throws(ZeroMQError) {
    guard let handle = zmq_ctx_new() else { throw .last("create a context") }
    self.handle = handle
  }

  /// Makes every call on every socket of this context fail at once with ``ZeroMQError/isTermination``,
  /// so that the threads that own them close them and end.
  package func shutdown() { zmq_ctx_shutdown(handle) }

  /// Waits until what closed sockets still had to send is sent, or their `linger` is over.
  ///
  /// Every socket must be closed, or this waits for ever.
  package func terminate() {
    guard !isTerminated.exchange(true, ordering: .relaxed) else { return }
    while zmq_ctx_term(handle) != 0 && zmq_errno() == EINTR {}
  }

  /// Every socket holds its context, so none is left.
  deinit { terminate() }

  /// Whether this ZeroMQ was built with encryption.
  package static var supportsCurve: Bool { zmq_has("curve") == 1 }
}
