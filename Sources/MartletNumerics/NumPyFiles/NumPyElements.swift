import Foundation

/// Turns the bytes of an `.npy` file into scalars, where every element fits exactly.
struct NumPyElements<Scalar: TensorScalar> {
  let header: NumPyHeader
  let file: String

  func read(_ data: Data) throws(NumPyFileError) -> Tensor<Scalar> {
    let (size, count) = (header.elementSize, header.count)
    let known: Set<String> = ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"]
    guard known.contains(header.type) else {
      throw NumPyFileError(
        file, "Elements of type '\(header.type)' are not numbers that a tensor holds; save the array as float64 first.")
    }
    let available = data.count - header.start
    let (needed, overflow) = count.multipliedReportingOverflow(by: size)
    guard !overflow, needed <= available else {
      throw NumPyFileError(
        file, "\(count) elements of \(size) bytes were announced; the file has \(available) bytes for them.")
    }
    guard Self.acceptedTypes.contains(header.type) else {
      throw NumPyFileError(
        file,
        "The file holds '\(header.type)', which does not fit \(Scalar.self) exactly. Read it as \(better) and convert.")
    }
    let bytes = data.dropFirst(header.start).prefix(needed)
    let scalars = try bytes.withContiguousStorage { (bytes) throws(NumPyFileError) in try elements(bytes) }
    let tensor = Tensor(scalars, shape: header.isColumnMajor ? header.shape.reversed() : header.shape)
    return header.isColumnMajor ? tensor.transposed() : tensor
  }

  /// The types whose every value is one of `Scalar`.
  static var acceptedTypes: Set<String> {
    if Scalar.self == Double.self { return ["f2", "f4", "f8", "i1", "i2", "i4", "u1", "u2", "u4"] }
    if Scalar.self == Float.self { return ["f2", "f4", "i1", "i2", "u1", "u2"] }
    if Scalar.self == Int.self { return ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"] }
    if Scalar.self == Int32.self { return ["i1", "i2", "i4", "u1", "u2"] }
    return Scalar.self == UInt8.self ? ["u1"] : ["b1"]
  }

  private var better: String {
    switch header.type.first {
    case "f": "Tensor<Double>"
    case "b": "Tensor<Bool>"
    default: "Tensor<Int>"
    }
  }

  /// - Throws: where an unsigned 64-bit number is too large.
  private func elements(_ bytes: UnsafeRawBufferPointer) throws(NumPyFileError) -> [Scalar] {
    if header.type == NumPyElements.ownType, !header.isBigEndian, header.type != "b1" {
      return filledTensorBlock(header.count) { target in
        // Not empty: there are elements.
        memcpy(target, bytes.baseAddress!, header.count * MemoryLayout<Scalar>.stride)
      }
    }
    var scalars: [Scalar] = []
    scalars.reserveCapacity(header.count)
    for i in 0..<header.count {
      guard let element = element(bits(bytes, i)) else {
        throw NumPyFileError(file, "Element \(i) is larger than any Int; save the array as float64 first.")
      }
      scalars.append(element)
    }
    return scalars
  }

  private func bits(_ bytes: UnsafeRawBufferPointer, _ i: Int) -> UInt64 {
    let size = header.elementSize
    var bits: UInt64 = 0
    for k in 0..<size { bits = bits << 8 | UInt64(bytes[i * size + (header.isBigEndian ? k : size - 1 - k)]) }
    return bits
  }

  private func element(_ bits: UInt64) -> Scalar? {
    let value: (float: Double, whole: Int?)
    switch header.type {
    case "f8": value = (Double(bitPattern: bits), nil)
    case "f4": value = (Double(Float(bitPattern: UInt32(bits))), nil)
    case "f2": value = (halfPrecision(UInt16(bits)), nil)
    case "i8": value = (0, Int(Int64(bitPattern: bits)))
    case "i4": value = (0, Int(Int32(truncatingIfNeeded: bits)))
    case "i2": value = (0, Int(Int16(truncatingIfNeeded: bits)))
    case "i1": value = (0, Int(Int8(truncatingIfNeeded: bits)))
    case "b1": return (bits != 0) as? Scalar
    default: value = (0, Int(exactly: bits))
    }
    let isFloat = header.type.first == "f"
    if !isFloat && value.whole == nil { return nil }
    let whole = value.whole ?? 0
    if Scalar.self == Double.self { return (isFloat ? value.float : Double(whole)) as? Scalar }
    if Scalar.self == Float.self { return (isFloat ? Float(value.float) : Float(whole)) as? Scalar }
    if Scalar.self == Int.self { return whole as? Scalar }
    if Scalar.self == Int32.self { return Int32(whole) as? Scalar }
    return UInt8(whole) as? Scalar
  }

  /// The type that this machine's `Scalar` has in a file.
  static var ownType: String {
    if Scalar.self == Double.self { return "f8" }
    if Scalar.self == Float.self { return "f4" }
    if Scalar.self == Int.self { return "i8" }
    if Scalar.self == Int32.self { return "i4" }
    return Scalar.self == UInt8.self ? "u1" : "b1"
  }
}

/// A number of 16 bits: one for the sign, five for the exponent, ten for the fraction.
private func halfPrecision(_ bits: UInt16) -> Double {
  let sign: Double = bits >> 15 == 0 ? 1 : -1
  let (exponent, fraction) = (Int(bits >> 10 & 31), Double(bits & 1023))
  if exponent == 31 { return fraction == 0 ? sign * .infinity : .nan }
  return exponent == 0
    ? sign * fraction * 0x1p-24
    : sign * (1 + fraction / 1024) * Double(sign: .plus, exponent: exponent - 15, significand: 1)
}

extension Data {
  /// The bytes in one piece.
  fileprivate func withContiguousStorage<Result>(
    _ body: (UnsafeRawBufferPointer) throws(NumPyFileError) -> Result
  ) throws(NumPyFileError) -> Result {
    // `withUnsafeBytes` passes any error on, which loses its type.
    let result = withUnsafeBytes { bytes in Swift.Result { () throws(NumPyFileError) in try body(bytes) } }
    return try result.get()
  }
}
