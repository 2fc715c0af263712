/// How likely the values of a quantity are that is a whole number: a count.
///
///     let heads = BinomialDistribution(trials: 10, probability: 0.5)
///     heads.pmf(5)           // 0.24609375
///     heads.cdf(3)           // 0.171875
public protocol DiscreteDistribution: Sendable, Hashable, Codable {
  /// The smallest and the largest value there can be; `Int.max` where there is no end.
  var support: ClosedRange<Int> { get }
  /// The logarithm of the probability of a value; −∞ outside the support.
  func logPMF(_ k: Int) -> Double
  /// The probability of a value up to `k`.
  func cdf(_ k: Int) -> Double
  /// The probability of a value above `k`, exact where that is small. (SciPy: `sf`)
  func survival(_ k: Int) -> Double
  /// The mean.
  var mean: Double { get }
  /// The mean squared distance from the mean.
  var variance: Double { get }
  /// One value drawn at random.
  func sample(using random: inout some SeededGenerator) -> Int
}

extension DiscreteDistribution {
  /// The probability of a value.
  public func pmf(_ k: Int) -> Double { exp(logPMF(k)) }

  /// The square root of the ``variance``.
  public var standardDeviation: Double { variance.squareRoot() }

  public func survival(_ k: Int) -> Double { 1 - cdf(k) }

  /// The smallest value up to which at least a fraction `p` lies; stops the cell unless `p` is from 0 to 1. (SciPy: `ppf`)
  public func quantile(_ p: Double) -> Int {
    guard (0...1).contains(p) else { fatalError("A quantile's fraction lies between 0 and 1; found \(p).") }
    if p == 1 { return support.upperBound }
    var low = support.lowerBound - 1
    var step = max(1, Int(standardDeviation.isFinite ? standardDeviation : 1))
    var high = min(max(support.lowerBound, Int(mean)), support.upperBound)
    while cdf(high) < p, high < support.upperBound {
      low = high
      high = step > support.upperBound - high ? support.upperBound : high + step
      step *= 2
    }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      // A sum of the probabilities that is a rounding error short still counts.
      if cdf(middle) >= p * (1 - 1e-15) { high = middle } else { low = middle }
    }
    return high
  }

  /// The mean of `-logPMF`, in nats, summed over all values that matter.
  public var entropy: Double {
    var (sum, covered) = (0.0, 0.0)
    let start = max(support.lowerBound, Int(max(mean - 60 * standardDeviation - 100, -1e15)))
    var k = start
    while k <= support.upperBound, k - start < 10_000_000 {
      let logarithm = logPMF(k)
      if logarithm > -745 {
        sum -= exp(logarithm) * logarithm
        covered += exp(logarithm)
      }
      if Double(k) > mean && logarithm < -60 { break }
      k += 1
    }
    return sum
  }

  /// The sum of the logarithms of the probabilities: what a fit makes largest.
  public func logLikelihood(_ values: some Sequence<Int>) -> Double { values.reduce(0) { $0 + logPMF($1) } }

  /// `count` values drawn at random.
  public func sample(_ count: Int, using random: inout some SeededGenerator) -> [Int] {
    (0..<count).map { _ in sample(using: &random) }
  }
}

/// `k · log(p)`, which is 0 for no events whatever their probability.
func logPower(_ count: Int, _ logarithm: Double) -> Double { count == 0 ? 0 : Double(count) * logarithm }
