import Glibc

/// Products of many small independent effects: the logarithm is normal. (SciPy: `lognorm`)
public struct LogNormalDistribution: ContinuousDistribution {
  /// The mean of the logarithms.
  public let logMean: Double
  /// The standard deviation of the logarithms, above 0.
  public let logStandardDeviation: Double

  /// Stops the cell where a parameter is outside its range.
  public init(logMean: Double = 0, logStandardDeviation: Double = 1) {
    guard logStandardDeviation > 0 else {
      fatalError("LogNormalDistribution needs a standard deviation above 0; found \(logMean), \(logStandardDeviation).")
    }
    self.logMean = logMean
    self.logStandardDeviation = logStandardDeviation
  }

  private var logarithm: NormalDistribution {
    NormalDistribution(mean: logMean, standardDeviation: logStandardDeviation)
  }
  public var support: ClosedRange<Double> { 0...Double.infinity }
  public func logPDF(_ x: Double) -> Double { x > 0 ? logarithm.logPDF(log(x)) - log(x) : -.infinity }
  public func cdf(_ x: Double) -> Double { x > 0 ? logarithm.cdf(log(x)) : 0 }
  public func survival(_ x: Double) -> Double { x > 0 ? logarithm.survival(log(x)) : 1 }
  public func quantile(_ p: Double) -> Double { exp(logarithm.quantile(p)) }
  public var mean: Double { exp(logMean + logarithm.variance / 2) }
  public var variance: Double { expm1(logarithm.variance) * exp(2 * logMean + logarithm.variance) }
  public var entropy: Double { logarithm.entropy + logMean }
  public func sample(using random: inout some SeededGenerator) -> Double {
    random.logNormal(mean: logMean, standardDeviation: logStandardDeviation)
  }

  /// The most likely parameters: those of the logarithms. Every value is above 0.
  /// - Throws: ``StatisticsError`` where that is no distribution.
  public static func fit(_ values: [Double]) throws(StatisticsError) -> LogNormalDistribution {
    try FitCheck.require(values, "LogNormalDistribution", "above 0", differ: true) { $0 > 0 }
    let normal = try NormalDistribution.fit(values.map { log($0) })
    return LogNormalDistribution(logMean: normal.mean, logStandardDeviation: normal.standardDeviation)
  }
}
