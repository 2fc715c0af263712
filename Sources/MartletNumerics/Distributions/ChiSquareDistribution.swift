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
}
