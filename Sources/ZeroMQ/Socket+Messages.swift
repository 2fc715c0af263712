import CZeroMQ
import Glibc

extension Socket {
  /// How much of one message ``receive(wait:limits:)`` takes; a longer one is read to its end and thrown away.
  package struct Limits: Sendable {
    /// How many parts it may have.
    package var parts: Int
    /// How many bytes its parts may have together.
    package var bytes: Int

    /// Limits on parts and bytes.
    package init(parts: Int = 4096, bytes: Int = 1 << 30) {
      self.parts = parts
      self.bytes = bytes
    }
  }

  /// Sends the parts of one message.
  ///
  /// - Returns: `false` when it would have to wait and `wait` is `false`; nothing was sent then.
  @discardableResult
  package func send(_ parts: [[UInt8]], wait: Bool = true) throws(ZeroMQError) -> Bool {
    for (index, part) in parts.enumerated() {
      // Once the first part is accepted, ZeroMQ accepts the others too.
      let flags = (index < parts.count - 1 ? ZMQ_SNDMORE : 0) | (wait ? 0 : ZMQ_DONTWAIT)
      while zmq_send(handle, part, part.count, flags) < 0 {
        let error = ZeroMQError.last("send")
        if error.code == EAGAIN { return false }
        guard error.code == EINTR else { throw error }
      }
    }
    return true
  }

  /// Receives the parts of one message.
  ///
  /// - Returns: `nil` when there is none and `wait` is `false`.
  /// - Throws: `EMSGSIZE` for a message beyond the limits, which is gone then; the socket can go on.
  package func receive(wait: Bool = true, limits: Limits = Limits()) throws(ZeroMQError) -> [[UInt8]]? {
    var parts: [[UInt8]] = []
    var bytes = 0
    var isWithinLimits = true
    var part = zmq_msg_t()
    zmq_msg_init(&part)
    defer { zmq_msg_close(&part) }
    repeat {
      guard try receive(into: &part, wait: wait) else { return nil }
      bytes += zmq_msg_size(&part)
      isWithinLimits = isWithinLimits && parts.count < limits.parts && bytes <= limits.bytes
      if isWithinLimits { parts.append(content(of: &part)) } else { parts = [] }
    } while zmq_msg_more(&part) != 0
    guard isWithinLimits else { throw ZeroMQError(operation: "receive so long a message", code: EMSGSIZE) }
    return parts
  }

  private func receive(into part: inout zmq_msg_t, wait: Bool) throws(ZeroMQError) -> Bool {
    while zmq_msg_recv(&part, handle, wait ? 0 : ZMQ_DONTWAIT) < 0 {
      let error = ZeroMQError.last("receive")
      if error.code == EAGAIN { return false }
      guard error.code == EINTR else { throw error }
    }
    return true
  }

  private func content(of part: inout zmq_msg_t) -> [UInt8] {
    let count = zmq_msg_size(&part)
    guard count > 0, let start = zmq_msg_data(&part) else { return [] }
    // ZeroMQ keeps `count` bytes at `start` until the message is closed or received into.
    return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
  }
}
