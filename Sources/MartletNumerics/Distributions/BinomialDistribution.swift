import Glibc

/// How many of some independent trials succeed. (SciPy: `binom`)
///
///     BinomialDistribution(trials: 10, probability: 0.5).pmf(5)      // 0.24609375
public struct BinomialDistribution: DiscreteDistribution {
  /// How many trials there are, 0 or more.
  public let trials: Int
  /// How likely each is to succeed, from 0 to 1.
  public let probability: Double

  /// Stops the cell where a parameter is outside its range.
  public init(trials: Int, probability: Double) {
    guard trials >= 0, (0...1).contains(probability) else {
      fatalError(
        "BinomialDistribution needs 0 or more trials and a probability from 0 to 1; found \(trials), \(probability).")
    }
    self.trials = trials
    self.probability = probability
  }

  public var support: ClosedRange<Int> { 0...trials }
  public func logPMF(_ k: Int) -> Double {
    guard support.contains(k) else { return -.infinity }
    let choices = -log(Double(trials) + 1) - logBeta(Double(trials - k) + 1, Double(k) + 1)
    return choices + logPower(k, log(probability)) + logPower(trials - k, log1p(-probability))
  }
  private func parts(_ k: Int) -> IncompleteBeta {
    IncompleteBeta(Double(trials - k), Double(k) + 1, 1 - probability, complement: probability)
  }
  public func cdf(_ k: Int) -> Double { k < 0 ? 0 : k >= trials ? 1 : parts(k).lower }
  public func survival(_ k: Int) -> Double { k < 0 ? 1 : k >= trials ? 0 : parts(k).upper }
  public var mean: Double { Double(trials) * probability }
  public var variance: Double { mean * (1 - probability) }
  public func sample(using random: inout some SeededGenerator) -> Int {
    random.binomial(trials: trials, probability: probability)
  }

  /// The most likely probability for a known number of trials: the fraction that succeeded.
  /// - Throws: ``StatisticsError`` where a value is not from 0 to `trials`, or there are no trials.
  public static func fit(_ values: [Int], trials: Int) throws(StatisticsError) -> BinomialDistribution {
    try FitCheck.require(values, "BinomialDistribution", "from 0 to \(trials)") { $0 >= 0 && $0 <= trials }
    try StatisticsError.require(trials > 0, "BinomialDistribution.fit needs at least one trial; found \(trials).")
    let mean = Double(values.reduce(0, +)) / Double(values.count)
    return BinomialDistribution(trials: trials, probability: mean / Double(trials))
  }
}
