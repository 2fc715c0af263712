import Foundation

/// Turns the bytes of a safetensors file into scalars, where every element fits exactly, and back.
enum SafeTensorsElements<Scalar: TensorScalar> {
  /// The types whose every value is one of `Scalar`, or for 64-bit numbers without a sign may be.
  static var accepted: Set<SafeTensorsType> {
    let small: Set<SafeTensorsType> = [.uInt8, .int8, .uInt16, .int16]
    let halves: Set<SafeTensorsType> = [.float8E4M3, .float8E5M2, .float16, .bfloat16, .float32]
    if Scalar.self == Double.self { return small.union(halves).union([.float64, .uInt32, .int32]) }
    if Scalar.self == Float.self { return small.union(halves) }
    if Scalar.self == Int.self { return small.union([.uInt32, .int32, .uInt64, .int64]) }
    if Scalar.self == Int32.self { return small.union([.int32]) }
    return Scalar.self == UInt8.self ? [.uInt8] : [.bool]
  }

  /// The type that `Scalar` has in a file.
  static var own: SafeTensorsType {
    if Scalar.self == Double.self { return .float64 }
    if Scalar.self == Float.self { return .float32 }
    if Scalar.self == Int.self { return .int64 }
    if Scalar.self == Int32.self { return .int32 }
    return Scalar.self == UInt8.self ? .uInt8 : .bool
  }

  /// - Parameter bytes: as many as whole elements need, in little-endian order.
  static func read(_ bytes: UnsafeRawBufferPointer, _ type: SafeTensorsType) -> [Scalar]? {
    let count = bytes.count / type.byteCount
    guard count > 0 else { return [] }
    let start = bytes.baseAddress!  // not empty: there are elements
    if type == own, type != .bool {
      return filledTensorBlock(count) { memcpy($0, start, bytes.count) }
    }
    if Scalar.self == Float.self, type == .bfloat16 || type == .float16 {
      let floats: [Float] = filledTensorBlock(count) { target in
        for i in 0..<count {
          let bits = start.loadUnaligned(fromByteOffset: 2 * i, as: UInt16.self)
          target[i] = type == .bfloat16 ? Float(bitPattern: UInt32(bits) << 16) : Float(type.float(UInt64(bits)))
        }
      }
      return floats as? [Scalar]
    }
    var scalars: [Scalar] = []
    scalars.reserveCapacity(count)
    for i in 0..<count {
      var bits: UInt64 = 0
      for k in 0..<type.byteCount { bits |= UInt64(bytes[i * type.byteCount + k]) << (8 * UInt64(k)) }
      guard let scalar = element(bits, type) else { return nil }
      scalars.append(scalar)
    }
    return scalars
  }

  private static func element(_ bits: UInt64, _ type: SafeTensorsType) -> Scalar? {
    if type == .bool { return (bits != 0) as? Scalar }
    if type.isFloat {
      let value = type.float(bits)
      return Scalar.self == Double.self ? value as? Scalar : Float(value) as? Scalar
    }
    let unused = UInt64(64 - 8 * type.byteCount)
    let isSigned = [.int8, .int16, .int32, .int64].contains(type)
    guard let whole = isSigned ? Int(Int64(bitPattern: bits << unused) >> Int64(unused)) : Int(exactly: bits) else {
      return nil
    }
    if Scalar.self == Double.self { return Double(whole) as? Scalar }
    if Scalar.self == Float.self { return Float(whole) as? Scalar }
    if Scalar.self == Int.self { return whole as? Scalar }
    if Scalar.self == Int32.self { return Int32(exactly: whole) as? Scalar }
    return UInt8(exactly: whole) as? Scalar
  }
}
