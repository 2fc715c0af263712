import Glibc

/// Draws from a posterior distribution: several chains of draws, each of several parameters.
public struct PosteriorSample: Sendable {
  /// The draws: chain, draw, parameter.
  public let chains: [[[Double]]]
  /// The fraction of steps that were accepted; about a fourth is good.
  public let acceptance: Double

  /// What the draws of one parameter say.
  public struct Summary: Sendable, Hashable {
    /// The mean.
    public let mean: Double
    /// The standard deviation.
    public let standardDeviation: Double
    /// The narrowest range with 94 % of the draws.
    public let densestInterval: ClosedRange<Double>
    /// Whether the chains agree: below 1.01 they do. (Gelman and Rubin's split R̂)
    public let rHat: Double
    /// How many independent draws tell as much.
    public let effectiveSize: Double
  }

  /// All draws of one parameter, chain after chain.
  public func draws(of parameter: Int) -> [Double] { chains.flatMap { $0.map { $0[parameter] } } }

  /// One for each parameter.
  public var summaries: [Summary] {
    (chains.first?.first ?? []).indices.map { parameter in
      let all = draws(of: parameter)
      let lanes = chains.map { $0.map { $0[parameter] } }
      return Summary(
        mean: MartletNumerics.mean(all), standardDeviation: MartletNumerics.standardDeviation(all, degreesOfFreedom: 1),
        densestInterval: densestInterval(all), rHat: splitRHat(lanes), effectiveSize: effectiveSize(lanes))
    }
  }
}

/// The narrowest range that contains a fraction of the values. (ArviZ: `hdi`)
///
///     densestInterval([0, 1, 1.1, 1.2, 9], 0.6)      // 1.0…1.2
public func densestInterval(_ values: [Double], _ fraction: Double = 0.94) -> ClosedRange<Double> {
  guard !values.isEmpty, fraction > 0, fraction <= 1 else {
    fatalError(
      "densestInterval needs values and a fraction above 0 and up to 1; found \(values.count) and \(fraction).")
  }
  let sorted = values.sorted()
  let reach = min(max(Int((fraction * Double(sorted.count)).rounded(.down)), 1), sorted.count) - 1
  var best = 0
  for start in 0..<(sorted.count - reach)
  where sorted[start + reach] - sorted[start] < sorted[best + reach] - sorted[best] {
    best = start
  }
  return sorted[best]...sorted[best + reach]
}

/// How much wider all chains together are than each half of one: 1 when they have met.
///
/// Reference: Gelman et al. (2013), Bayesian data analysis, 11.4.
public func splitRHat(_ chains: [[Double]]) -> Double {
  let halves = chains.flatMap { chain in
    let half = chain.count / 2
    return [Array(chain.prefix(half)), Array(chain.suffix(half))]
  }
  guard let n = halves.first?.count, n >= 2 else { return .nan }
  let within = mean(halves.map { variance($0, degreesOfFreedom: 1) })
  let between = variance(halves.map { mean($0) }, degreesOfFreedom: 1)
  return ((within * Double(n - 1) / Double(n) + between) / within).squareRoot()
}

/// How many independent draws tell as much of the mean as these, which follow each other.
///
/// Reference: Geyer (1992): autocorrelations are summed in pairs until a pair is no longer positive.
public func effectiveSize(_ chains: [[Double]]) -> Double {
  guard let n = chains.map(\.count).min(), n >= 4 else { return .nan }
  let centres = chains.map { mean($0) }
  let within = mean(chains.map { variance($0, degreesOfFreedom: 1) })
  let between = chains.count > 1 ? variance(centres, degreesOfFreedom: 1) : 0
  let total = within * Double(n - 1) / Double(n) + between
  func correlation(_ lag: Int) -> Double {
    let products = zip(chains, centres).map { chain, centre in
      (0..<n - lag).reduce(0.0) { $0 + (chain[$1] - centre) * (chain[$1 + lag] - centre) } / Double(n)
    }
    return 1 - (within - mean(products)) / total
  }
  var (sum, lag, last) = (0.0, 1, Double.infinity)
  var even = 1.0
  while lag + 1 < n {
    let odd = correlation(lag)
    let pair = min(even + odd, last)
    if pair <= 0 { break }
    sum += pair
    last = pair
    even = correlation(lag + 1)
    lag += 2
  }
  let count = Double(chains.count * n)
  return min(count * log10(count), count / max(2 * sum - 1, 1 / log10(count)))
}
