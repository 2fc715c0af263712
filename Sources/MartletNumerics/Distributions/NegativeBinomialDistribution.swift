import Glibc

/// How many failures come before a number of successes; also counts whose variance exceeds their mean. (SciPy: `nbinom`)
public struct NegativeBinomialDistribution: DiscreteDistribution {
  /// How many successes are waited for, above 0; need not be whole.
  public let successes: Double
  /// How likely each trial is to succeed, above 0 and up to 1.
  public let probability: Double

  /// Stops the cell where a parameter is outside its range.
  public init(successes: Double, probability: Double) {
    guard successes > 0, probability > 0, probability <= 1 else {
      fatalError(
        "NegativeBinomialDistribution needs successes above 0 and a probability above 0 and up to 1; found \(successes), \(probability)."
      )
    }
    self.successes = successes
    self.probability = probability
  }

  public var support: ClosedRange<Int> { 0...Int.max }
  public func logPMF(_ k: Int) -> Double {
    guard k >= 0 else { return -.infinity }
    let choices = k == 0 ? 0 : -log(Double(k)) - logBeta(Double(k), successes)
    return choices + successes * log(probability) + logPower(k, log1p(-probability))
  }
  private func parts(_ k: Int) -> IncompleteBeta {
    IncompleteBeta(successes, Double(k) + 1, probability, complement: 1 - probability)
  }
  public func cdf(_ k: Int) -> Double { k < 0 ? 0 : k == .max ? 1 : parts(k).lower }
  public func survival(_ k: Int) -> Double { k < 0 ? 1 : k == .max ? 0 : parts(k).upper }
  public var mean: Double { successes * (1 - probability) / probability }
  public var variance: Double { mean / probability }
  public func sample(using random: inout some SeededGenerator) -> Int {
    random.negativeBinomial(successes: successes, probability: probability)
  }

  /// The most likely parameters: the mean is that of the values, the number of successes a root of the slope.
  /// - Throws: ``StatisticsError`` where a value is below 0, or the variance is not above the mean, which leaves no most likely
  ///   parameters: a ``PoissonDistribution`` suits such counts.
  public static func fit(_ values: [Int]) throws(StatisticsError) -> NegativeBinomialDistribution {
    try FitCheck.require(values, "NegativeBinomialDistribution", "counts, 0 or more") { $0 >= 0 }
    let numbers = values.map { Double($0) }
    let (mean, variance) = (MartletNumerics.mean(numbers), MartletNumerics.variance(numbers))
    try StatisticsError.require(
      variance > mean,
      "NegativeBinomialDistribution.fit needs a variance above the mean; found \(variance) and \(mean). "
        + "PoissonDistribution.fit suits these counts.")
    func slope(_ logSuccesses: Double) -> Double {
      let r = exp(logSuccesses)
      return numbers.reduce(0) { $0 + digamma($1 + r) } / Double(numbers.count) - digamma(r) - log1p(mean / r)
    }
    // Positive for few successes, negative for many.
    var (low, high) = (log(mean * mean / (variance - mean)) - 1, log(mean * mean / (variance - mean)) + 1)
    for _ in 0..<60 where slope(low) < 0 { low -= 1 }
    for _ in 0..<60 where slope(high) > 0 { high += 1 }
    let successes = exp(findRoot(between: low...high, slope))
    return NegativeBinomialDistribution(successes: successes, probability: successes / (successes + mean))
  }
}
