/// How likely the values of a quantity are that can be any number of a range.
///
/// A distribution is a value: its parameters. Every one has a density, what lies below and above a number, quantiles, mean,
/// variance and entropy, and can be sampled from.
///
///     let heights = NormalDistribution(mean: 170, standardDeviation: 10)
///     heights.cdf(180)                     // 0.8413447460685429
///     heights.quantile(0.5)                // 170.0
///     heights.interval(0.95)               // 150.4…189.6
public protocol ContinuousDistribution: Sendable, Hashable, Codable {
  /// The smallest and the largest value there can be; infinite where there is no end.
  var support: ClosedRange<Double> { get }
  /// The logarithm of the density; −∞ outside the support. (SciPy: `logpdf`)
  func logPDF(_ x: Double) -> Double
  /// The fraction of values up to `x`.
  func cdf(_ x: Double) -> Double
  /// The fraction of values above `x`, exact where that is small. (SciPy: `sf`)
  func survival(_ x: Double) -> Double
  /// The value below which a fraction `p` lies; NaN unless `p` is from 0 to 1. (SciPy: `ppf`)
  func quantile(_ p: Double) -> Double
  /// The mean; NaN where there is none.
  var mean: Double { get }
  /// The mean squared distance from the mean; infinite or NaN where there is none.
  var variance: Double { get }
  /// The mean of `-logPDF`, in nats.
  var entropy: Double { get }
  /// One value drawn at random.
  func sample(using random: inout some SeededGenerator) -> Double
}

extension ContinuousDistribution {
  /// The density at `x`: how much of the whole there is near `x`, for each unit.
  public func pdf(_ x: Double) -> Double { exp(logPDF(x)) }

  /// The square root of the ``variance``.
  public var standardDeviation: Double { variance.squareRoot() }

  /// The value with a half of the distribution on either side.
  public var median: Double { quantile(0.5) }

  /// The range that leaves out equal parts on both sides.
  ///
  /// - Parameter fraction: how much of the distribution the range has, from 0 to 1.
  public func interval(_ fraction: Double) -> ClosedRange<Double> {
    quantile((1 - fraction) / 2)...quantile((1 + fraction) / 2)
  }

  /// The sum of the logarithms of the densities: what a fit makes largest.
  public func logLikelihood(_ values: some Sequence<Double>) -> Double { values.reduce(0) { $0 + logPDF($1) } }

  /// `count` values drawn at random.
  ///
  ///     var random = PCG64(seed: 0)
  ///     NormalDistribution().sample(3, using: &random)
  public func sample(_ count: Int, using random: inout some SeededGenerator) -> [Double] {
    (0..<count).map { _ in sample(using: &random) }
  }

  public func survival(_ x: Double) -> Double { 1 - cdf(x) }

  public func quantile(_ p: Double) -> Double { searchedQuantile(p) }

  public func sample(using random: inout some SeededGenerator) -> Double { quantile(random.uniform()) }

  /// Finds a quantile by halving an interval, and by Newton's steps where they stay inside of it.
  func searchedQuantile(_ p: Double, from start: Double? = nil) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if p == 0 { return support.lowerBound }
    if p == 1 { return support.upperBound }
    // Of the two sides the smaller is known exactly.
    let isUpper = p > 0.5
    let target = isUpper ? 1 - p : p
    func excess(_ x: Double) -> Double { isUpper ? target - survival(x) : cdf(x) - target }
    var x = start ?? (mean.isFinite ? mean : 0)
    x = min(max(x, support.lowerBound), support.upperBound)
    var (low, high) = (support.lowerBound, support.upperBound)
    var step = max(variance.isFinite ? standardDeviation : 1, 1e-3 * abs(x), 1e-300)
    // Outwards until the quantile lies between.
    if excess(x) > 0 {
      high = x
      while x - step > support.lowerBound, excess(x - step) > 0 {
        high = x - step
        step *= 2
      }
      low = max(x - step, support.lowerBound)
    } else {
      low = x
      while x + step < support.upperBound, excess(x + step) <= 0 {
        low = x + step
        step *= 2
      }
      high = min(x + step, support.upperBound)
    }
    var last = high - low
    for _ in 0..<400 {
      let error = excess(x)
      if error == 0 { return x }
      if error > 0 { high = min(high, x) } else { low = max(low, x) }
      // Newton's step, where it stays inside and is at most half of the one before; else a half of the interval.
      let step = -error / pdf(x)
      if x + step > low, x + step < high, abs(step) <= abs(last) / 2 {
        last = step
      } else {
        let middle = low > 0 && high / low > 4 ? (low * high).squareRoot() : low + (high - low) / 2
        last = middle - x
      }
      x += last
      if abs(last) <= 1e-15 * abs(x) || x <= low || x >= high { return x }
    }
    return x
  }
}
