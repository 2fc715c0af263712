import Glibc

/// The fraction of a standard normal distribution below `x`, exact far out on both sides.
///
///     normalCDF(1.96)      // 0.9750021048517795
public func normalCDF(_ x: Double) -> Double { 0.5 * erfc(-x * 0.7071067811865476) }

/// The number below which a fraction `p` of a standard normal distribution lies.
///
///     normalQuantile(0.975)      // 1.959963984540054
/// - Returns: −∞ for 0, ∞ for 1, NaN outside.
///
/// Reference: Wichura (1988), Algorithm AS 241, with a step of Halley's to the last digits.
public func normalQuantile(_ p: Double) -> Double {
  guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
  return p < 0.5 ? lowerNormalQuantile(p) : -lowerNormalQuantile(1 - p)
}

/// The number above which a fraction `p` lies; exact for small ones.
func upperNormalQuantile(_ p: Double) -> Double {
  guard p > 0, p < 1 else { return p == 0 ? .infinity : p == 1 ? -.infinity : .nan }
  return p <= 0.5 ? -lowerNormalQuantile(p) : lowerNormalQuantile(1 - p)
}

/// For `p` up to one half.
private func lowerNormalQuantile(_ p: Double) -> Double {
  if p == 0.5 { return 0 }
  // Abramowitz and Stegun 26.2.23 to three digits; three steps of Halley's method treble them each.
  let t = (-2 * log(p)).squareRoot()
  var x = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))))
  for _ in 0..<3 {
    // The error over the density, whose exponent is taken apart so that it does not overflow far out.
    let ratio = normalCDF(x) / p
    guard ratio > 0, ratio.isFinite else { break }
    let error = expm1(log(ratio)) * exp(log(p) + 0.5 * x * x) * 2.5066282746310002
    let step = error / (1 + 0.5 * x * error)
    x -= step
    if abs(step) < 1e-16 * abs(x) { break }
  }
  return x
}

/// The inverse of `erf`: the number whose error function is `y`.
public func inverseErf(_ y: Double) -> Double {
  y < 0 ? -inverseErf(-y) : y < 0.5 ? smallInverseErf(y) : upperNormalQuantile((1 - y) / 2) * 0.7071067811865476
}

/// Near zero, where the quantile would lose digits: Newton's steps on `erf` itself.
private func smallInverseErf(_ y: Double) -> Double {
  var x = y * 0.886226925452758
  for _ in 0..<8 {
    let step = (erf(x) - y) * 0.886226925452758 * exp(x * x)
    x -= step
    if abs(step) <= 1e-16 * abs(x) { break }
  }
  return x
}
