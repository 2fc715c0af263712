import Glibc

extension HypothesisTest {
  /// Whether counts differ from what was expected: Pearson's χ² test. (SciPy: `chisquare`)
  ///
  /// - Parameter expected: as many as observed, with the same sum; all the same by default.
  public static func goodnessOfFit(
    _ observed: [Double], expected: [Double]? = nil
  ) throws(StatisticsError) -> HypothesisTest {
    let total = observed.reduce(0, +)
    let expected = expected ?? observed.map { _ in total / Double(observed.count) }
    try StatisticsError.require(
      observed.count >= 2 && expected.count == observed.count && abs(expected.reduce(0, +) - total) <= 1e-8 * total,
      "The χ² test needs as many expected as observed counts, at least 2, with the same sum.")
    let statistic = zip(observed, expected).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / $1.1 }
    return chiSquare("χ² goodness of fit", statistic, Double(observed.count - 1))
  }

  /// Whether two ways to sort the same things are related: the χ² test of a table of counts. (SciPy: `chi2_contingency`)
  ///
  /// - Parameter isCorrected: moves counts of a table of 2 × 2 half a count towards the expected (Yates).
  public static func independence(_ table: [[Double]], isCorrected: Bool = true) throws(StatisticsError)
    -> HypothesisTest
  {
    let counts = Matrix(table)
    try StatisticsError.require(
      counts.shape.count == 2 && counts.shape.allSatisfy { $0 >= 2 } && counts.min() >= 0,
      "The χ² test needs a table of at least 2 × 2 counts, none below 0.")
    let (rows, columns) = (counts.sum(axis: 1), counts.sum(axis: 0))
    try StatisticsError.require(
      rows.min() > 0 && columns.min() > 0, "The χ² test needs at least one count in each row and column.")
    let expected = rows.outer(columns) / counts.sum()
    var distance = abs(counts - expected)
    let freedom = Double((counts.shape[0] - 1) * (counts.shape[1] - 1))
    if freedom == 1 && isCorrected { distance = distance - Matrix.minimum(distance, Matrix(scalar: 0.5)) }
    return chiSquare("χ² test of independence", (distance * distance / expected).sum(), freedom)
  }

  /// Whether two ways to sort few things in two are related: Fisher's exact test of a table of 2 × 2. (SciPy: `fisher_exact`)
  ///
  /// The statistic is the odds ratio.
  public static func fisherExact(
    _ table: [[Int]], alternative: Alternative = .twoSided
  ) throws(StatisticsError) -> HypothesisTest {
    try StatisticsError.require(
      table.count == 2 && table.allSatisfy { $0.count == 2 && $0.allSatisfy { $0 >= 0 } },
      "Fisher's test needs a table of 2 × 2 counts, none below 0.")
    let (a, b, c, d) = (table[0][0], table[0][1], table[1][0], table[1][1])
    let law = HypergeometricDistribution(population: a + b + c + d, marked: a + b, drawn: a + c)
    let own = law.pmf(a)
    let p: Double
    switch alternative {
    case .less: p = law.cdf(a)
    case .greater: p = law.survival(a - 1)
    // Everything that is no more likely, up to rounding.
    case .twoSided: p = law.support.reduce(0) { $0 + (law.pmf($1) <= own * (1 + 1e-7) ? law.pmf($1) : 0) }
    }
    return HypothesisTest("Fisher's exact test", Double(a) * Double(d) / (Double(b) * Double(c)), pValue: min(p, 1))
  }

  /// Whether pairs of yes-or-no answers changed more in one direction: McNemar's test. (statsmodels: `mcnemar`)
  ///
  /// - Parameters:
  ///   - gained: pairs that went from no to yes.
  ///   - lost: pairs that went from yes to no.
  ///   - isExact: by the binomial distribution; else by χ² with continuity correction.
  public static func mcNemar(gained: Int, lost: Int, isExact: Bool = true) throws(StatisticsError) -> HypothesisTest {
    try StatisticsError.require(
      gained >= 0 && lost >= 0 && gained + lost > 0, "McNemar's test needs at least one change.")
    let smaller = min(gained, lost)
    if isExact {
      let p = min(1, 2 * BinomialDistribution(trials: gained + lost, probability: 0.5).cdf(smaller))
      return HypothesisTest("McNemar's exact test", Double(smaller), pValue: p)
    }
    let distance = max(0, abs(Double(gained - lost)) - 1)
    return chiSquare("McNemar's test", distance * distance / Double(gained + lost), 1)
  }

  /// Whether two groups succeed at different rates: the z test of an A/B test. (statsmodels: `proportions_ztest`)
  ///
  ///     try HypothesisTest.proportions(successes: [120, 150], trials: [1000, 1000]).pValue      // 0.0496…
  public static func proportions(
    successes: [Int], trials: [Int], alternative: Alternative = .twoSided
  ) throws(StatisticsError) -> HypothesisTest {
    try StatisticsError.require(
      successes.count == 2 && trials.count == 2 && zip(successes, trials).allSatisfy { $0 >= 0 && $0 <= $1 && $1 > 0 },
      "The test of two proportions needs two groups with no more successes than trials.")
    let (m, n) = (Double(trials[0]), Double(trials[1]))
    let pooled = Double(successes[0] + successes[1]) / (m + n)
    let z =
      (Double(successes[0]) / m - Double(successes[1]) / n) / (pooled * (1 - pooled) * (1 / m + 1 / n)).squareRoot()
    return HypothesisTest("z test of two proportions", z, pValue: alternative.pValue(z, NormalDistribution()))
  }

  private static func chiSquare(_ name: String, _ statistic: Double, _ freedom: Double) -> HypothesisTest {
    let p = ChiSquareDistribution(degreesOfFreedom: freedom).survival(statistic)
    return HypothesisTest(name, statistic, pValue: p, [freedom])
  }
}
