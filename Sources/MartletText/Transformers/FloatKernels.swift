/// The inner loops of a transformer over rows of single-precision numbers, sixteen at a time.
enum FloatKernels {
  typealias Lanes = SIMD16<Float>
  private typealias Bits = SIMD16<UInt32>

  /// `exp(x)` for each lane, to two units in the last place between −87 and 88; 0 below.
  @inline(__always)
  static func exp(_ x: Lanes) -> Lanes {
    let bounded = x.clamped(lowerBound: Lanes(repeating: -87.3), upperBound: Lanes(repeating: 88))
    // Adding a large number rounds to a whole one, whose bits then are the exponent.
    let magic: Float = 12_582_912
    let shifted = (bounded * 1.442_695_04).addingProduct(Lanes(repeating: 1), Lanes(repeating: magic))
    let whole = shifted - magic
    // The part of ln 2 that Float holds, and the rest of it.
    let rest = bounded.addingProduct(whole, Lanes(repeating: -0.693_359_375)).addingProduct(
      whole, Lanes(repeating: 2.121_944_4e-4))
    var sum = Lanes(repeating: 1.388_888_9e-3)
    for factor: Float in [8.333_333_3e-3, 4.166_666_7e-2, 0.166_666_667, 0.5, 1, 1] {
      sum = Lanes(repeating: factor).addingProduct(sum, rest)
    }
    let power = unsafeBitCast(
      (unsafeBitCast(shifted, to: Bits.self) &<< 23) &+ Bits(repeating: 127 << 23), to: Lanes.self)
    return (sum * power).replacing(with: 0, where: x .< -87.3)
  }

  /// `x · Φ(x)` in place, Φ being the normal distribution's share below `x`.
  ///
  /// The error function is formula 7.1.26 of Abramowitz and Stegun, to 1.5e-7.
  static func gelu(_ row: UnsafeMutablePointer<Float>, _ count: Int) {
    forEachLanes(row, count) { x in
      let size = x.replacing(with: -x, where: x .< 0) * 0.707_106_78
      let t = Lanes(repeating: 1) / Lanes(repeating: 1).addingProduct(size, Lanes(repeating: 0.327_591_1))
      var sum = Lanes(repeating: 1.061_405_429)
      for factor: Float in [-1.453_152_027, 1.421_413_741, -0.284_496_736, 0.254_829_592] {
        sum = Lanes(repeating: factor).addingProduct(sum, t)
      }
      let erf = Lanes(repeating: 1) - sum * t * exp(-size * size)
      return x * 0.5 * (Lanes(repeating: 1) + erf.replacing(with: -erf, where: x .< 0))
    }
  }

  /// `exp(x − max) / ∑ exp(x − max)` in place.
  static func softmax(_ row: UnsafeMutablePointer<Float>, _ count: Int) {
    var largest = -Float.infinity
    for place in 0..<count { largest = max(largest, row[place]) }
    forEachLanes(row, count) { exp($0 - largest) }
    var sum: Float = 0
    for place in 0..<count { sum += row[place] }
    let factor = 1 / sum
    for place in 0..<count { row[place] *= factor }
  }

  /// Adds `other` to a row, takes the mean away, divides by the standard deviation, scales and shifts, in place.
  static func addAndNormalize(
    _ row: UnsafeMutablePointer<Float>, _ other: UnsafePointer<Float>?, _ count: Int, _ norm: NormWeights,
    _ epsilon: Float
  ) {
    if let other { for place in 0..<count { row[place] += other[place] } }
    var sum: Float = 0
    for place in 0..<count { sum += row[place] }
    let mean = sum / Float(count)
    var squares: Float = 0
    for place in 0..<count {
      row[place] -= mean
      squares += row[place] * row[place]
    }
    let factor = 1 / (squares / Float(count) + epsilon).squareRoot()
    norm.scale.withUnsafeBufferPointer { scale in
      norm.shift.withUnsafeBufferPointer { shift in
        for place in 0..<count { row[place] = row[place] * factor * scale[place] + shift[place] }
      }
    }
  }

  /// Replaces each number of a row by a function of it.
  @inline(__always)
  private static func forEachLanes(_ row: UnsafeMutablePointer<Float>, _ count: Int, _ change: (Lanes) -> Lanes) {
    let raw = UnsafeMutableRawPointer(row)
    var place = 0
    while place + 16 <= count {
      let lanes = raw.loadUnaligned(fromByteOffset: place * 4, as: Lanes.self)
      raw.storeBytes(of: change(lanes), toByteOffset: place * 4, as: Lanes.self)
      place += 16
    }
    if place < count {
      var rest = Lanes(repeating: 0)
      for lane in 0..<count - place { rest[lane] = row[place + lane] }
      rest = change(rest)
      for lane in 0..<count - place { row[place + lane] = rest[lane] }
    }
  }
}
