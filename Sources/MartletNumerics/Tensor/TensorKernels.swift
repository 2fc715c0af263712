// The inner loops, once for every type of number. `_TensorOperation` is looked at once per row, outside the loop, and
// the common strides get loops of their own, because those are the ones the compiler turns into vector instructions.
extension TensorNumber {
  /// Combines two rows; `combine` returns the value and bits that say whether there was a fault.
  @inline(__always)
  static func combineRow<Bits: FixedWidthInteger>(
    _ a: UnsafePointer<Self>, _ aStride: Int, _ b: UnsafePointer<Self>, _ bStride: Int,
    _ target: UnsafeMutablePointer<Self>, _ count: Int, _ combine: (Self, Self) -> (Self, Bits)
  ) -> Bits {
    var bits: Bits = 0
    @inline(__always) func put(_ i: Int, _ result: (Self, Bits)) {
      target[i] = result.0
      bits |= result.1
    }
    if aStride == 1 && bStride == 1 {
      for i in 0..<count { put(i, combine(a[i], b[i])) }
    } else if aStride == 1 && bStride == 0 {
      let right = b[0]
      for i in 0..<count { put(i, combine(a[i], right)) }
    } else if aStride == 0 && bStride == 1 {
      let left = a[0]
      for i in 0..<count { put(i, combine(left, b[i])) }
    } else {
      for i in 0..<count { put(i, combine(a[i &* aStride], b[i &* bStride])) }
    }
    return bits
  }

  @inline(__always)
  static func compareRow(
    _ comparison: _TensorComparison, _ a: UnsafePointer<Self>, _ aStride: Int, _ b: UnsafePointer<Self>, _ bStride: Int,
    _ target: UnsafeMutablePointer<Bool>, _ count: Int
  ) {
    switch comparison {
    case .equal: compareRow(a, aStride, b, bStride, target, count) { $0 == $1 }
    case .unequal: compareRow(a, aStride, b, bStride, target, count) { $0 != $1 }
    case .less: compareRow(a, aStride, b, bStride, target, count) { $0 < $1 }
    case .lessOrEqual: compareRow(a, aStride, b, bStride, target, count) { $0 <= $1 }
    }
  }

  @inline(__always)
  private static func compareRow(
    _ a: UnsafePointer<Self>, _ aStride: Int, _ b: UnsafePointer<Self>, _ bStride: Int,
    _ target: UnsafeMutablePointer<Bool>, _ count: Int, _ compare: (Self, Self) -> Bool
  ) {
    if aStride == 1 && bStride == 1 {
      for i in 0..<count { target[i] = compare(a[i], b[i]) }
    } else if aStride == 1 && bStride == 0 {
      let right = b[0]
      for i in 0..<count { target[i] = compare(a[i], right) }
    } else if aStride == 0 && bStride == 1 {
      let left = a[0]
      for i in 0..<count { target[i] = compare(left, b[i]) }
    } else {
      for i in 0..<count { target[i] = compare(a[i &* aStride], b[i &* bStride]) }
    }
  }

  @inline(__always)
  static func firstPlaceInRow(of value: Self, _ a: UnsafePointer<Self>, _ count: Int) -> Int {
    if value != value {
      for i in 0..<count where a[i] != a[i] { return i }
    } else {
      for i in 0..<count where a[i] == value { return i }
    }
    return count
  }
}

/// The smaller of two; NaN when either is, so that a missing result never hides.
@inline(__always)
func lesserScalar<Number: TensorNumber>(_ a: Number, _ b: Number) -> Number { a < b || a != a ? a : b }

/// The larger of two; NaN when either is.
@inline(__always)
func greaterScalar<Number: TensorNumber>(_ a: Number, _ b: Number) -> Number { a > b || a != a ? a : b }
