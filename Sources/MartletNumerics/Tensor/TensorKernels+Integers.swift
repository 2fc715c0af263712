// Whole numbers that do not fit their type are faults. Additions and subtractions find them with the operations of the
// vector units, from the signs: a sum of two numbers of one sign has that sign.
extension TensorNumber where Self: FixedWidthInteger {
  @inline(__always)
  static func combineIntegers(
    _ operation: _TensorOperation, _ a: UnsafePointer<Self>, _ aStride: Int, _ b: UnsafePointer<Self>, _ bStride: Int,
    _ target: UnsafeMutablePointer<Self>, _ count: Int
  ) -> Bool {
    switch operation {
    case .add: return isFault(combineRow(a, aStride, b, bStride, target, count) { sum($0, $1) })
    case .subtract: return isFault(combineRow(a, aStride, b, bStride, target, count) { difference($0, $1) })
    case .multiply: return isFault(combineRow(a, aStride, b, bStride, target, count) { product($0, $1) })
    case .divide: return isFault(combineRow(a, aStride, b, bStride, target, count) { quotient($0, $1) })
    case .minimum: return isFault(combineRow(a, aStride, b, bStride, target, count) { (Swift.min($0, $1), Self(0)) })
    case .maximum: return isFault(combineRow(a, aStride, b, bStride, target, count) { (Swift.max($0, $1), Self(0)) })
    }
  }

  @inline(__always)
  static func reduceIntegers(
    _ operation: _TensorOperation, _ a: UnsafePointer<Self>, _ stride: Int, _ count: Int
  ) -> (value: Self, fault: Bool) {
    switch operation {
    case .add, .subtract: return sumOfIntegers(a, stride, count)
    case .multiply, .divide: return reduceRow(a, stride, count) { product($0, $1) }
    case .minimum: return reduceRow(a, stride, count) { (Swift.min($0, $1), Self(0)) }
    case .maximum: return reduceRow(a, stride, count) { (Swift.max($0, $1), Self(0)) }
    }
  }

  @inline(__always)
  private static func reduceRow(
    _ a: UnsafePointer<Self>, _ stride: Int, _ count: Int, _ join: (Self, Self) -> (Self, Self)
  ) -> (value: Self, fault: Bool) {
    var (result, bits): (Self, Self) = (a[0], 0)
    if stride == 1 {
      for i in 1..<Swift.max(count, 1) {
        let joined = join(result, a[i])
        result = joined.0
        bits |= joined.1
      }
    } else {
      for i in 1..<Swift.max(count, 1) {
        let joined = join(result, a[i &* stride])
        result = joined.0
        bits |= joined.1
      }
    }
    return (result, isFault(bits))
  }

  /// Short numbers are added up in 64 bits, which hold any sum of a row; a sum of 64-bit numbers is looked at after
  /// every step. What counts is the whole sum: that a part of it does not fit is no fault.
  @inline(__always)
  private static func sumOfIntegers(
    _ a: UnsafePointer<Self>, _ stride: Int, _ count: Int
  ) -> (value: Self, fault: Bool) {
    if Self.bitWidth < 64 {
      var sum: Int64 = 0
      if stride == 1 {
        for i in 0..<count { sum &+= Int64(truncatingIfNeeded: a[i]) }
      } else {
        for i in 0..<count { sum &+= Int64(truncatingIfNeeded: a[i &* stride]) }
      }
      return (Self(truncatingIfNeeded: sum), Self(exactly: sum) == nil)
    }
    // The upper and lower halves apart: neither sum can overflow in a row of fewer than 2³¹ elements.
    var (upper, lower): (Int64, Int64) = (0, 0)
    var (total, fault): (Self, Bool) = (0, false)
    var start = 0
    while start < count {
      let end = Swift.min(start &+ (1 << 30), count)
      (upper, lower) = (0, 0)
      for i in start..<end {
        let element = Int64(truncatingIfNeeded: a[i &* stride])
        upper &+= element >> 32
        lower &+= element & 0xffff_ffff
      }
      upper &+= lower >> 32
      let part = Self(truncatingIfNeeded: upper << 32 | (lower & 0xffff_ffff))
      let (sum, overflow) = total.addingReportingOverflow(part)
      fault = fault || overflow || upper != Int64(Int32(truncatingIfNeeded: upper))
      total = sum
      start = end
    }
    return (total, fault)
  }

  /// The bits of signed numbers say it in their sign; those of unsigned ones anywhere.
  @inline(__always)
  private static func isFault(_ bits: Self) -> Bool { isSigned ? bits < 0 : bits != 0 }

  @inline(__always)
  private static func sum(_ a: Self, _ b: Self) -> (Self, Self) {
    let result = a &+ b
    return (result, isSigned ? (a ^ result) & (b ^ result) : result < a ? 1 : 0)
  }

  @inline(__always)
  private static func difference(_ a: Self, _ b: Self) -> (Self, Self) {
    let result = a &- b
    return (result, isSigned ? (a ^ b) & (a ^ result) : b > a ? 1 : 0)
  }

  @inline(__always)
  private static func product(_ a: Self, _ b: Self) -> (Self, Self) {
    let (result, overflow) = a.multipliedReportingOverflow(by: b)
    return (result, overflow ? ~0 : 0)
  }

  @inline(__always)
  private static func quotient(_ a: Self, _ b: Self) -> (Self, Self) {
    let (result, overflow) = a.dividedReportingOverflow(by: b)
    return (result, overflow ? ~0 : 0)
  }
}
