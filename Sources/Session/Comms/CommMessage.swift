import JSON
import WorkerLink

/// What happens to a comm: a connection between an object in a frontend and an object in cells.
package struct CommMessage: Sendable, Hashable {
  package enum Kind: Sendable { case open, message, close }

  package var kind: Kind
  /// The comm. (Protocol: `comm_id`)
  package var identifier: String
  /// What is connected to; empty unless the comm is opened. (Protocol: `target_name`)
  package var target: String
  package var data: JSONValue
  package var metadata: JSONValue
  package var buffers: [[UInt8]]

  package init(
    _ kind: Kind, identifier: String, target: String = "", data: JSONValue = [:], metadata: JSONValue = [:],
    buffers: [[UInt8]] = []
  ) {
    self.kind = kind
    self.identifier = identifier
    self.target = target
    self.data = data
    self.metadata = metadata
    self.buffers = buffers
  }
}

extension CommMessage {
  /// The message as it came from the worker; `nil` where what should be JSON is not, since a cell can send anything.
  init?(_ comm: WorkerComm) {
    guard let data = try? JSONValue(parsing: comm.data), let metadata = try? JSONValue(parsing: comm.metadata) else {
      return nil
    }
    let kind: Kind =
      switch comm.kind {
      case .open: .open
      case .message: .message
      case .close: .close
      }
    self.init(
      kind, identifier: comm.identifier, target: comm.target, data: data, metadata: metadata, buffers: comm.buffers)
  }

  /// The message as the worker takes it; `nil` when it is too large.
  func encoded(origin: UInt32) -> WorkerComm? {
    let kind: WorkerComm.Kind =
      switch self.kind {
      case .open: .open
      case .message: .message
      case .close: .close
      }
    let comm = WorkerComm(
      kind, origin: origin, identifier: identifier, target: target, data: data.serializedBytes(),
      metadata: metadata.serializedBytes(), buffers: buffers)
    let parts = [comm.data, comm.metadata] + buffers
    let length = parts.reduce(identifier.utf8.count + target.utf8.count + 64) { $0 + $1.count + 4 }
    return length <= WorkerComm.maximumLength ? comm : nil
  }
}
