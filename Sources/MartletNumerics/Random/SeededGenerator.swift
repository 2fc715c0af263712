/// A random number generator that repeats its stream for the same seed, on every machine.
///
///     var random = PCG64(seed: 42)
///     random.uniform()                       // 0.7739560485559633, as numpy.random.default_rng(42).random()
///     random.integer(below: 6) + 1           // a die
///     Int.random(in: 1...6, using: &random)  // Swift's own functions take it too
public protocol SeededGenerator: RandomNumberGenerator, Sendable {
  /// A generator whose stream depends on `seed` alone.
  init(seed: UInt64)
  /// The next 32 random bits.
  mutating func next32() -> UInt32
  /// A number from 0 up to, not including, 1, with 53 random bits.
  mutating func uniform() -> Double
  /// A number from the normal distribution with mean 0 and standard deviation 1. (NumPy: `standard_normal`)
  mutating func standardNormal() -> Double
  /// A number from the exponential distribution with mean 1. (NumPy: `standard_exponential`)
  mutating func standardExponential() -> Double
  /// A whole number from 0 up to, not including, `bound`; each is equally likely. Stops the cell unless `bound` is
  /// positive.
  mutating func integer(below bound: Int) -> Int
}

extension SeededGenerator {
  public mutating func standardNormal() -> Double { Ziggurat.normal(&self) }
  public mutating func standardExponential() -> Double { Ziggurat.exponential(&self) }

  /// `count` numbers from 0 up to, not including, 1.
  public mutating func uniforms(_ count: Int) -> [Double] { (0..<count).map { _ in uniform() } }

  /// Puts the elements in a random order, as NumPy's `shuffle` does for the same generator.
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for i in (1..<elements.count).reversed() { elements.swapAt(i, Int(masked(upTo: UInt64(i)))) }
  }

  /// A number from 0 to `largest`: bits above those that it needs are cut off, and what is still too large is drawn
  /// again. NumPy shuffles in this way with every generator.
  mutating func masked(upTo largest: UInt64) -> UInt64 {
    if largest == 0 { return 0 }
    let mask = UInt64.max >> UInt64(largest.leadingZeroBitCount)
    while true {
      let candidate = mask & (largest <= 0xffff_ffff ? UInt64(next32()) : next())
      if candidate <= largest { return candidate }
    }
  }

  /// The numbers 0 to `count - 1` in a random order, as NumPy's `permutation` for the same generator.
  ///
  ///     var random = MT19937(seed: 0)
  ///     random.permutation(5)      // [2, 0, 1, 3, 4]
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    shuffle(&order)
    return order
  }
}

/// A generator needs a positive bound; anything else is a mistake in the caller.
func checkedRandomBound(_ bound: Int) -> UInt64 {
  guard bound > 0 else { fatalError("integer(below:) needs a bound of at least 1; found \(bound).") }
  return UInt64(bound)
}
