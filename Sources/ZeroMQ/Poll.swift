import CZeroMQ
import Glibc

/// Waits until something can be received.
package enum Poll {
  /// Waits for a socket or a file descriptor, whichever comes first.
  ///
  /// - Parameter timeout: milliseconds; `nil` to wait for ever.
  /// - Returns: which of the two can be read. Neither, when the time is up or a signal came.
  package static func wait(
    _ socket: Socket, orDescriptor descriptor: Int32, timeout: Int? = nil
  ) throws(ZeroMQError) -> (socket: Bool, descriptor: Bool) {
    var items = [
      zmq_pollitem_t(socket: socket.handle, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0),
      zmq_pollitem_t(socket: nil, fd: descriptor, events: Int16(ZMQ_POLLIN), revents: 0),
    ]
    if zmq_poll(&items, Int32(items.count), timeout ?? -1) < 0 {
      let error = ZeroMQError.last("poll")
      guard error.code == EINTR else { throw error }
      return (false, false)
    }
    return (items[0].revents != 0, items[1].revents != 0)
  }
}
