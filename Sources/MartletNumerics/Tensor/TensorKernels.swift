// The inner loops, once for every type of number. `_TensorOperation` is looked at once per row, outside the loop, and
// the common strides get loops of their own, because those are the ones the compiler turns into vector instructions.
extension TensorNumber {
  @inline(__always)
  static func combineRow(
    _ a: UnsafePointer<Self>, _ aStride: Int, _ b: UnsafePointer<Self>, _ bStride: Int,
    _ target: UnsafeMutablePointer<Self>, _ count: Int, _ combine: (Self, Self) -> Self
  ) {
    if aStride == 1 && bStride == 1 {
      for i in 0..<count { target[i] = combine(a[i], b[i]) }
    } else if aStride == 1 && bStride == 0 {
      let right = b[0]
      for i in 0..<count { target[i] = combine(a[i], right) }
    } else if aStride == 0 && bStride == 1 {
      let left = a[0]
      for i in 0..<count { target[i] = combine(left, b[i]) }
    } else {
      for i in 0..<count { target[i] = combine(a[i * aStride], b[i * bStride]) }
    }
  }

  @inline(__always)
  static func compareRow(
    _ comparison: _TensorComparison, _ a: UnsafePointer<Self>, _ aStride: Int, _ b: UnsafePointer<Self>, _ bStride: Int,
    _ target: UnsafeMutablePointer<Bool>, _ count: Int
  ) {
    switch comparison {
    case .equal: for i in 0..<count { target[i] = a[i * aStride] == b[i * bStride] }
    case .unequal: for i in 0..<count { target[i] = a[i * aStride] != b[i * bStride] }
    case .less: for i in 0..<count { target[i] = a[i * aStride] < b[i * bStride] }
    case .lessOrEqual: for i in 0..<count { target[i] = a[i * aStride] <= b[i * bStride] }
    }
  }

  /// Sums blocks of at most 128 elements and adds the blocks pairwise: the rounding error grows with the logarithm of
  /// `count`, not with `count`.
  @inline(__always)
  static func sumBlock(_ a: UnsafePointer<Self>, _ stride: Int, _ count: Int) -> Self {
    var (first, second, third, fourth): (Self, Self, Self, Self) = (0, 0, 0, 0)
    var i = 0
    while i + 4 <= count {
      first += a[i * stride]
      second += a[(i + 1) * stride]
      third += a[(i + 2) * stride]
      fourth += a[(i + 3) * stride]
      i += 4
    }
    while i < count {
      first += a[i * stride]
      i += 1
    }
    return (first + second) + (third + fourth)
  }
}

/// Adds the sums of two halves, down to blocks of 128.
func pairwiseTensorSum<Number: TensorNumber>(
  _ a: UnsafePointer<Number>, _ stride: Int, _ count: Int, _ block: (UnsafePointer<Number>, Int, Int) -> Number
) -> Number {
  if count <= 128 { return block(a, stride, count) }
  let half = count / 2 / 8 * 8
  return pairwiseTensorSum(a, stride, half, block)
    + pairwiseTensorSum(a + half * stride, stride, count - half, block)
}
