/// Turns decimal digits into the nearest `Double`.
enum DecimalNumber {
  /// Ten to a power up to 22, which a `Double` holds exactly. A table without a lock, unlike a global array.
  @inline(__always)
  private static func exactPower(_ power: Int) -> Double {
    switch power {
    case 0: 1
    case 1: 1e1
    case 2: 1e2
    case 3: 1e3
    case 4: 1e4
    case 5: 1e5
    case 6: 1e6
    case 7: 1e7
    case 8: 1e8
    case 9: 1e9
    case 10: 1e10
    case 11: 1e11
    case 12: 1e12
    case 13: 1e13
    case 14: 1e14
    case 15: 1e15
    case 16: 1e16
    case 17: 1e17
    case 18: 1e18
    default: 1e19
    }
  }
  private static let powers: [UInt64] = (0...19).map { power in (0..<power).reduce(1) { value, _ in value * 10 } }

  /// `digits / 10^places`, rounded to the nearest `Double`, halves to the even one.
  /// - Parameter places: 0 to 19.
  @inline(__always)
  static func value(_ digits: UInt64, dividedByTenTo places: Int, isNegative: Bool) -> Double {
    // Where both are exact, the processor's division rounds correctly.
    let value =
      digits < 1 << 53
      ? Double(digits) / exactPower(places) : divided(digits, places)
    return isNegative ? -value : value
  }

  /// By division of whole numbers: 63 or 64 bits of the quotient and whether anything is left decide the rounding.
  private static func divided(_ digits: UInt64, _ places: Int) -> Double {
    let divisor = powers[places]
    let (digitShift, divisorShift) = (digits.leadingZeroBitCount, divisor.leadingZeroBitCount)
    let scaled = digits << UInt64(digitShift)
    // The high word is below 2⁶³ and the divisor is not, so the quotient fits.
    let (quotient, remainder) = (divisor << UInt64(divisorShift)).dividingFullWidth((scaled >> 1, scaled << 63))
    // quotient · 2^exponent is the value, the remainder left out.
    let exponent = divisorShift - digitShift - 63
    let extra = 64 - 53 - quotient.leadingZeroBitCount
    let kept = quotient >> UInt64(extra)
    let rest = quotient & (1 << UInt64(extra) - 1)
    let half: UInt64 = 1 << UInt64(extra - 1)
    let roundsUp = rest > half || (rest == half && (remainder != 0 || kept & 1 == 1))
    // Scaling by a power of two is exact: the values are far from the ends of the range.
    return Double(sign: .plus, exponent: exponent + extra, significand: Double(kept + (roundsUp ? 1 : 0)))
  }
}
