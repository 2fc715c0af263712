import Glibc

/// A peak with exponential slopes on both sides: `exp(−|x − μ|/b) / 2b`. (SciPy: `laplace`)
public struct LaplaceDistribution: ContinuousDistribution {
  /// The centre μ.
  public let location: Double
  /// The mean distance b from it, above 0.
  public let scale: Double

  /// Stops the cell where a parameter is outside its range.
  public init(location: Double = 0, scale: Double = 1) {
    guard scale > 0 else { fatalError("LaplaceDistribution needs a scale above 0; found \(location), \(scale).") }
    self.location = location
    self.scale = scale
  }

  public var support: ClosedRange<Double> { -Double.infinity...Double.infinity }
  public func logPDF(_ x: Double) -> Double { -abs(x - location) / scale - log(2 * scale) }
  public func cdf(_ x: Double) -> Double {
    let z = (x - location) / scale
    return z < 0 ? 0.5 * exp(z) : 1 - 0.5 * exp(-z)
  }
  public func survival(_ x: Double) -> Double {
    let z = (x - location) / scale
    return z > 0 ? 0.5 * exp(-z) : 1 - 0.5 * exp(z)
  }
  public func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    return location + scale * (p < 0.5 ? log(2 * p) : -log(2 * (1 - p)))
  }
  public var mean: Double { location }
  public var variance: Double { 2 * scale * scale }
  public var entropy: Double { 1 + log(2 * scale) }
  public func sample(using random: inout some SeededGenerator) -> Double {
    random.laplace(location: location, scale: scale)
  }

  /// The most likely parameters: the median and the mean distance from it.
  /// - Throws: ``StatisticsError`` where that is no distribution.
  public static func fit(_ values: [Double]) throws(StatisticsError) -> LaplaceDistribution {
    try FitCheck.require(values, "LaplaceDistribution", differ: true)
    let middle = MartletNumerics.median(values)
    return LaplaceDistribution(location: middle, scale: abs(Matrix(values) - middle).mean())
  }
}
