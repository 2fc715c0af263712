import CMartletRuntime
import MartletDisplay

/// The form in which comm messages travel between the toolkit and the session: identifier, target, data and metadata as
/// JSON text, the number of buffers, and the buffers; each of them after its length, numbers 32-bit little-endian.
package enum CommWire {
  static func send(_ kind: Int, id: String, target: String = "", _ message: Comm.Message) {
    guard martlet_has_comms() != 0 else { return }
    encoded(id: id, target: target, message).withUnsafeBufferPointer {
      martlet_comm_send(UInt8(kind), $0.baseAddress, $0.count)
    }
  }

  package static func encoded(id: String, target: String, _ message: Comm.Message) -> [UInt8] {
    var bytes: [UInt8] = []
    func put(_ count: Int) {
      for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: count >> shift)) }
    }
    for part in [Array(id.utf8), Array(target.utf8), message.data.utf8, message.metadata.utf8] {
      put(part.count)
      bytes += part
    }
    put(message.buffers.count)
    for buffer in message.buffers {
      put(buffer.count)
      bytes += buffer
    }
    return bytes
  }

  /// Reads a message; `nil` where the bytes are none.
  package static func decoded(_ bytes: [UInt8]) -> (id: String, target: String, message: Comm.Message)? {
    var position = 0
    func count() -> Int? {
      guard bytes.count - position >= 4 else { return nil }
      defer { position += 4 }
      return (0..<4).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
    }
    func part() -> [UInt8]? {
      guard let count = count(), count <= bytes.count - position else { return nil }
      defer { position += count }
      return Array(bytes[position..<position + count])
    }
    guard let id = part(), let target = part(), let data = part(), let metadata = part(), let buffers = count(),
      let data = JSON.Value(parsing: data), let metadata = JSON.Value(parsing: metadata)
    else { return nil }
    var message = Comm.Message(data: data, metadata: metadata)
    for _ in 0..<buffers {
      guard let buffer = part() else { return nil }
      message.buffers.append(buffer)
    }
    return (String(decoding: id, as: UTF8.self), String(decoding: target, as: UTF8.self), message)
  }
}

/// Called by the worker with what a frontend has done to a comm.
@_cdecl("martlet_comm_receive")
public func _martletCommReceive(_ kind: UInt8, _ bytes: UnsafePointer<UInt8>, _ count: Int) {
  guard let received = CommWire.decoded(Array(UnsafeBufferPointer(start: bytes, count: count))) else { return }
  CommRegistry.shared.receive(kind: Int(kind), id: received.id, target: received.target, received.message)
}
