import Glibc

/// The ratio of two normal values: tails so heavy that there is no mean. (SciPy: `cauchy`)
public struct CauchyDistribution: ContinuousDistribution {
  /// The centre.
  public let location: Double
  /// Half the width at half height, above 0.
  public let scale: Double

  /// Stops the cell where a parameter is outside its range.
  public init(location: Double = 0, scale: Double = 1) {
    guard scale > 0 else { fatalError("CauchyDistribution needs a scale above 0; found \(location), \(scale).") }
    self.location = location
    self.scale = scale
  }

  public var support: ClosedRange<Double> { -Double.infinity...Double.infinity }
  public func logPDF(_ x: Double) -> Double {
    let z = (x - location) / scale
    return -log(Double.pi * scale) - log1p(z * z)
  }
  public func cdf(_ x: Double) -> Double {
    let z = (x - location) / scale
    return z < -1 ? -atan(1 / z) / Double.pi : 0.5 + atan(z) / Double.pi
  }
  public func survival(_ x: Double) -> Double { CauchyDistribution(location: -location, scale: scale).cdf(-x) }
  public func quantile(_ p: Double) -> Double {
    guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
    return location + scale * (p < 0.25 ? -1 / tan(Double.pi * p) : tan(Double.pi * (p - 0.5)))
  }
  public var mean: Double { .nan }
  public var variance: Double { .nan }
  public var entropy: Double { log(4 * Double.pi * scale) }
  public func sample(using random: inout some SeededGenerator) -> Double {
    random.cauchy(location: location, scale: scale)
  }

  /// The most likely parameters; see ``StudentTDistribution/fit(_:degreesOfFreedom:)``.
  /// - Throws: ``StatisticsError`` where values are not finite, or half of them are equal.
  public static func fit(_ values: [Double]) throws(StatisticsError) -> CauchyDistribution {
    try FitCheck.require(values, "CauchyDistribution", differ: true)
    let law = try StudentTDistribution.fit(values, degreesOfFreedom: 1)
    return CauchyDistribution(location: law.location, scale: law.scale)
  }
}
