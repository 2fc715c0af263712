import CZeroMQ
import Glibc

/// A ZeroMQ call that failed: what was tried, where, and ZeroMQ's own code.
package struct ZeroMQError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was tried, as a verb: `bind`.
  package var operation: String
  /// The address it was tried at, where there is one.
  package var endpoint: String?
  /// ZeroMQ's `errno`.
  package var code: Int32

  /// The error in one sentence.
  package var description: String {
    let place = endpoint.map { " at \($0)" } ?? ""
    return "ZeroMQ cannot \(operation)\(place): \(String(cString: zmq_strerror(code)))."
  }

  /// The context was shut down: the thread that owns the socket should close it and end.
  package var isTermination: Bool { code == Self.terminated }

  /// The message was beyond the limits and is gone; the socket can go on.
  package var isTooLong: Bool { code == EMSGSIZE }

  /// `ETERM`, which the C header defines by an expression that Swift does not import.
  private static let terminated: Int32 = 156_384_712 + 53

  /// The error of the call that just failed on this thread.
  static func last(_ operation: String, _ endpoint: String? = nil) -> ZeroMQError {
    ZeroMQError(operation: operation, endpoint: endpoint, code: zmq_errno())
  }
}
