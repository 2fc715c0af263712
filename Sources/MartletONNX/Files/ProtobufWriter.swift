import Foundation

/// Writes the fields of one protobuf message.
struct ProtobufWriter {
  private(set) var data = Data()

  mutating func write(_ number: Int, _ value: Int) {
    varint(UInt64(number) << 3)
    varint(UInt64(bitPattern: Int64(value)))
  }
  mutating func write(_ number: Int, _ value: Float) {
    varint(UInt64(number) << 3 | 5)
    data.append(LittleEndian.bytes([value.bitPattern]))
  }
  mutating func write(_ number: Int, _ bytes: Data) {
    varint(UInt64(number) << 3 | 2)
    varint(UInt64(bytes.count))
    data.append(bytes)
  }
  mutating func write(_ number: Int, _ text: String) { write(number, Data(text.utf8)) }
  mutating func write(_ number: Int, _ message: (inout ProtobufWriter) -> Void) {
    var inner = ProtobufWriter()
    message(&inner)
    write(number, inner.data)
  }
  /// Whole numbers in one field.
  mutating func write(_ number: Int, packed values: [Int]) {
    var inner = ProtobufWriter()
    for value in values { inner.varint(UInt64(bitPattern: Int64(value))) }
    write(number, inner.data)
  }
  mutating func write(_ number: Int, packed values: [Float]) {
    write(number, LittleEndian.bytes(values.lazy.map(\.bitPattern)))
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      data.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    data.append(UInt8(rest))
  }
}
