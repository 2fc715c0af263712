import Foundation

/// Reads numbers from bytes, each to the nearest `Double`, without making a string.
enum NumberParser {
  /// A whole number as `Int` prints it: "007", "+1" and "-0" are labels or rounding, not whole numbers.
  @inline(__always)
  static func int(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int? {
    guard count > 0, count <= 20 else { return nil }
    let isNegative = bytes[0] == UInt8(ascii: "-")
    let start = isNegative ? 1 : 0
    guard start < count else { return nil }
    let first = bytes[start] &- zero
    if first == 0 { return count == 1 ? 0 : nil }
    var value: UInt64 = 0
    for place in start..<count {
      let digit = bytes[place] &- zero
      guard digit < 10 else { return nil }
      // Nineteen digits cannot overflow; a twentieth is caught below.
      value = value &* 10 &+ UInt64(digit)
    }
    guard count - start <= 19 else { return nil }
    if isNegative { return value <= 1 << 63 ? Int(truncatingIfNeeded: 0 &- value) : nil }
    return value < 1 << 63 ? Int(value) : nil
  }

  /// A number with or without a fraction or an exponent, or NaN or infinity by name; "0x10" and "007" are not numbers.
  @inline(__always)
  static func double(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Double? {
    guard count > 0 else { return nil }
    let isNegative = bytes[0] == UInt8(ascii: "-")
    var place = isNegative || bytes[0] == UInt8(ascii: "+") ? 1 : 0
    let start = place
    var digits: UInt64 = 0
    while place < count, case let digit = bytes[place] &- zero, digit < 10 {
      digits = digits &* 10 &+ UInt64(digit)
      place += 1
    }
    let wholeCount = place - start
    if wholeCount > 1, bytes[start] == zero { return nil }
    var fractionCount = 0
    if place < count, bytes[place] == UInt8(ascii: ".") {
      place += 1
      let fractionStart = place
      while place < count, case let digit = bytes[place] &- zero, digit < 10 {
        digits = digits &* 10 &+ UInt64(digit)
        place += 1
      }
      fractionCount = place - fractionStart
    }
    if place < count || wholeCount + fractionCount > 19 || wholeCount + fractionCount == 0 {
      return unusual(bytes, count, start, wholeCount + fractionCount)
    }
    return DecimalNumber.value(digits, dividedByTenTo: fractionCount, isNegative: isNegative)
  }

  private static var zero: UInt8 { UInt8(ascii: "0") }

  /// Exponents, names, more digits than fit, and what is no number at all.
  private static func unusual(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ start: Int, _ digitCount: Int
  ) -> Double? {
    let isNumeral = (0..<count).allSatisfy { place in
      let byte = bytes[place]
      return byte &- zero < 10 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
        || byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E")
    }
    guard isNumeral, digitCount > 0 else { return named(bytes, count) }
    return Double(String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self))
  }

  private static func named(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Double? {
    guard count <= 9 else { return nil }
    switch String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self) {
    case "NaN", "nan": return .nan
    case "inf", "Inf", "Infinity": return .infinity
    case "-inf", "-Inf", "-Infinity": return -.infinity
    default: return nil
    }
  }

  @inline(__always)
  static func bool(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool? {
    if count == 4 {
      let isTrue = memcmp(bytes, "true", 4) == 0 || memcmp(bytes, "True", 4) == 0 || memcmp(bytes, "TRUE", 4) == 0
      return isTrue ? true : nil
    }
    guard count == 5 else { return nil }
    let isFalse = memcmp(bytes, "false", 5) == 0 || memcmp(bytes, "False", 5) == 0 || memcmp(bytes, "FALSE", 5) == 0
    return isFalse ? false : nil
  }
}
