import Glibc

extension HypothesisTest {
  /// Whether one of two groups tends to larger values: Mann and Whitney's U test. (SciPy: `mannwhitneyu`)
  ///
  /// The statistic is U of the first group. Exact where one group has at most 8 values and none are equal; by the normal
  /// approximation, corrected for ties and for U being whole, elsewhere.
  public static func mannWhitney(
    _ x: [Double], _ y: [Double], alternative: Alternative = .twoSided
  ) throws(StatisticsError) -> HypothesisTest {
    try StatisticsError.require(!x.isEmpty && !y.isEmpty, "The U test needs values in both groups.")
    let ranked = RankedValues(x + y)
    let (m, n) = (Double(x.count), Double(y.count))
    let u = ranked.ranks.prefix(x.count).reduce(0, +) - m * (m + 1) / 2
    let name = "Mann–Whitney U test"
    // Tested as "greater": the other direction is U of the other group.
    let tested = alternative == .less ? m * n - u : alternative == .greater ? u : max(u, m * n - u)
    var p: Double
    if min(x.count, y.count) <= 8, ranked.tieTerm == 0 {
      let counts = rankSumCounts(x.count, y.count)
      p = counts[Int(tested)...].reduce(0, +) / counts.reduce(0, +)
    } else {
      let total = m + n
      let spread = (m * n / 12 * (total + 1 - ranked.tieTerm / (total * (total - 1)))).squareRoot()
      p = normalCDF(-(tested - m * n / 2 - 0.5) / spread)
    }
    if alternative == .twoSided { p *= 2 }
    return HypothesisTest(name, u, pValue: min(max(p, 0), 1))
  }

  /// Whether pairs differ in one direction: Wilcoxon's signed ranks. (SciPy: `wilcoxon`)
  ///
  /// The statistic is the smaller of the two rank sums, or for a one-sided test that of the positive differences. Differences
  /// of zero are left out. Exact for up to 50 pairs without ties and zeros; by the normal approximation elsewhere.
  public static func wilcoxon(
    _ x: [Double], _ y: [Double], alternative: Alternative = .twoSided
  ) throws(StatisticsError) -> HypothesisTest {
    try StatisticsError.require(
      x.count == y.count, "A paired test needs pairs; found \(x.count) and \(y.count) values.")
    let all = zip(x, y).map { $0 - $1 }
    let differences = all.filter { $0 != 0 }
    try StatisticsError.require(!differences.isEmpty, "Wilcoxon's test needs at least one pair that differs.")
    let ranked = RankedValues(differences.map { abs($0) })
    let n = Double(differences.count)
    let positive = zip(differences, ranked.ranks).reduce(0.0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
    let negative = n * (n + 1) / 2 - positive
    let tested = alternative == .less ? negative : alternative == .greater ? positive : max(positive, negative)
    var p: Double
    if differences.count <= 50, ranked.tieTerm == 0, differences.count == all.count {
      let counts = signedRankCounts(differences.count)
      p = counts[Int(tested.rounded())...].reduce(0, +) / pow(2, n)
    } else {
      let spread = (n * (n + 1) * (2 * n + 1) / 24 - ranked.tieTerm / 48).squareRoot()
      p = normalCDF(-(tested - n * (n + 1) / 4) / spread)
    }
    if alternative == .twoSided { p *= 2 }
    let statistic = alternative == .twoSided ? min(positive, negative) : positive
    return HypothesisTest("Wilcoxon signed-rank test", statistic, pValue: min(max(p, 0), 1))
  }

  /// Whether values come from a distribution: Kolmogorov and Smirnov's largest distance between the two cumulative curves.
  /// (SciPy: `kstest`)
  ///
  /// Reference: Marsaglia, Tsang and Wang (2003), Evaluating Kolmogorov's distribution, for up to 1,000 values; the limit
  /// distribution beyond.
  public static func kolmogorovSmirnov(
    _ x: [Double], _ distribution: some ContinuousDistribution
  ) throws(StatisticsError) -> HypothesisTest {
    try StatisticsError.require(!x.isEmpty, "The Kolmogorov–Smirnov test needs at least one value.")
    let n = Double(x.count)
    let distance = x.sorted().enumerated().reduce(0.0) { largest, entry in
      let below = distribution.cdf(entry.element)
      return max(largest, Double(entry.offset + 1) / n - below, below - Double(entry.offset) / n)
    }
    return HypothesisTest("Kolmogorov–Smirnov test", distance, pValue: kolmogorovSurvival(distance, x.count))
  }

  /// How many ways there are for each value of U: a recursion over the larger group's sizes.
  private static func rankSumCounts(_ m: Int, _ n: Int) -> [Double] {
    // Counts of partitions: the coefficients of a Gaussian binomial.
    var counts = [Double](repeating: 0, count: m * n + 1)
    counts[0] = 1
    for i in 1...m {
      // Times (1 − q^(n + i)), over (1 − q^i).
      let up = n + i
      if up <= m * n { for j in stride(from: m * n, through: up, by: -1) { counts[j] -= counts[j - up] } }
      if i <= m * n { for j in i...m * n { counts[j] += counts[j - i] } }
    }
    return counts
  }

  private static func signedRankCounts(_ n: Int) -> [Double] {
    var counts = [Double](repeating: 0, count: n * (n + 1) / 2 + 1)
    counts[0] = 1
    for rank in 1...n {
      for sum in stride(from: n * (n + 1) / 2, through: rank, by: -1) { counts[sum] += counts[sum - rank] }
    }
    return counts
  }

  private static func kolmogorovSurvival(_ distance: Double, _ count: Int) -> Double {
    let n = Double(count)
    let scaled = distance * n.squareRoot()
    if count > 1_000 || scaled * scaled > 18 {
      // 2 Σ (−1)^(k−1) exp(−2 k² x²)
      let sum = (1...100).reduce(0.0) { sum, k in
        sum + (k.isMultiple(of: 2) ? -1 : 1) * exp(-2 * Double(k * k) * scaled * scaled)
      }
      return min(max(2 * sum, 0), 1)
    }
    let k = Int(n * distance) + 1
    let h = Double(k) - n * distance
    let size = 2 * k - 1
    var matrix = Matrix.zeros(size, size)
    for i in 0..<size { for j in 0..<min(i + 2, size) { matrix[i, j] = 1 } }
    for i in 0..<size {
      matrix[i, 0] -= pow(h, Double(i + 1))
      matrix[size - 1, i] -= pow(h, Double(size - i))
    }
    matrix[size - 1, 0] += 2 * h - 1 > 0 ? pow(2 * h - 1, Double(size)) : 0
    for i in 0..<size {
      for j in 0..<min(i + 2, size) where i - j + 1 > 0 { matrix[i, j] /= tgamma(Double(i - j + 2)) }
    }
    // The power, kept in range by powers of ten.
    var (result, exponent) = (Matrix.eye(size), 0)
    var (square, squareExponent, left) = (matrix, 0, count)
    while left > 0 {
      if left & 1 == 1 {
        result = (result • square)
        exponent += squareExponent
      }
      left >>= 1
      if left > 0 {
        square = (square • square)
        squareExponent *= 2
        if square[k - 1, k - 1] > 1e140 {
          square *= 1e-140
          squareExponent += 140
        }
      }
      if result[k - 1, k - 1] > 1e140 {
        result *= 1e-140
        exponent += 140
      }
    }
    var below = result[k - 1, k - 1]
    for i in 1...count {
      below *= Double(i) / n
      if below < 1e-140 {
        below *= 1e140
        exponent -= 140
      }
    }
    return min(max(1 - below * pow(10, Double(exponent)), 0), 1)
  }
}
