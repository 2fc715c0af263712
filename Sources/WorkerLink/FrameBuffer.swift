/// Collects the bytes that arrive on the link and cuts them into frames.
struct FrameBuffer {
  /// The largest payload that is believed.
  static let maximumPayload = 512 << 20
  private static let headerSize = 5

  private var bytes: [UInt8] = []
  private var position = 0

  mutating func append(_ received: some Collection<UInt8>) {
    if position > 0 {
      bytes.removeFirst(position)
      position = 0
    }
    bytes.append(contentsOf: received)
  }

  /// The next whole frame; `nil` where more bytes are needed.
  ///
  /// - Throws: `LinkError.oversizedFrame` when the length cannot be true.
  mutating func next() throws(LinkError) -> (kind: UInt8, payload: ArraySlice<UInt8>)? {
    var reader = FrameReader(bytes[position...])
    guard let count = reader.integer(UInt32.self), let kind = reader.byte() else { return nil }
    guard count <= Self.maximumPayload else { throw .oversizedFrame(Int(count)) }
    let start = position + Self.headerSize
    guard bytes.count - start >= Int(count) else { return nil }
    position = start + Int(count)
    return (kind, bytes[start..<position])
  }
}
