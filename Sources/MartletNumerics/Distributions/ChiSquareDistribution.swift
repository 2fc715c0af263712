/// Sums of squares of standard normal values. (SciPy: `chi2`)
public struct ChiSquareDistribution: ContinuousDistribution {
  /// How many squares are summed, above 0.
  public let degreesOfFreedom: Double

  /// Stops the cell where a parameter is outside its range.
  public init(degreesOfFreedom: Double) {
    guard degreesOfFreedom > 0 else {
      fatalError("ChiSquareDistribution needs degrees of freedom above 0; found \(degreesOfFreedom).")
    }
    self.degreesOfFreedom = degreesOfFreedom
  }

  private var gamma: GammaDistribution { GammaDistribution(shape: degreesOfFreedom / 2, scale: 2) }
  public var support: ClosedRange<Double> { 0...Double.infinity }
  public func logPDF(_ x: Double) -> Double { gamma.logPDF(x) }
  public func cdf(_ x: Double) -> Double { gamma.cdf(x) }
  public func survival(_ x: Double) -> Double { gamma.survival(x) }
  public func quantile(_ p: Double) -> Double { gamma.quantile(p) }
  public var mean: Double { degreesOfFreedom }
  public var variance: Double { 2 * degreesOfFreedom }
  public var entropy: Double { gamma.entropy }
  public func sample(using random: inout some SeededGenerator) -> Double {
    random.chiSquare(degreesOfFreedom: degreesOfFreedom)
  }

  /// The most likely degrees of freedom, by Newton's steps: the mean logarithm is as it should be.
  /// - Throws: ``StatisticsError`` where a value is not above 0.
  public static func fit(_ values: [Double]) throws(StatisticsError) -> ChiSquareDistribution {
    try FitCheck.require(values, "ChiSquareDistribution", "above 0") { $0 > 0 }
    let target = values.reduce(0) { $0 + log($1 / 2) } / Double(values.count)
    // Minka's start for the inverse of the digamma function.
    var half = target >= -2.22 ? exp(target) + 0.5 : -1 / (target + 0.5772156649015329)
    for _ in 0..<50 {
      let step = (digamma(half) - target) / trigamma(half)
      half -= step
      if abs(step) < 1e-15 * half { break }
    }
    return ChiSquareDistribution(degreesOfFreedom: 2 * half)
  }
}
