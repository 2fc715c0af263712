import CZeroMQ
import Glibc

/// A ZeroMQ socket, which belongs to one thread.
///
/// It is not `Sendable`: the compiler lets the thread that made it keep it, or hand it over once and for all to a
/// closure that another thread runs. Other threads talk to the owner, not to the socket.
package final class Socket {
  /// What a socket does with messages; see ZeroMQ's own guide.
  package enum Kind: Sendable {
    case router, dealer, request, reply, publish, extendedPublish, subscribe, pair

    var code: Int32 {
      switch self {
      case .router: ZMQ_ROUTER
      case .dealer: ZMQ_DEALER
      case .request: ZMQ_REQ
      case .reply: ZMQ_REP
      case .publish: ZMQ_PUB
      case .extendedPublish: ZMQ_XPUB
      case .subscribe: ZMQ_SUB
      case .pair: ZMQ_PAIR
      }
    }
  }

  let handle: UnsafeMutableRawPointer
  /// Sockets must be gone before their context.
  private let context: Context
  private var isClosed = false

  /// A socket that is connected to nothing.
  package init(_ kind: Kind, in context: Context) throws(ZeroMQError) {
    guard let handle = zmq_socket(context.handle, kind.code) else { throw .last("create a \(kind) socket") }
    self.handle = handle
    self.context = context
  }

  deinit { close() }

  /// Gives up the socket; what it still had to send is given its `linger`. Only ``close()`` itself may follow.
  package func close() {
    guard !isClosed else { return }
    isClosed = true
    zmq_close(handle)
  }

  /// Listens at an address.
  package func bind(_ endpoint: String) throws(ZeroMQError) {
    guard zmq_bind(handle, endpoint) == 0 else { throw .last("bind", endpoint) }
  }

  /// Connects to an address, now or whenever somebody listens there.
  package func connect(_ endpoint: String) throws(ZeroMQError) {
    guard zmq_connect(handle, endpoint) == 0 else { throw .last("connect", endpoint) }
  }

  /// The address that the last ``bind(_:)`` ended up with, where it left a choice.
  package func lastEndpoint() throws(ZeroMQError) -> String {
    var text = [CChar](repeating: 0, count: 1024)
    var count = text.count
    guard zmq_getsockopt(handle, ZMQ_LAST_ENDPOINT, &text, &count) == 0 else { throw .last("read the endpoint") }
    return text.withUnsafeBufferPointer { text in
      String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }
}
