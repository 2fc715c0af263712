import Glibc

/// One trial: 1 for a success, 0 for a failure.
public struct BernoulliDistribution: DiscreteDistribution {
  /// How likely a success is, from 0 to 1.
  public let probability: Double

  /// Stops the cell where a parameter is outside its range.
  public init(probability: Double) {
    guard (0...1).contains(probability) else {
      fatalError("BernoulliDistribution needs a probability from 0 to 1; found \(probability).")
    }
    self.probability = probability
  }

  public var support: ClosedRange<Int> { 0...1 }
  public func logPMF(_ k: Int) -> Double { k == 1 ? log(probability) : k == 0 ? log1p(-probability) : -.infinity }
  public func cdf(_ k: Int) -> Double { k < 0 ? 0 : k < 1 ? 1 - probability : 1 }
  public var mean: Double { probability }
  public var variance: Double { probability * (1 - probability) }
  public func sample(using random: inout some SeededGenerator) -> Int {
    random.binomial(trials: 1, probability: probability)
  }

  /// The most likely probability: the fraction of ones.
  /// - Throws: ``StatisticsError`` where that is no distribution.
  public static func fit(_ values: [Int]) throws(StatisticsError) -> BernoulliDistribution {
    try FitCheck.require(values, "BernoulliDistribution", "0 or 1") { $0 == 0 || $0 == 1 }
    return BernoulliDistribution(probability: Double(values.reduce(0, +)) / Double(values.count))
  }
}
