extension TensorFloat {
  @inline(__always)
  static func combineFloats(
    _ operation: _TensorOperation, _ a: UnsafePointer<Self>, _ aStride: Int, _ b: UnsafePointer<Self>, _ bStride: Int,
    _ target: UnsafeMutablePointer<Self>, _ count: Int
  ) -> Bool {
    let noFault: UInt8 = 0
    switch operation {
    case .add: _ = combineRow(a, aStride, b, bStride, target, count) { ($0 + $1, noFault) }
    case .subtract: _ = combineRow(a, aStride, b, bStride, target, count) { ($0 - $1, noFault) }
    case .multiply: _ = combineRow(a, aStride, b, bStride, target, count) { ($0 * $1, noFault) }
    case .divide: _ = combineRow(a, aStride, b, bStride, target, count) { ($0 / $1, noFault) }
    case .minimum: _ = combineRow(a, aStride, b, bStride, target, count) { (lesserScalar($0, $1), noFault) }
    case .maximum: _ = combineRow(a, aStride, b, bStride, target, count) { (greaterScalar($0, $1), noFault) }
    }
    return false
  }

  @inline(__always)
  static func reduceFloats(
    _ operation: _TensorOperation, _ a: UnsafePointer<Self>, _ stride: Int, _ count: Int
  ) -> (value: Self, fault: Bool) {
    switch operation {
    case .add, .subtract: return (pairwiseSum(a, stride, count), false)
    case .multiply, .divide:
      return (reduceVectors(a, stride, count, { $0 * $1 }, { $0 * $1 }), false)
    case .minimum: return (reduceScalars(a, stride, count) { lesserScalar($0, $1) }, false)
    case .maximum: return (reduceScalars(a, stride, count) { greaterScalar($0, $1) }, false)
    }
  }

  @inline(__always)
  private static func reduceScalars(
    _ a: UnsafePointer<Self>, _ stride: Int, _ count: Int, _ join: (Self, Self) -> Self
  ) -> Self {
    var result = a[0]
    for i in 1..<max(count, 1) { result = join(result, a[i &* stride]) }
    return result
  }

  /// Reduces a row with four vectors of eight at a time.
  @inline(__always)
  static func reduceVectors(
    _ a: UnsafePointer<Self>, _ stride: Int, _ count: Int,
    _ join: (SIMD8<Self>, SIMD8<Self>) -> SIMD8<Self>, _ joinScalars: (Self, Self) -> Self
  ) -> Self {
    if stride == 1 && count >= 64 {
      let raw = UnsafeRawPointer(a)
      @inline(__always) func load(_ i: Int) -> SIMD8<Self> {
        raw.loadUnaligned(fromByteOffset: i &* MemoryLayout<Self>.stride, as: SIMD8<Self>.self)
      }
      var (first, second, third, fourth) = (load(0), load(8), load(16), load(24))
      var i = 32
      while i &+ 32 <= count {
        first = join(first, load(i))
        second = join(second, load(i &+ 8))
        third = join(third, load(i &+ 16))
        fourth = join(fourth, load(i &+ 24))
        i &+= 32
      }
      let joined = join(join(first, second), join(third, fourth))
      var result = joined[0]
      for lane in 1..<8 { result = joinScalars(result, joined[lane]) }
      while i < count {
        result = joinScalars(result, a[i])
        i &+= 1
      }
      return result
    }
    var result = a[0]
    for i in 1..<max(count, 1) { result = joinScalars(result, a[i &* stride]) }
    return result
  }

  /// Adds blocks of at most 1,024 elements, each in 32 running sums, and the blocks pairwise: the rounding error grows
  /// with the logarithm of `count`, not with `count`.
  @inline(__always)
  static func pairwiseSum(_ a: UnsafePointer<Self>, _ stride: Int, _ count: Int) -> Self {
    let block = 1_024
    if count <= block { return sumBlock(a, stride, count) }
    // A sum waits at its level until the next of that level is there, as the digits of a binary counter do.
    return withUnsafeTemporaryAllocation(of: Self.self, capacity: 64) { waiting in
      var (start, blocks, level) = (0, 0, 0)
      while start < count {
        var sum = sumBlock(a + start &* stride, stride, min(block, count - start))
        level = 0
        while blocks & (1 << level) != 0 {
          sum = waiting[level] + sum
          level += 1
        }
        waiting[level] = sum
        blocks += 1
        start += block
      }
      var total: Self = 0
      for level in 0..<64 where blocks & (1 << level) != 0 { total += waiting[level] }
      return total
    }
  }

  @inline(__always)
  private static func sumBlock(_ a: UnsafePointer<Self>, _ stride: Int, _ count: Int) -> Self {
    if stride == 1 && count >= 64 { return reduceVectors(a, stride, count, { $0 + $1 }, { $0 + $1 }) }
    var (first, second, third, fourth): (Self, Self, Self, Self) = (0, 0, 0, 0)
    var i = 0
    while i &+ 4 <= count {
      first += a[i &* stride]
      second += a[(i &+ 1) &* stride]
      third += a[(i &+ 2) &* stride]
      fourth += a[(i &+ 3) &* stride]
      i &+= 4
    }
    while i < count {
      first += a[i &* stride]
      i &+= 1
    }
    return (first + second) + (third + fourth)
  }

  /// Summed in blocks as ``pairwiseSum(_:_:_:)`` does, without the pairing: squares do not cancel.
  @inline(__always)
  static func squaredDistancesOfRow(
    from centre: Self, _ a: UnsafePointer<Self>, _ stride: Int, _ count: Int
  ) -> Self {
    var total: Self = 0
    var start = 0
    while start < count {
      let end = min(start &+ 1_024, count)
      var i = start
      var lanes = SIMD8<Self>(repeating: 0)
      if stride == 1 {
        let raw = UnsafeRawPointer(a)
        let middle = SIMD8<Self>(repeating: centre)
        while i &+ 8 <= end {
          let part = raw.loadUnaligned(fromByteOffset: i &* MemoryLayout<Self>.stride, as: SIMD8<Self>.self) - middle
          lanes += part * part
          i &+= 8
        }
      }
      var sum: Self = 0
      while i < end {
        let distance = a[i &* stride] - centre
        sum += distance * distance
        i &+= 1
      }
      for lane in 0..<8 { sum += lanes[lane] }
      total += sum
      start = end
    }
    return total
  }

  /// The functions that are single instructions; false for the others.
  @inline(__always)
  static func applySimply(
    _ function: _TensorFunction, _ source: UnsafePointer<Self>, _ target: UnsafeMutablePointer<Self>, _ count: Int
  ) -> Bool {
    switch function {
    case .sqrt: for i in 0..<count { target[i] = source[i].squareRoot() }
    case .abs: for i in 0..<count { target[i] = source[i].magnitude }
    case .floor: for i in 0..<count { target[i] = source[i].rounded(.down) }
    case .ceil: for i in 0..<count { target[i] = source[i].rounded(.up) }
    case .trunc: for i in 0..<count { target[i] = source[i].rounded(.towardZero) }
    case .negate: for i in 0..<count { target[i] = -source[i] }
    case .square: for i in 0..<count { target[i] = source[i] * source[i] }
    default: return false
    }
    return true
  }
}
