import Foundation

/// A way to write numbers with a fraction in 4 to 16 bits: sign, exponent, fraction.
struct SmallFloat: Sendable {
  /// What the patterns at the end of the range mean.
  enum Special {
    /// The largest exponent is for infinities and NaN, as in IEEE 754.
    case infinities
    /// All ones are NaN; there are no infinities.
    case onesAreNaN
    /// What would be −0 is NaN; there are no infinities.
    case negativeZeroIsNaN
    /// Every pattern is a number.
    case none
    /// No sign and no fraction: powers of two alone, and all ones are NaN.
    case powers
  }

  let exponentBits, fractionBits, bias: Int
  let special: Special

  private var signPlace: Int { exponentBits + fractionBits }
  private var largestField: Int { 1 << exponentBits - 1 }

  /// The largest finite number.
  var largest: Double {
    let one = 1 << fractionBits
    let (field, fraction) =
      switch special {
      case .infinities: (largestField - 1, one - 1)
      case .onesAreNaN: (largestField, one - 2)
      case .negativeZeroIsNaN, .none: (largestField, one - 1)
      case .powers: (largestField - 1, 0)
      }
    return scalbn(1 + Double(fraction) / Double(one), field - bias)
  }

  /// The nearest number that can be written, to even in the middle.
  /// - Parameter saturates: whether what is too large becomes the largest number, instead of infinity or NaN.
  func rounded(_ value: Double, saturates: Bool) -> Double {
    // Where every pattern is a number, NaN becomes −0, as other programs have it.
    if value.isNaN { return special == .none ? -0.0 : .nan }
    if special == .powers { return power(value) }
    let beyond = special == .infinities ? Double.infinity : special == .none ? largest : .nan
    func limited(_ sign: Double) -> Double { saturates ? sign * largest : sign * beyond }
    let sign: Double = value.sign == .minus ? -1 : 1
    if value.isInfinite { return limited(sign) }
    if value == 0 { return special == .negativeZeroIsNaN ? 0 : value }
    let exponent = max(Int(value.exponent), 1 - bias)
    let quantum = scalbn(1, exponent - fractionBits)
    let result = (value / quantum).rounded(.toNearestOrEven) * quantum
    if result.magnitude > largest { return limited(sign) }
    return result == 0 && special == .negativeZeroIsNaN ? 0 : result
  }

  private func power(_ value: Double) -> Double {
    guard value > 0 else { return value == 0 ? scalbn(1, -bias) : .nan }
    // Upwards, as ONNX's casts round unless they are told otherwise.
    return min(largest, max(scalbn(1, -bias), exp2(log2(value).rounded(.up))))
  }

  /// The number that a pattern stands for.
  func value(_ bits: Int) -> Double {
    if special == .powers { return bits == largestField ? .nan : scalbn(1, bits - bias) }
    let sign: Double = bits >> signPlace & 1 == 1 ? -1 : 1
    let (field, fraction) = (bits >> fractionBits & largestField, bits & (1 << fractionBits - 1))
    switch special {
    case .infinities where field == largestField: return fraction == 0 ? sign * .infinity : .nan
    case .onesAreNaN where field == largestField && fraction == 1 << fractionBits - 1: return .nan
    case .negativeZeroIsNaN where bits == 1 << signPlace: return .nan
    default: break
    }
    let share = Double(fraction) / Double(1 << fractionBits)
    return sign * (field == 0 ? scalbn(share, 1 - bias) : scalbn(1 + share, field - bias))
  }

  /// The pattern of a number that ``rounded(_:saturates:)`` has given.
  func bits(_ value: Double) -> Int {
    if special == .powers { return value.isNaN ? largestField : Int(value.exponent) + bias }
    let sign = value.sign == .minus ? 1 << signPlace : 0
    if value.isNaN {
      switch special {
      case .infinities: return largestField << fractionBits | 1 << max(fractionBits - 1, 0)
      case .negativeZeroIsNaN: return 1 << signPlace
      default: return (1 << signPlace) - 1
      }
    }
    if value.isInfinite { return sign | largestField << fractionBits }
    let exponent = max(value == 0 ? 1 - bias : Int(value.exponent), 1 - bias)
    let steps = Int((value.magnitude / scalbn(1, exponent - fractionBits)).rounded())
    // Below the smallest normal number the field is zero and there is no leading one.
    return steps < 1 << fractionBits
      ? sign + steps : sign + (exponent + bias) << fractionBits + (steps - (1 << fractionBits))
  }
}
