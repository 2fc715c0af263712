import Glibc

/// How many trials it takes to succeed, the success included. (SciPy: `geom`)
public struct GeometricDistribution: DiscreteDistribution {
  /// How likely each is to succeed, above 0 and up to 1.
  public let probability: Double

  /// Stops the cell where a parameter is outside its range.
  public init(probability: Double) {
    guard probability > 0, probability <= 1 else {
      fatalError("GeometricDistribution needs a probability above 0 and up to 1; found \(probability).")
    }
    self.probability = probability
  }

  public var support: ClosedRange<Int> { 1...Int.max }
  public func logPMF(_ k: Int) -> Double {
    k < 1 ? -.infinity : logPower(k - 1, log1p(-probability)) + log(probability)
  }
  public func cdf(_ k: Int) -> Double { k < 1 ? 0 : -expm1(logPower(k, log1p(-probability))) }
  public func survival(_ k: Int) -> Double { k < 1 ? 1 : exp(logPower(k, log1p(-probability))) }
  public var mean: Double { 1 / probability }
  public var variance: Double { (1 - probability) / (probability * probability) }
  public func sample(using random: inout some SeededGenerator) -> Int { random.geometric(probability: probability) }

  /// The most likely probability: one over the mean.
  /// - Throws: ``StatisticsError`` where that is no distribution.
  public static func fit(_ values: [Int]) throws(StatisticsError) -> GeometricDistribution {
    try FitCheck.require(values, "GeometricDistribution", "1 or more") { $0 >= 1 }
    return GeometricDistribution(probability: Double(values.count) / Double(values.reduce(0, +)))
  }
}
