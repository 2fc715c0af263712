/// A type of element that a safetensors file may hold.
public enum SafeTensorsType: String, Sendable, CaseIterable {
  /// Truth values, one byte each.
  case bool = "BOOL"
  /// Whole numbers.
  case uInt8 = "U8"
  case int8 = "I8"
  case uInt16 = "U16"
  case int16 = "I16"
  case uInt32 = "U32"
  case int32 = "I32"
  case uInt64 = "U64"
  case int64 = "I64"
  /// Numbers of eight bits: five or four of them for the exponent.
  case float8E5M2 = "F8_E5M2"
  case float8E4M3 = "F8_E4M3"
  /// Numbers of sixteen bits: five or eight of them for the exponent.
  case float16 = "F16"
  case bfloat16 = "BF16"
  /// Single and double precision.
  case float32 = "F32"
  case float64 = "F64"

  /// How many bytes an element takes.
  public var byteCount: Int {
    switch self {
    case .bool, .uInt8, .int8, .float8E5M2, .float8E4M3: 1
    case .uInt16, .int16, .float16, .bfloat16: 2
    case .uInt32, .int32, .float32: 4
    case .uInt64, .int64, .float64: 8
    }
  }

  /// Whether a number's fraction may be there.
  var isFloat: Bool { [.float8E5M2, .float8E4M3, .float16, .bfloat16, .float32, .float64].contains(self) }

  /// The value that the bits have, for the types of numbers with a fraction.
  func float(_ bits: UInt64) -> Double {
    switch self {
    case .float64: Double(bitPattern: bits)
    case .float32: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    case .bfloat16: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits) << 16))
    case .float16: Self.small(bits, exponentBits: 5, fractionBits: 10)
    case .float8E5M2: Self.small(bits, exponentBits: 5, fractionBits: 2)
    // No infinities: all ones are the only pattern that is not a number.
    case .float8E4M3:
      bits & 0x7F == 0x7F ? .nan : Self.small(bits, exponentBits: 4, fractionBits: 3, hasInfinity: false)
    default: 0
    }
  }

  private static func small(
    _ bits: UInt64, exponentBits: UInt64, fractionBits: UInt64, hasInfinity: Bool = true
  ) -> Double {
    let sign: Double = bits >> (exponentBits + fractionBits) & 1 == 0 ? 1 : -1
    let mask: UInt64 = 1 << exponentBits - 1
    let (exponent, fraction) = (bits >> fractionBits & mask, bits & (1 << fractionBits - 1))
    if hasInfinity, exponent == mask { return fraction == 0 ? sign * .infinity : .nan }
    let bias = Int(mask >> 1)
    let share = Double(fraction) / Double(1 << fractionBits)
    return exponent == 0
      ? sign * share * Double(sign: .plus, exponent: 1 - bias, significand: 1)
      : sign * (1 + share) * Double(sign: .plus, exponent: Int(exponent) - bias, significand: 1)
  }
}
