import Glibc

/// Times between events that happen independently at a steady rate: `λ exp(−λx)`. (SciPy: `expon`, scale `1/λ`)
public struct ExponentialDistribution: ContinuousDistribution {
  /// How many events there are in a unit of time, above 0.
  public let rate: Double

  /// Stops the cell where a parameter is outside its range.
  public init(rate: Double = 1) {
    guard rate > 0 else { fatalError("ExponentialDistribution needs a rate above 0; found \(rate).") }
    self.rate = rate
  }

  public var support: ClosedRange<Double> { 0...Double.infinity }
  public func logPDF(_ x: Double) -> Double { x >= 0 ? log(rate) - rate * x : -.infinity }
  public func cdf(_ x: Double) -> Double { x > 0 ? -expm1(-rate * x) : 0 }
  public func survival(_ x: Double) -> Double { x > 0 ? exp(-rate * x) : 1 }
  public func quantile(_ p: Double) -> Double { p >= 0 && p <= 1 ? -log1p(-p) / rate : .nan }
  public var mean: Double { 1 / rate }
  public var variance: Double { 1 / (rate * rate) }
  public var entropy: Double { 1 - log(rate) }
  public func sample(using random: inout some SeededGenerator) -> Double { random.exponential(mean: 1 / rate) }

  /// The most likely rate: one over the mean of the values.
  /// - Throws: ``StatisticsError`` where that is no distribution.
  public static func fit(_ values: [Double]) throws(StatisticsError) -> ExponentialDistribution {
    try FitCheck.require(values, "ExponentialDistribution", "0 or more") { $0 >= 0 }
    try StatisticsError.require(
      values.contains { $0 > 0 }, "ExponentialDistribution.fit needs some values above 0; found zeros only.")
    return ExponentialDistribution(rate: 1 / Matrix(values).mean())
  }
}
