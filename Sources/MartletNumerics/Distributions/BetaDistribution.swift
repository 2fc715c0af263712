import Glibc

/// Fractions, as probabilities that are not known: `x^(a−1) (1−x)^(b−1) / B(a, b)`. (SciPy: `beta`)
public struct BetaDistribution: ContinuousDistribution {
  /// One more than the successes seen, above 0.
  public let a: Double
  /// One more than the failures seen, above 0.
  public let b: Double

  /// Stops the cell where a parameter is outside its range.
  public init(a: Double, b: Double) {
    guard a > 0, b > 0 else { fatalError("BetaDistribution needs parameters above 0; found \(a), \(b).") }
    self.a = a
    self.b = b
  }

  public var support: ClosedRange<Double> { 0...1 }
  public func logPDF(_ x: Double) -> Double {
    guard x >= 0, x <= 1 else { return -.infinity }
    let left = a == 1 ? 0 : (a - 1) * log(x)
    let right = b == 1 ? 0 : (b - 1) * log1p(-x)
    return left + right - logBeta(a, b)
  }
  public func cdf(_ x: Double) -> Double { x <= 0 ? 0 : x >= 1 ? 1 : incompleteBeta(a, b, x) }
  public func survival(_ x: Double) -> Double {
    x <= 0 ? 1 : x >= 1 ? 0 : IncompleteBeta(a, b, x, complement: 1 - x).upper
  }
  public var mean: Double { a / (a + b) }
  public var variance: Double { a * b / ((a + b) * (a + b) * (a + b + 1)) }
  public var entropy: Double {
    logBeta(a, b) - (a - 1) * digamma(a) - (b - 1) * digamma(b) + (a + b - 2) * digamma(a + b)
  }
  public func sample(using random: inout some SeededGenerator) -> Double { random.beta(a, b) }

  /// The most likely parameters, by Newton's steps. Every value lies between 0 and 1.
  /// - Throws: ``StatisticsError`` where a value does not, or all are equal.
  public static func fit(_ values: [Double]) throws(StatisticsError) -> BetaDistribution {
    try FitCheck.require(values, "BetaDistribution", "between 0 and 1", differ: true) { $0 > 0 && $0 < 1 }
    let fractions = try DirichletDistribution.fit(values.map { [$0, 1 - $0] })
    return BetaDistribution(a: fractions.concentrations[0], b: fractions.concentrations[1])
  }
}
