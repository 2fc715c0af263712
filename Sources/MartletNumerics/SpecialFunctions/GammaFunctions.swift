import Glibc

/// The logarithm of the gamma function's size. (C: `lgamma`)
///
///     logGamma(5)      // 3.178053830347946, the logarithm of 4!
public func logGamma(_ x: Double) -> Double {
  var sign: Int32 = 0
  return lgamma_r(x, &sign)
}

/// The logarithm of the beta function, `Γ(a) Γ(b) / Γ(a + b)`, for positive numbers.
public func logBeta(_ a: Double, _ b: Double) -> Double {
  let (small, large) = (min(a, b), max(a, b))
  guard small > 0 else { return .nan }
  if large < 10 { return logGamma(small) + logGamma(large) - logGamma(small + large) }
  // The large logarithms nearly cancel: only their Stirling corrections are subtracted.
  let correction = stirlingCorrection(large) - stirlingCorrection(small + large)
  if small >= 10 {
    return -0.5 * log(large) + 0.9189385332046727418 + stirlingCorrection(small) + correction
      + (small - 0.5) * log(small / (small + large)) + large * log1p(-small / (small + large))
  }
  return logGamma(small) + correction + small - small * log(small + large)
    + (large - 0.5) * log1p(-small / (small + large))
}

/// What `log Γ(x)` has beyond Stirling's formula, for x of at least 10.
func stirlingCorrection(_ x: Double) -> Double {
  let t = 1 / (x * x)
  let series: [Double] = [
    1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360, 1.0 / 156, -3617.0 / 122_400,
  ]
  return series.reversed().reduce(0) { $0 * t + $1 } / x
}

/// The slope of `log Γ`: the digamma function, for any x but 0, −1, −2, …
///
///     digamma(1)      // -0.5772156649015329, Euler's constant with its sign turned
public func digamma(_ x: Double) -> Double {
  if x <= 0 && x == x.rounded() { return .nan }
  if x < 0 { return digamma(1 - x) - Double.pi / tan(Double.pi * x) }
  var (moved, result) = (x, 0.0)
  while moved < 10 {
    result -= 1 / moved
    moved += 1
  }
  let t = 1 / (moved * moved)
  let series: [Double] = [
    1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32_760, 1.0 / 12, -3617.0 / 8_160,
  ]
  return result + log(moved) - 0.5 / moved - t * series.reversed().reduce(0) { $0 * t + $1 }
}

/// The slope of ``digamma(_:)``: the trigamma function, for positive x.
public func trigamma(_ x: Double) -> Double {
  guard x > 0 else { return .nan }
  var (moved, result) = (x, 0.0)
  while moved < 12 {
    result += 1 / (moved * moved)
    moved += 1
  }
  let t = 1 / (moved * moved)
  let series: [Double] = [
    1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2_730, 7.0 / 6, -3617.0 / 510,
  ]
  return result + 1 / moved + 0.5 * t + series.reversed().reduce(0) { $0 * t + $1 } * t / moved
}

/// The number of ways to choose `k` of `n`, as a `Double`.
///
///     binomialCoefficient(5, 2)      // 10.0
public func binomialCoefficient(_ n: Int, _ k: Int) -> Double {
  guard k >= 0, k <= n else { return 0 }
  if n <= 60 {
    var result = 1.0
    let short = min(k, n - k)
    for i in 0..<short { result = result * Double(n - i) / Double(i + 1) }
    return result.rounded()
  }
  return exp(-log(Double(n) + 1) - logBeta(Double(n - k) + 1, Double(k) + 1))
}
