/// The bytes of one frame: the payload's length (32 bits, little-endian), one byte of kind, the payload.
struct FrameWriter {
  private var payload: [UInt8] = []

  mutating func put(_ value: UInt8) { payload.append(value) }

  mutating func put(_ value: UInt32) { payload.append(contentsOf: value.littleEndianBytes) }

  mutating func put(_ text: String) {
    put(UInt32(text.utf8.count))
    payload.append(contentsOf: text.utf8)
  }

  func frame(kind: UInt8) -> [UInt8] { UInt32(payload.count).littleEndianBytes + [kind] + payload }
}

extension UInt32 {
  fileprivate var littleEndianBytes: [UInt8] { [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: self >> $0) } }
}
