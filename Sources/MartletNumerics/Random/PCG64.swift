/// The default generator: small, fast and without known flaws, with the streams of NumPy's `default_rng`.
///
///     var random = PCG64(seed: 42)
///     random.uniform()      // 0.7739560485559633
///
/// Reference: O'Neill (2014), PCG: a family of simple fast space-efficient statistically good algorithms (XSL-RR, 128
/// bits).
public struct PCG64: SeededGenerator {
  private var state: UInt128
  private let increment: UInt128
  /// The half of the last 64 bits that has not been used when only 32 were asked for.
  private var spare: UInt32?

  private static let multiplier = UInt128(0x2360_ed05_1fc6_5da4) << 64 | UInt128(0x4385_df64_9fcc_f645)

  /// Every seed is stirred into 256 bits first, so that neighbouring seeds give unrelated streams.
  public init(seed: UInt64) { self.init(SeedSequence(seed: seed)) }

  /// Generators with unrelated streams, for work that is shared out: one for each item, not for each thread, so that
  /// results do not depend on the number of threads. (NumPy: `default_rng(seed).spawn(count)`)
  ///
  ///     let streams = PCG64.streams(seed: 7, count: 4)
  public static func streams(seed: UInt64, count: Int) -> [PCG64] {
    (0..<count).map { PCG64(SeedSequence(seed: seed, child: UInt32($0))) }
  }

  private init(_ sequence: SeedSequence) {
    let words = sequence.words(count: 4)
    let start = UInt128(words[0]) << 64 | UInt128(words[1])
    increment = (UInt128(words[2]) << 64 | UInt128(words[3])) << 1 | 1
    state = increment &+ start
    state = state &* Self.multiplier &+ increment
  }

  public mutating func next() -> UInt64 {
    state = state &* Self.multiplier &+ increment
    let folded = UInt64(truncatingIfNeeded: state >> 64) ^ UInt64(truncatingIfNeeded: state)
    let turn = UInt64(truncatingIfNeeded: state >> 122)
    return folded >> turn | folded << ((64 &- turn) & 63)
  }

  /// The next 32 random bits: the lower half of 64, then the upper.
  public mutating func next32() -> UInt32 {
    if let half = spare {
      spare = nil
      return half
    }
    let both = next()
    spare = UInt32(truncatingIfNeeded: both >> 32)
    return UInt32(truncatingIfNeeded: both)
  }

  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Lemire's way: the upper half of a product, drawn again in the rare case that would favour some numbers.
  public mutating func integer(below bound: Int) -> Int {
    let bound = checkedRandomBound(bound)
    if bound == 1 { return 0 }
    if bound == 1 << 32 { return Int(next32()) }
    return bound < 1 << 32 ? Int(below(UInt32(bound))) : Int(below(bound))
  }

  /// A number from 0 to `largest` as NumPy draws the places of `choice`.
  mutating func place(upTo largest: Int) -> Int {
    if largest == 0 { return 0 }
    return largest < 0xffff_ffff ? Int(below(UInt32(largest) + 1)) : Int(below(UInt64(largest) + 1))
  }

  private mutating func below(_ bound: UInt32) -> UInt32 {
    var product = bound.multipliedFullWidth(by: next32())
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = bound.multipliedFullWidth(by: next32()) }
    }
    return product.high
  }

  private mutating func below(_ bound: UInt64) -> UInt64 {
    var product = bound.multipliedFullWidth(by: next())
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = bound.multipliedFullWidth(by: next()) }
    }
    return product.high
  }
}

/// Turns a seed into as many well-mixed bits as a generator wants. (NumPy: `SeedSequence`)
///
/// Reference: O'Neill (2015), Developing a seed_seq alternative.
struct SeedSequence {
  private var pool: [UInt32]

  /// - Parameter child: the number of a stream that is split off, or `nil` for the seed's own.
  init(seed: UInt64, child: UInt32? = nil) {
    let upper = UInt32(truncatingIfNeeded: seed >> 32)
    var entropy = upper == 0 ? [UInt32(truncatingIfNeeded: seed)] : [UInt32(truncatingIfNeeded: seed), upper]
    if let child { entropy += [UInt32](repeating: 0, count: 4 - entropy.count) + [child] }
    var constant: UInt32 = 0x43b0_d7e5
    func hashed(_ value: UInt32) -> UInt32 {
      var value = value ^ constant
      constant = constant &* 0x931e_8875
      value = value &* constant
      return value ^ (value >> 16)
    }
    func mixed(_ x: UInt32, _ y: UInt32) -> UInt32 {
      let result = 0xca01_f9dd &* x &- 0x4973_f715 &* y
      return result ^ (result >> 16)
    }
    pool = (0..<4).map { hashed($0 < entropy.count ? entropy[$0] : 0) }
    for source in 0..<4 {
      for target in 0..<4 where source != target { pool[target] = mixed(pool[target], hashed(pool[source])) }
    }
    for word in entropy.dropFirst(4) {
      for target in 0..<4 { pool[target] = mixed(pool[target], hashed(word)) }
    }
  }

  func words(count: Int) -> [UInt64] {
    var constant: UInt32 = 0x8b51_f9dd
    let halves = (0..<count * 2).map { i in
      var value = pool[i % 4] ^ constant
      constant = constant &* 0x58f3_8ded
      value = value &* constant
      return value ^ (value >> 16)
    }
    return (0..<count).map { UInt64(halves[2 * $0]) | UInt64(halves[2 * $0 + 1]) << 32 }
  }
}
