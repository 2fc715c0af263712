import Glibc

/// How many events happen that are independent and rare: `e^(−λ) λᵏ / k!`. (SciPy: `poisson`)
public struct PoissonDistribution: DiscreteDistribution {
  /// How many are expected, above 0.
  public let mean: Double

  /// Stops the cell where a parameter is outside its range.
  public init(mean: Double) {
    guard mean > 0 else { fatalError("PoissonDistribution needs a mean above 0; found \(mean).") }
    self.mean = mean
  }

  public var support: ClosedRange<Int> { 0...Int.max }
  public func logPMF(_ k: Int) -> Double {
    guard k >= 0 else { return -.infinity }
    if k > 10 { return log(IncompleteGamma.front(Double(k), mean)) - log(Double(k)) }
    return logPower(k, log(mean)) - mean - logGamma(Double(k) + 1)
  }
  public func cdf(_ k: Int) -> Double { k < 0 ? 0 : k == .max ? 1 : upperIncompleteGamma(Double(k) + 1, mean) }
  public func survival(_ k: Int) -> Double { k < 0 ? 1 : k == .max ? 0 : incompleteGamma(Double(k) + 1, mean) }
  public var variance: Double { mean }
  public func sample(using random: inout some SeededGenerator) -> Int { random.poisson(mean: mean) }

  /// The most likely mean: that of the values.
  /// - Throws: ``StatisticsError`` where that is no distribution.
  public static func fit(_ values: [Int]) throws(StatisticsError) -> PoissonDistribution {
    try FitCheck.require(values, "PoissonDistribution", "counts, 0 or more") { $0 >= 0 }
    try StatisticsError.require(
      values.contains { $0 > 0 }, "PoissonDistribution.fit needs some counts above 0; found zeros only.")
    return PoissonDistribution(mean: Double(values.reduce(0, +)) / Double(values.count))
  }
}
