/// What happens to a comm, on either side: the same message travels in both directions.
package struct WorkerComm: Sendable, Equatable {
  /// The numbers are those of the link's messages.
  package enum Kind: UInt8, Sendable {
    case open = 10
    case message, close
  }

  package var kind: Kind
  /// The frontend's message that is passed on, or what the worker's message belongs to: a cell or such a message.
  package var origin: UInt32
  /// The comm.
  package var identifier: String
  /// What is connected to; empty unless the comm is opened.
  package var target: String
  /// JSON text.
  package var data: [UInt8]
  /// JSON text.
  package var metadata: [UInt8]
  package var buffers: [[UInt8]]

  package init(
    _ kind: Kind, origin: UInt32, identifier: String, target: String = "", data: [UInt8], metadata: [UInt8],
    buffers: [[UInt8]] = []
  ) {
    self.kind = kind
    self.origin = origin
    self.identifier = identifier
    self.target = target
    self.data = data
    self.metadata = metadata
    self.buffers = buffers
  }

  /// Set in the origins that are messages of the frontend; the others are cells.
  package static let messageOrigin: UInt32 = 1 << 30

  /// The most bytes that one message may have; the worker takes no larger ones.
  package static let maximumLength = 512 << 20
}

extension WorkerComm {
  var frame: Frame {
    var writer = FrameWriter()
    writer.put(origin)
    writer.put(identifier)
    writer.put(target)
    writer.put(data)
    writer.put(metadata)
    writer.put(UInt32(buffers.count))
    for buffer in buffers { writer.put(buffer) }
    return Frame(kind: kind.rawValue, payload: writer.bytes)
  }

  init?(_ frame: Frame) {
    var reader = FrameReader(frame.payload)
    guard let kind = Kind(rawValue: frame.kind), let origin = reader.unsigned32(), let identifier = reader.string(),
      let target = reader.string(), let data = reader.data().map(Array.init),
      let metadata = reader.data().map(Array.init), let count = reader.unsigned32()
    else { return nil }
    self.init(kind, origin: origin, identifier: identifier, target: target, data: data, metadata: metadata)
    for _ in 0..<count {
      guard let buffer = reader.data().map(Array.init) else { return nil }
      buffers.append(buffer)
    }
  }
}

extension WorkerProcess {
  package func send(_ comm: WorkerComm) { send(.comm(comm)) }

  /// Stops the callback that a comm's message has started.
  package func interruptCallback(level: UInt8) { send(.interruptCallback(level: level)) }
}
