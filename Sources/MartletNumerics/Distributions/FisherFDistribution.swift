import Glibc

/// The ratio of two variances that estimate the same. (SciPy: `f`)
public struct FisherFDistribution: ContinuousDistribution {
  /// The degrees of freedom of the variance above the line, above 0.
  public let first: Double
  /// The degrees of freedom of the one below, above 0.
  public let second: Double

  /// Stops the cell where a parameter is outside its range.
  public init(first: Double, second: Double) {
    guard first > 0, second > 0 else {
      fatalError("FisherFDistribution needs degrees of freedom above 0; found \(first), \(second).")
    }
    self.first = first
    self.second = second
  }

  public var support: ClosedRange<Double> { 0...Double.infinity }
  public func logPDF(_ x: Double) -> Double {
    guard x >= 0 else { return -.infinity }
    if x == 0 { return first == 2 ? 0 : first < 2 ? .infinity : -.infinity }
    let (m, n) = (first, second)
    return m / 2 * log(m) + n / 2 * log(n) + (m / 2 - 1) * log(x) - (m + n) / 2 * log(n + m * x) - logBeta(m / 2, n / 2)
  }
  private func parts(_ x: Double) -> IncompleteBeta {
    let whole = first * x + second
    return IncompleteBeta(first / 2, second / 2, first * x / whole, complement: second / whole)
  }
  public func cdf(_ x: Double) -> Double { x > 0 ? parts(x).lower : 0 }
  public func survival(_ x: Double) -> Double { x > 0 ? parts(x).upper : 1 }
  public func quantile(_ p: Double) -> Double { searchedQuantile(p, from: 1) }
  public var mean: Double { second > 2 ? second / (second - 2) : .infinity }
  public var variance: Double {
    guard second > 4 else { return .infinity }
    let ratio = second / (second - 2)
    return 2 * ratio * ratio * (first + second - 2) / (first * (second - 4))
  }
  public var entropy: Double {
    let (m, n) = (first / 2, second / 2)
    return log(second / first) + logBeta(m, n) + (1 - m) * digamma(m) - (1 + n) * digamma(n) + (m + n) * digamma(m + n)
  }
  public func sample(using random: inout some SeededGenerator) -> Double { random.fisherF(first, second) }

  /// The most likely degrees of freedom, both of them.
  /// - Throws: ``StatisticsError`` where a value is not above 0, or there are no most likely ones.
  public static func fit(_ values: [Double]) throws(StatisticsError) -> FisherFDistribution {
    try FitCheck.require(values, "FisherFDistribution", "above 0", differ: true) { $0 > 0 }
    // Over logarithms, which have no bounds.
    let found = BFGS(gradientTolerance: 1e-10).minimize(from: [log(5), log(5)]) { point in
      let (m, n) = (exp(point[0]), exp(point[1]))
      let law = FisherFDistribution(first: m, second: n)
      let common = digamma((m + n) / 2)
      var (value, slopeOfFirst, slopeOfSecond) = (0.0, 0.0, 0.0)
      for x in values {
        let whole = n + m * x
        value -= law.logPDF(x)
        slopeOfFirst -= log(m * x / whole) + 1 - (m + n) * x / whole - digamma(m / 2) + common
        slopeOfSecond -= log(n / whole) + 1 - (m + n) / whole - digamma(n / 2) + common
      }
      let count = Double(values.count)
      return (value / count, [slopeOfFirst * m / 2 / count, slopeOfSecond * n / 2 / count])
    }
    try StatisticsError.require(
      found.point.allSatisfy { abs($0) < 20 },
      "FisherFDistribution.fit finds no most likely degrees of freedom: they grow without end for these values.")
    return FisherFDistribution(first: exp(found.point[0]), second: exp(found.point[1]))
  }
}
