import Foundation

/// Walks over the fields of one protobuf message, of which nothing is believed before it is checked.
///
/// A message is a sequence of fields; each begins with a number that holds the field's number and how its value is
/// written. Values that are messages, texts or blocks of bytes are parts of the file that are not copied.
///
/// Format: Protocol Buffers, encoding (protobuf.dev).
package struct ProtobufReader {
  /// A field as it stands in the file.
  package enum Value {
    case number(UInt64)
    case bits64(UInt64)
    case bits32(UInt32)
    case bytes(Data)
  }

  private let data: Data
  private var place: Int

  package init(_ data: Data) {
    self.data = data
    place = data.startIndex
  }

  /// The next field, or `nil` at the end.
  package mutating func next() throws -> (number: Int, value: Value)? {
    guard place < data.endIndex else { return nil }
    let key = try varint()
    let number = Int(truncatingIfNeeded: key >> 3)
    guard number > 0, key >> 3 <= 0x1FFF_FFFF else { throw damaged("a field has the number \(key >> 3)") }
    switch key & 7 {
    case 0: return (number, .number(try varint()))
    case 1: return (number, .bits64(try fixed(8)))
    case 2:
      let length = try varint()
      guard length <= UInt64(data.endIndex - place) else {
        throw damaged("field \(number) announces \(length) bytes and \(data.endIndex - place) are left")
      }
      defer { place += Int(length) }
      return (number, .bytes(data[place..<place + Int(length)]))
    case 5: return (number, .bits32(UInt32(truncatingIfNeeded: try fixed(4))))
    default: throw damaged("field \(number) is written in the way \(key & 7), which ONNX does not use")
    }
  }

  /// A whole number of up to ten bytes, seven bits in each.
  mutating func varint() throws -> UInt64 {
    var (value, shift): (UInt64, UInt64) = (0, 0)
    while place < data.endIndex {
      let byte = data[place]
      place += 1
      guard shift < 63 || byte <= 1 else { break }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
      if shift > 63 { break }
    }
    throw damaged("a number is cut off or too long")
  }

  private mutating func fixed(_ count: Int) throws -> UInt64 {
    guard count <= data.endIndex - place else { throw damaged("a number of \(count) bytes is cut off") }
    defer { place += count }
    return (0..<count).reduce(0) { $0 | UInt64(data[place + $1]) << (8 * UInt64($1)) }
  }

  private func damaged(_ problem: String) -> ONNXError {
    ONNXError("The file is no ONNX model, or damaged: at byte \(place), \(problem).")
  }

  /// Whether anything is left.
  var isAtEnd: Bool { place >= data.endIndex }
}

extension ProtobufReader.Value {
  /// A whole number, which is written in two's complement.
  var integer: Int {
    get throws {
      guard case .number(let bits) = self else { throw unexpected("a whole number") }
      return Int(truncatingIfNeeded: bits)
    }
  }
  package var float: Float {
    get throws {
      guard case .bits32(let bits) = self else { throw unexpected("a number with a fraction") }
      return Float(bitPattern: bits)
    }
  }
  package var bytes: Data {
    get throws {
      guard case .bytes(let bytes) = self else { throw unexpected("a text or a part") }
      return bytes
    }
  }
  package var text: String { get throws { String(decoding: try bytes, as: UTF8.self) } }

  /// Whole numbers, one field each or all in one.
  func appendIntegers(to list: inout [Int]) throws {
    guard case .bytes(let packed) = self else { return list.append(try integer) }
    var reader = ProtobufReader(packed)
    while !reader.isAtEnd { list.append(Int(truncatingIfNeeded: try reader.varint())) }
  }

  func appendFloats(to list: inout [Float]) throws {
    guard case .bytes(let packed) = self else { return list.append(try float) }
    list.append(contentsOf: try LittleEndian.numbers(packed, of: UInt32.self).map { Float(bitPattern: $0) })
  }

  func appendDoubles(to list: inout [Double]) throws {
    switch self {
    case .bits64(let bits): list.append(Double(bitPattern: bits))
    case .bytes(let packed):
      list.append(contentsOf: try LittleEndian.numbers(packed, of: UInt64.self).map { Double(bitPattern: $0) })
    default: throw unexpected("a number of eight bytes")
    }
  }

  private func unexpected(_ expected: String) -> ONNXError {
    ONNXError("The file is no ONNX model, or damaged: \(expected) was expected where \(self) stands.")
  }
}

/// Numbers as their bytes, the smallest first.
enum LittleEndian {
  static func numbers<Number: FixedWidthInteger & BitwiseCopyable>(_ bytes: Data, of: Number.Type) throws -> [Number] {
    let size = MemoryLayout<Number>.size
    guard bytes.count.isMultiple(of: size) else {
      throw ONNXError("\(bytes.count) bytes are no whole number of elements of \(size) bytes.")
    }
    return bytes.withUnsafeBytes { raw in
      (0..<raw.count / size).map { Number(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * size, as: Number.self)) }
    }
  }

  static func bytes<Number: FixedWidthInteger>(_ numbers: some Sequence<Number>) -> Data {
    var data = Data()
    for number in numbers { withUnsafeBytes(of: number.littleEndian) { data.append(contentsOf: $0) } }
    return data
  }
}
