import Glibc

/// The fraction of the gamma function's integral below `x`: the lower regularised incomplete gamma function.
///
///     incompleteGamma(2, 1)      // 0.2642411176571153
/// - Parameters:
///   - a: above 0.
///   - x: 0 or more.
/// - Returns: from 0 to 1; NaN outside these ranges.
public func incompleteGamma(_ a: Double, _ x: Double) -> Double { IncompleteGamma(a, x).lower }

/// One minus ``incompleteGamma(_:_:)``, exact where that is close to 1.
public func upperIncompleteGamma(_ a: Double, _ x: Double) -> Double { IncompleteGamma(a, x).upper }

/// Both parts, of which the smaller is computed.
///
/// By the series of Pearson below a, the continued fraction of Legendre above, both summed until nothing changes.
/// Reference: DLMF 8.7.1, 8.9.2.
struct IncompleteGamma {
  private(set) var lower = Double.nan
  private(set) var upper = Double.nan

  init(_ a: Double, _ x: Double) {
    guard a > 0, x >= 0 else { return }
    if x == 0 {
      (lower, upper) = (0, 1)
    } else if x == .infinity {
      (lower, upper) = (1, 0)
    } else if x < a + 1 {
      lower = Self.front(a, x) * Self.series(a, x) / a
      upper = 1 - lower
    } else {
      upper = Self.front(a, x) * Self.fraction(a, x)
      lower = 1 - upper
    }
  }

  /// `xᵃ e⁻ˣ / Γ(a)`; where a is large, without the large numbers that would cancel.
  static func front(_ a: Double, _ x: Double) -> Double {
    if a < 10 { return exp(a * log(x) - x - logGamma(a)) }
    let t = (x - a) / a
    // a (log(1 + t) − t) is small where x is near a.
    let exponent = abs(t) < 0.4 ? a * log1pMinus(t) : a * log(x / a) + a - x
    return exp(exponent - stirlingCorrection(a)) * (a / (2 * Double.pi)).squareRoot()
  }

  private static func series(_ a: Double, _ x: Double) -> Double {
    var (term, sum, n) = (1.0, 1.0, a)
    for _ in 0..<1_000_000 {
      n += 1
      term *= x / n
      sum += term
      if term < sum * 1e-17 { break }
    }
    return sum
  }

  /// Lentz's way to sum a continued fraction from the front.
  private static func fraction(_ a: Double, _ x: Double) -> Double {
    let tiny = 1e-300
    var b = x + 1 - a
    var c = 1 / tiny
    var d = 1 / (b == 0 ? tiny : b)
    var result = d
    for i in 1..<1_000_000 {
      let an = -Double(i) * (Double(i) - a)
      b += 2
      d = an * d + b
      if abs(d) < tiny { d = tiny }
      c = b + an / c
      if abs(c) < tiny { c = tiny }
      d = 1 / d
      let change = d * c
      result *= change
      if abs(change - 1) < 1e-16 { break }
    }
    return result
  }
}

/// `log(1 + t) − t`, exact near zero.
func log1pMinus(_ t: Double) -> Double {
  if abs(t) > 0.4 { return log1p(t) - t }
  // With r = t / (2 + t): log(1 + t) = 2 (r + r³/3 + r⁵/5 + …), and 2r − t = −r t.
  let r = t / (2 + t)
  let square = r * r
  var (sum, power, n) = (0.0, square, 3.0)
  while power / n > 1e-18 * (sum == 0 ? power : sum) && n < 200 {
    sum += power / n
    power *= square
    n += 2
  }
  return r * (2 * sum - t)
}
