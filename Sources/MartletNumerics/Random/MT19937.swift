import Glibc

/// The Mersenne Twister, with the streams of NumPy's `RandomState`: scikit-learn's splits and shuffles come from it.
///
///     var random = MT19937(seed: 0)
///     random.uniform()            // 0.5488135039273248
///     random.permutation(5)       // after a fresh seed 0: [2, 0, 1, 3, 4]
///
/// Where nothing has to be repeated from Python, ``PCG64`` is faster and better.
///
/// Reference: Matsumoto and Nishimura (1998), Mersenne Twister.
public struct MT19937: SeededGenerator {
  private var state: [UInt32]
  private var position = 624
  /// Normal numbers come in pairs; this is the second of the last pair.
  private var spareNormal: Double?

  /// - Parameter seed: 0 up to 2³² − 1, as in NumPy; stops the cell beyond.
  public init(seed: UInt64) {
    guard let seed = UInt32(exactly: seed) else { fatalError("MT19937 takes seeds up to 4294967295; found \(seed).") }
    state = [seed]
    state.reserveCapacity(624)
    for i in 1..<624 {
      let last = state[i - 1]
      state.append(1_812_433_253 &* (last ^ (last >> 30)) &+ UInt32(i))
    }
  }

  /// The next 32 random bits.
  public mutating func next32() -> UInt32 {
    if position == 624 { refill() }
    var bits = state[position]
    position += 1
    bits ^= bits >> 11
    bits ^= (bits << 7) & 0x9d2c_5680
    bits ^= (bits << 15) & 0xefc6_0000
    return bits ^ (bits >> 18)
  }

  private mutating func refill() {
    for i in 0..<624 {
      let joined = (state[i] & 0x8000_0000) | (state[(i + 1) % 624] & 0x7fff_ffff)
      state[i] = state[(i + 397) % 624] ^ (joined >> 1) ^ (joined & 1 == 1 ? 0x9908_b0df : 0)
    }
    position = 0
  }

  /// The next 64 random bits: the first 32 are the upper half.
  public mutating func next() -> UInt64 {
    let upper = UInt64(next32())
    return upper << 32 | UInt64(next32())
  }

  public mutating func uniform() -> Double {
    let upper = next32() >> 5
    let lower = next32() >> 6
    return (Double(upper) * 67_108_864 + Double(lower)) / 9_007_199_254_740_992
  }

  /// Marsaglia's polar method, which `RandomState` keeps: a point in the unit circle gives two numbers.
  public mutating func standardNormal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    while true {
      let (x, y) = (2 * uniform() - 1, 2 * uniform() - 1)
      let square = x * x + y * y
      if square >= 1 || square == 0 { continue }
      let factor = (-2 * log(square) / square).squareRoot()
      spareNormal = factor * x
      return factor * y
    }
  }

  public mutating func standardExponential() -> Double { -log(1 - uniform()) }

  public mutating func integer(below bound: Int) -> Int { Int(masked(upTo: checkedRandomBound(bound) - 1)) }
}
