/// What the elements of an ONNX tensor are.
public enum ONNXElementType: Int, Sendable, CaseIterable, Codable, CustomStringConvertible {
  case float = 1
  case uint8, int8, uint16, int16, int32, int64, string, bool, float16, double, uint32, uint64
  case bfloat16 = 16
  case float8e4m3fn, float8e4m3fnuz, float8e5m2, float8e5m2fnuz, uint4, int4, float4e2m1, float8e8m0, uint2, int2

  /// ONNX's own name for it.
  public var description: String {
    switch self {
    case .float: "float"
    case .uint8: "uint8"
    case .int8: "int8"
    case .uint16: "uint16"
    case .int16: "int16"
    case .int32: "int32"
    case .int64: "int64"
    case .string: "string"
    case .bool: "bool"
    case .float16: "float16"
    case .double: "double"
    case .uint32: "uint32"
    case .uint64: "uint64"
    case .bfloat16: "bfloat16"
    case .float8e4m3fn: "float8e4m3fn"
    case .float8e4m3fnuz: "float8e4m3fnuz"
    case .float8e5m2: "float8e5m2"
    case .float8e5m2fnuz: "float8e5m2fnuz"
    case .uint4: "uint4"
    case .int4: "int4"
    case .float4e2m1: "float4e2m1"
    case .float8e8m0: "float8e8m0"
    case .uint2: "uint2"
    case .int2: "int2"
    }
  }

  /// How many bits an element has in a file; `nil` for texts.
  var bitCount: Int? {
    switch self {
    case .string: nil
    case .double, .int64, .uint64: 64
    case .float, .int32, .uint32: 32
    case .float16, .bfloat16, .int16, .uint16: 16
    case .uint4, .int4, .float4e2m1: 4
    case .uint2, .int2: 2
    default: 8
    }
  }

  /// Whether elements are numbers with a fraction.
  var isFloat: Bool { self == .float || self == .double || smallFloat != nil }
  /// Whether elements are whole numbers.
  var isInteger: Bool { !isFloat && self != .string && self != .bool }
  /// Whether whole numbers have no sign.
  var isUnsigned: Bool { [.uint2, .uint4, .uint8, .uint16, .uint32, .uint64].contains(self) }

  /// The smallest and largest whole number; 64-bit numbers without a sign are kept as their bits.
  var integerRange: ClosedRange<Int> {
    guard let bits = bitCount, bits < 64 else { return Int.min...Int.max }
    return isUnsigned ? 0...(1 << bits - 1) : -(1 << (bits - 1))...(1 << (bits - 1) - 1)
  }

  /// The nearest whole number that the type has; the fraction is cut off. NaN becomes zero.
  func saturated(_ value: Double) -> Int {
    if value.isNaN { return 0 }
    let range = integerRange
    if value >= Double(range.upperBound) { return range.upperBound }
    return value <= Double(range.lowerBound) ? range.lowerBound : Int(value)
  }

  /// A whole number with only as many bits as the type has.
  func wrapped(_ value: Int) -> Int {
    guard let bits = bitCount, bits < 64 else { return value }
    let shift = 64 - bits
    let raised = value << shift
    return isUnsigned ? Int(bitPattern: UInt(bitPattern: raised) >> UInt(shift)) : raised >> shift
  }

  /// How numbers with a fraction of fewer than 32 bits are written.
  var smallFloat: SmallFloat? {
    switch self {
    case .float16: SmallFloat(exponentBits: 5, fractionBits: 10, bias: 15, special: .infinities)
    case .bfloat16: SmallFloat(exponentBits: 8, fractionBits: 7, bias: 127, special: .infinities)
    case .float8e4m3fn: SmallFloat(exponentBits: 4, fractionBits: 3, bias: 7, special: .onesAreNaN)
    case .float8e4m3fnuz: SmallFloat(exponentBits: 4, fractionBits: 3, bias: 8, special: .negativeZeroIsNaN)
    case .float8e5m2: SmallFloat(exponentBits: 5, fractionBits: 2, bias: 15, special: .infinities)
    case .float8e5m2fnuz: SmallFloat(exponentBits: 5, fractionBits: 2, bias: 16, special: .negativeZeroIsNaN)
    case .float4e2m1: SmallFloat(exponentBits: 2, fractionBits: 1, bias: 1, special: .none)
    case .float8e8m0: SmallFloat(exponentBits: 8, fractionBits: 0, bias: 127, special: .powers)
    default: nil
    }
  }
}
