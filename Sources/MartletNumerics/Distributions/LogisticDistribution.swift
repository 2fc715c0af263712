import Glibc

/// The bell whose cumulative curve is the sigmoid, `1 / (1 + exp(−(x − μ)/s))`. (SciPy: `logistic`)
public struct LogisticDistribution: ContinuousDistribution {
  /// The centre μ.
  public let location: Double
  /// The spread s, above 0.
  public let scale: Double

  /// Stops the cell where a parameter is outside its range.
  public init(location: Double = 0, scale: Double = 1) {
    guard scale > 0 else { fatalError("LogisticDistribution needs a scale above 0; found \(location), \(scale).") }
    self.location = location
    self.scale = scale
  }

  public var support: ClosedRange<Double> { -Double.infinity...Double.infinity }
  public func logPDF(_ x: Double) -> Double {
    let z = abs(x - location) / scale
    return -z - 2 * log1p(exp(-z)) - log(scale)
  }
  public func cdf(_ x: Double) -> Double { 1 / (1 + exp(-(x - location) / scale)) }
  public func survival(_ x: Double) -> Double { 1 / (1 + exp((x - location) / scale)) }
  public func quantile(_ p: Double) -> Double {
    p >= 0 && p <= 1 ? location + scale * (log(p) - log1p(-p)) : .nan
  }
  public var mean: Double { location }
  public var variance: Double { Double.pi * Double.pi * scale * scale / 3 }
  public var entropy: Double { 2 + log(scale) }
  public func sample(using random: inout some SeededGenerator) -> Double {
    random.logistic(location: location, scale: scale)
  }

  /// The most likely parameters.
  /// - Throws: ``StatisticsError`` where values are not finite or all equal.
  public static func fit(_ values: [Double]) throws(StatisticsError) -> LogisticDistribution {
    try FitCheck.require(values, "LogisticDistribution", differ: true)
    let normal = try NormalDistribution.fit(values)
    let standard = values.map { ($0 - normal.mean) / normal.standardDeviation }
    // Over the scale's logarithm, which has no bounds.
    let found = BFGS(gradientTolerance: 1e-11).minimize(from: [0, log(3.0.squareRoot() / Double.pi)]) { point in
      let law = LogisticDistribution(location: point[0], scale: exp(point[1]))
      var (value, slopeOfLocation, slopeOfScale) = (0.0, 0.0, 0.0)
      for x in standard {
        let z = (x - law.location) / law.scale
        value -= law.logPDF(x)
        slopeOfLocation -= tanh(z / 2) / law.scale
        slopeOfScale += 1 - z * tanh(z / 2)
      }
      let count = Double(standard.count)
      return (value / count, [slopeOfLocation / count, slopeOfScale / count])
    }
    return LogisticDistribution(
      location: normal.mean + normal.standardDeviation * found.point[0],
      scale: normal.standardDeviation * exp(found.point[1]))
  }
}
