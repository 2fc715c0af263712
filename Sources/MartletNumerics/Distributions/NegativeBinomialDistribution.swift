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
}
