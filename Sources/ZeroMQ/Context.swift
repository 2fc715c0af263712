import CZeroMQ
import Glibc

/// What sockets live in; a process needs one.
package final class Context: Sendable {
  // A context is the one thing in ZeroMQ that may be used from every thread; the pointer never changes.
  nonisolated(unsafe) let handle: UnsafeMutableRawPointer

  package init() throws(ZeroMQError) {
    guard let handle = zmq_ctx_new() else { throw .last("create a context") }
    self.handle = handle
  }

  /// Makes every call on every socket of this context fail at once with ``ZeroMQError/isTermination``,
  /// so that the threads that own them close them and end.
  package func shutdown() { zmq_ctx_shutdown(handle) }

  /// Every socket holds its context, so none is left; what they still had to send is given its `linger`.
  deinit { while zmq_ctx_term(handle) != 0 && zmq_errno() == EINTR {} }

  /// Whether this ZeroMQ was built with encryption.
  package static var supportsCurve: Bool { zmq_has("curve") == 1 }
}
