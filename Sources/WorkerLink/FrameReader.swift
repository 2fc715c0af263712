/// Reads the fields of a payload. The worker runs anybody's code, so no length is believed before it is checked.
struct FrameReader {
  private let bytes: ArraySlice<UInt8>
  private var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  mutating func byte() -> UInt8? {
    guard position < bytes.endIndex else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func integer<Value: FixedWidthInteger & UnsignedInteger>(_: Value.Type) -> Value? {
    guard let field = content(count: MemoryLayout<Value>.size) else { return nil }
    return field.reversed().reduce(0) { $0 << 8 | Value($1) }
  }

  mutating func string() -> String? {
    guard let count = integer(UInt32.self), let content = content(count: Int(count)) else { return nil }
    return String(decoding: content, as: UTF8.self)
  }

  /// Everything that has not been read.
  func rest() -> ArraySlice<UInt8> { bytes[position...] }

  private mutating func content(count: Int) -> ArraySlice<UInt8>? {
    guard count <= bytes.endIndex - position else { return nil }
    defer { position += count }
    return bytes[position..<position + count]
  }
}
