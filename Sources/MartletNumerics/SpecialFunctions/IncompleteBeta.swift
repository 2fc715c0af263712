import Glibc

/// The fraction of the beta function's integral below `x`: the regularised incomplete beta function.
///
///     incompleteBeta(2, 3, 0.5)      // 0.6875
/// - Parameters:
///   - a: above 0.
///   - b: above 0.
///   - x: from 0 to 1.
/// - Returns: from 0 to 1; NaN outside these ranges.
public func incompleteBeta(_ a: Double, _ b: Double, _ x: Double) -> Double {
  IncompleteBeta(a, b, x, complement: 1 - x).lower
}

/// Both parts, of which the smaller is computed, by a continued fraction.
///
/// Reference: DLMF 8.17.22; Didonato and Morris (1992), Algorithm 708.
struct IncompleteBeta {
  private(set) var lower = Double.nan
  private(set) var upper = Double.nan

  /// - Parameter complement: `1 − x`, which the caller may know more exactly.
  init(_ a: Double, _ b: Double, _ x: Double, complement: Double) {
    guard a > 0, b > 0, x >= 0, complement >= 0, x <= 1 else { return }
    if x == 0 || complement == 0 {
      (lower, upper) = x == 0 ? (0, 1) : (1, 0)
    } else if x <= a / (a + b) {
      lower = Self.front(a, b, x, complement) * Self.fraction(a, b, x, complement)
      upper = 1 - lower
    } else {
      upper = Self.front(b, a, complement, x) * Self.fraction(b, a, complement, x)
      lower = 1 - upper
    }
  }

  /// `xᵃ (1 − x)ᵇ / B(a, b)`; where both are large, without the large numbers that would cancel.
  static func front(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
    let logX = x > 0.5 ? log1p(-y) : log(x)
    let logY = x > 0.5 ? log(y) : log1p(-x)
    if min(a, b) < 10 { return exp(a * logX + b * logY - logBeta(a, b)) }
    let sum = a + b
    // Distances from the mean a / (a + b), as fractions of it and of its complement.
    let distance = x > 0.5 ? b / sum - y : x - a / sum
    let exponent =
      a * log1pOf(distance * sum / a, logX - log(a / sum)) + b * log1pOf(-distance * sum / b, logY - log(b / sum))
    let corrections = stirlingCorrection(sum) - stirlingCorrection(a) - stirlingCorrection(b)
    return exp(exponent + corrections) * (a * b / sum / (2 * Double.pi)).squareRoot()
  }

  /// `log(1 + t) − t` where t is small; with t left out of both terms, which cancel in the sum of the two.
  private static func log1pOf(_ t: Double, _ logarithm: Double) -> Double {
    abs(t) < 0.4 ? log1pMinus(t) : logarithm - t
  }

  /// Two steps of the fraction at a time, by Lentz's way; divided by a at the end.
  private static func fraction(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
    let tiny = 1e-300
    func guarded(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / guarded(1 - (a + b) * x / (a + 1))
    var result = d
    for m in 1..<1_000_000 {
      let n = Double(m)
      let even = n * (b - n) * x / ((a + 2 * n - 1) * (a + 2 * n))
      d = 1 / guarded(1 + even * d)
      c = guarded(1 + even / c)
      result *= d * c
      let odd = -(a + n) * (a + b + n) * x / ((a + 2 * n) * (a + 2 * n + 1))
      d = 1 / guarded(1 + odd * d)
      c = guarded(1 + odd / c)
      let change = d * c
      result *= change
      if abs(change - 1) < 1e-16 { break }
    }
    return result / a
  }
}
