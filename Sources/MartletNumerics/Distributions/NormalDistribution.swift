import Glibc

/// The bell curve: sums of many small independent effects, `exp(−(x − μ)² / 2σ²) / σ√(2π)`. (SciPy: `norm`)
///
///     NormalDistribution(mean: 170, standardDeviation: 10).cdf(180)      // 0.8413447460685429
public struct NormalDistribution: ContinuousDistribution {
  /// The centre.
  public let mean: Double
  /// The spread σ, above 0.
  public let standardDeviation: Double

  /// Stops the cell where a parameter is outside its range.
  public init(mean: Double = 0, standardDeviation: Double = 1) {
    guard standardDeviation > 0 else {
      fatalError("NormalDistribution needs a standard deviation above 0; found \(mean), \(standardDeviation).")
    }
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  public var support: ClosedRange<Double> { -Double.infinity...Double.infinity }
  public func logPDF(_ x: Double) -> Double {
    let z = (x - mean) / standardDeviation
    return -0.5 * z * z - log(standardDeviation) - 0.9189385332046727
  }
  public func cdf(_ x: Double) -> Double { normalCDF((x - mean) / standardDeviation) }
  public func survival(_ x: Double) -> Double { normalCDF((mean - x) / standardDeviation) }
  public func quantile(_ p: Double) -> Double { mean + standardDeviation * normalQuantile(p) }
  public var variance: Double { standardDeviation * standardDeviation }
  public var entropy: Double { 1.4189385332046727 + log(standardDeviation) }
  public func sample(using random: inout some SeededGenerator) -> Double {
    random.normal(mean: mean, standardDeviation: standardDeviation)
  }

  /// The most likely parameters: mean and standard deviation of the values (with n as divisor).
  /// - Throws: ``StatisticsError`` where that is no distribution.
  public static func fit(_ values: [Double]) throws(StatisticsError) -> NormalDistribution {
    try FitCheck.require(values, "NormalDistribution", differ: true)
    let values = Matrix(values)
    return NormalDistribution(mean: values.mean(), standardDeviation: values.standardDeviation())
  }
}
