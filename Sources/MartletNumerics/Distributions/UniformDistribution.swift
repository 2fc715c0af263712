import Glibc

/// Every value of a range as likely as any other. (SciPy: `uniform`)
public struct UniformDistribution: ContinuousDistribution {
  /// The smallest value.
  public let low: Double
  /// The largest value, above `low`.
  public let high: Double

  /// Stops the cell where a parameter is outside its range.
  public init(low: Double = 0, high: Double = 1) {
    guard low < high else { fatalError("UniformDistribution needs a low below its high; found \(low), \(high).") }
    self.low = low
    self.high = high
  }

  public var support: ClosedRange<Double> { low...high }
  public func logPDF(_ x: Double) -> Double { x >= low && x <= high ? -log(high - low) : -.infinity }
  public func cdf(_ x: Double) -> Double { min(max((x - low) / (high - low), 0), 1) }
  public func survival(_ x: Double) -> Double { min(max((high - x) / (high - low), 0), 1) }
  public func quantile(_ p: Double) -> Double { p >= 0 && p <= 1 ? low + p * (high - low) : .nan }
  public var mean: Double { (low + high) / 2 }
  public var variance: Double { (high - low) * (high - low) / 12 }
  public var entropy: Double { log(high - low) }
  public func sample(using random: inout some SeededGenerator) -> Double { random.uniform(from: low, to: high) }

  /// The most likely parameters: the smallest and the largest value.
  /// - Throws: ``StatisticsError`` where that is no distribution.
  public static func fit(_ values: [Double]) throws(StatisticsError) -> UniformDistribution {
    try FitCheck.require(values, "UniformDistribution", differ: true)
    return UniformDistribution(low: Matrix(values).min(), high: Matrix(values).max())
  }
}
