/// The bytes of one message between session and worker: a payload of known length, of a kind.
///
/// On the wire: 32-bit length of the payload, one byte of kind, the payload. In payloads, numbers are little-endian
/// and strings are preceded by their 32-bit length.
package struct Frame: Sendable, Equatable {
  package var kind: UInt8
  package var payload: [UInt8]

  package init(kind: UInt8, payload: [UInt8]) {
    self.kind = kind
    self.payload = payload
  }

  /// The largest payload that is believed; a cell can write to the link whatever it likes.
  package static let maximumLength = 1 << 30

  package var encoded: [UInt8] {
    var writer = FrameWriter()
    writer.put(UInt32(payload.count))
    writer.put(kind)
    return writer.bytes + payload
  }
}

/// Cuts a stream of bytes into frames.
package struct FrameAssembler: Sendable {
  private var buffer: [UInt8] = []
  private var position = 0

  package init() {}

  package mutating func append(_ bytes: some Sequence<UInt8>) {
    if position > 1 << 16 {
      buffer.removeFirst(position)
      position = 0
    }
    buffer.append(contentsOf: bytes)
  }

  /// The next whole frame; `nil` until more bytes have come.
  ///
  /// - Throws: `FrameError.tooLong` when the stream cannot be one of frames.
  package mutating func next() throws(FrameError) -> Frame? {
    guard buffer.count - position >= 5 else { return nil }
    let length = (0..<4).reduce(0) { $0 | Int(buffer[position + $1]) << (8 * $1) }
    if length > Frame.maximumLength { throw .tooLong(length) }
    guard buffer.count - position >= 5 + length else { return nil }
    let start = position + 5
    defer {
      position = start + length
      if position == buffer.count {
        buffer.removeAll(keepingCapacity: buffer.count < 1 << 20)
        position = 0
      }
    }
    return Frame(kind: buffer[position + 4], payload: Array(buffer[start..<start + length]))
  }
}

/// What came over the link is no message.
package enum FrameError: Error, Equatable, CustomStringConvertible, Sendable {
  case tooLong(Int)
  case malformed(kind: UInt8)

  package var description: String {
    switch self {
    case .tooLong(let length):
      "The worker announced a message of \(length) bytes; at most \(Frame.maximumLength) are accepted."
    case .malformed(let kind): "The worker sent a message of kind \(kind) that does not have that kind's form."
    }
  }
}

/// Puts a payload together.
struct FrameWriter {
  private(set) var bytes: [UInt8] = []

  mutating func put(_ value: UInt8) { bytes.append(value) }
  mutating func put(_ value: UInt32) {
    for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(shift))) }
  }
  mutating func put(_ text: String) {
    put(UInt32(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }
  mutating func put(_ data: [UInt8]) {
    put(UInt32(data.count))
    bytes.append(contentsOf: data)
  }
}

/// Takes a payload apart; every read past its end gives `nil`.
struct FrameReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var rest: ArraySlice<UInt8> { bytes[position...] }

  mutating func byte() -> UInt8? { number(bytes: 1).map { UInt8(truncatingIfNeeded: $0) } }
  mutating func unsigned32() -> UInt32? { number(bytes: 4).map { UInt32(truncatingIfNeeded: $0) } }
  mutating func unsigned64() -> UInt64? { number(bytes: 8) }
  mutating func string() -> String? { data().map { String(decoding: $0, as: UTF8.self) } }
  mutating func data() -> ArraySlice<UInt8>? {
    guard let length = unsigned32(), Int(length) <= bytes.count - position else { return nil }
    defer { position += Int(length) }
    return bytes[position..<position + Int(length)]
  }

  private mutating func number(bytes count: Int) -> UInt64? {
    guard count <= bytes.count - position else { return nil }
    defer { position += count }
    return (0..<count).reduce(0) { $0 | UInt64(bytes[position + $1]) << UInt64(8 * $1) }
  }
}
