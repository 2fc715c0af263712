import Foundation
import MartletNumerics

/// Turns the bytes of an ONNX tensor into elements and back.
enum TensorBytes {
  /// How many bytes `count` elements take.
  static func count(of type: ONNXElementType, _ count: Int) throws -> Int {
    guard let bits = type.bitCount else { throw ONNXError("Texts are not written as raw bytes.") }
    return (count * bits + 7) / 8
  }

  /// - Parameter data: as many bytes as ``count(of:_:)`` says for the shape.
  static func read(_ data: Data, _ type: ONNXElementType, shape: [Int]) throws -> ONNXTensor {
    // As large as the file, whatever that is.
    let count = try Extent.count(shape, most: .max / 64)
    let expected = try Self.count(of: type, count)
    guard data.count == expected else {
      throw ONNXError("\(count) elements of \(type) take \(expected) bytes; there are \(data.count).")
    }
    switch type {
    case .float: return ONNXTensor(Tensor(numbers(data, count, as: Float.self), shape: shape))
    case .double: return ONNXTensor(Tensor(numbers(data, count, as: Double.self), shape: shape))
    case .int64, .uint64:
      return ONNXTensor(.integers(Tensor(numbers(data, count, as: Int.self), shape: shape)), as: type)
    case .bool: return ONNXTensor(Tensor(data.map { $0 != 0 }, shape: shape))
    default:
      let patterns = try patterns(data, type, count)
      if let small = type.smallFloat {
        return ONNXTensor(.floats(Tensor(patterns.map { Float(small.value($0)) }, shape: shape)), as: type)
      }
      return ONNXTensor(.integers(Tensor(patterns.map { type.wrapped($0) }, shape: shape)), as: type)
    }
  }

  /// Elements that lie in the file as they lie in memory; this machine, as the format, puts the smallest byte first.
  private static func numbers<Number: TensorScalar & BitwiseCopyable>(
    _ data: Data, _ count: Int, as: Number.Type
  ) -> [Number] {
    filledTensorBlock(count) { target in
      // As many bytes as elements need: it was checked.
      data.withUnsafeBytes { _ = memcpy(target, $0.baseAddress!, count * MemoryLayout<Number>.size) }
    }
  }

  private static func patterns(_ data: Data, _ type: ONNXElementType, _ count: Int) throws -> [Int] {
    switch type.bitCount {
    case 32?: return try LittleEndian.numbers(data, of: UInt32.self).map { Int($0) }
    case 16?: return try LittleEndian.numbers(data, of: UInt16.self).map { Int($0) }
    case 8?: return data.map { Int($0) }
    default:
      // Several elements in a byte, the first in its lowest bits.
      let bits = type.bitCount ?? 8
      let (each, mask) = (8 / bits, 1 << bits - 1)
      let bytes = [UInt8](data)
      return (0..<count).map { Int(bytes[$0 / each]) >> ($0 % each * bits) & mask }
    }
  }

  /// The bytes of a tensor of numbers.
  static func write(_ tensor: ONNXTensor) throws -> Data {
    let type = tensor.elementType
    switch tensor.elements {
    case .floats(let x):
      guard let small = type.smallFloat else { return LittleEndian.bytes(x.scalars.lazy.map(\.bitPattern)) }
      return packed(x.scalars.map { small.bits(Double($0)) }, type)
    case .doubles(let x): return LittleEndian.bytes(x.scalars.lazy.map(\.bitPattern))
    case .integers(let x): return packed(x.scalars, type)
    case .truths(let x): return Data(x.scalars.map { $0 ? 1 : 0 })
    case .texts: throw ONNXError("Texts are not written as raw bytes.")
    }
  }

  private static func packed(_ patterns: [Int], _ type: ONNXElementType) -> Data {
    switch type.bitCount {
    case 64?: return LittleEndian.bytes(patterns)
    case 32?: return LittleEndian.bytes(patterns.lazy.map { UInt32(truncatingIfNeeded: $0) })
    case 16?: return LittleEndian.bytes(patterns.lazy.map { UInt16(truncatingIfNeeded: $0) })
    case 8?: return Data(patterns.map { UInt8(truncatingIfNeeded: $0) })
    default:
      let bits = type.bitCount ?? 8
      let (each, mask) = (8 / bits, 1 << bits - 1)
      var bytes = Data(count: (patterns.count + each - 1) / each)
      for (i, pattern) in patterns.enumerated() { bytes[i / each] |= UInt8((pattern & mask) << (i % each * bits)) }
      return bytes
    }
  }
}
