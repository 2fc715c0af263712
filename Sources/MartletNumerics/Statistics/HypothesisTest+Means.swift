import Glibc

extension HypothesisTest {
  /// Whether values come from something with the given mean: Student's t test. (SciPy: `ttest_1samp`)
  public static func oneSample(
    _ x: [Double], mean expected: Double, alternative: Alternative = .twoSided
  ) throws(StatisticsError) -> HypothesisTest {
    try StatisticsError.require(x.count >= 2, "A t test needs at least 2 values; found \(x.count).")
    let error = (variance(x, degreesOfFreedom: 1) / Double(x.count)).squareRoot()
    return t("one-sample t test", (mean(x) - expected) / error, Double(x.count - 1), alternative)
  }

  /// Whether pairs differ: the t test of their differences. (SciPy: `ttest_rel`)
  public static func paired(
    _ x: [Double], _ y: [Double], alternative: Alternative = .twoSided
  ) throws(StatisticsError) -> HypothesisTest {
    try StatisticsError.require(
      x.count == y.count, "A paired test needs pairs; found \(x.count) and \(y.count) values.")
    let test = try oneSample(zip(x, y).map { $0 - $1 }, mean: 0, alternative: alternative)
    return HypothesisTest("paired t test", test.statistic, pValue: test.pValue, test.degreesOfFreedom)
  }

  /// Whether two groups have different means, when their variances are the same. (SciPy: `ttest_ind`)
  public static func student(
    _ x: [Double], _ y: [Double], alternative: Alternative = .twoSided
  ) throws(StatisticsError) -> HypothesisTest {
    try requireTwo(x, y)
    let (m, n) = (Double(x.count), Double(y.count))
    let pooled = ((m - 1) * variance(x, degreesOfFreedom: 1) + (n - 1) * variance(y, degreesOfFreedom: 1)) / (m + n - 2)
    return t("t test", (mean(x) - mean(y)) / (pooled * (1 / m + 1 / n)).squareRoot(), m + n - 2, alternative)
  }

  /// Whether two groups have different means, whatever their variances: Welch's test. (SciPy: `ttest_ind(equal_var=False)`)
  public static func welch(
    _ x: [Double], _ y: [Double], alternative: Alternative = .twoSided
  ) throws(StatisticsError) -> HypothesisTest {
    try requireTwo(x, y)
    let (m, n) = (Double(x.count), Double(y.count))
    let (a, b) = (variance(x, degreesOfFreedom: 1) / m, variance(y, degreesOfFreedom: 1) / n)
    let freedom = (a + b) * (a + b) / (a * a / (m - 1) + b * b / (n - 1))
    return t("Welch's t test", (mean(x) - mean(y)) / (a + b).squareRoot(), freedom, alternative)
  }

  /// Whether several groups have different means: one-way analysis of variance. (SciPy: `f_oneway`)
  ///
  ///     try HypothesisTest.anova([[1, 2, 3], [2, 3, 4], [5, 6, 7]]).statistic      // 13.0
  public static func anova(_ groups: [[Double]]) throws(StatisticsError) -> HypothesisTest {
    try StatisticsError.require(
      groups.count >= 2 && groups.allSatisfy { !$0.isEmpty } && groups.joined().count > groups.count,
      "Analysis of variance needs at least 2 groups, none empty, and more values than groups; found \(groups.map(\.count))."
    )
    let all = Array(groups.joined())
    // Large common parts would swallow the digits that differ.
    let centre = mean(all)
    let shifted = groups.map { $0.map { $0 - centre } }
    let between = shifted.reduce(0.0) { $0 + Double($1.count) * mean($1) * mean($1) }
    let within = shifted.reduce(0.0) { $0 + variance($1) * Double($1.count) }
    let (first, second) = (Double(groups.count - 1), Double(all.count - groups.count))
    let f = (between / first) / (within / second)
    return HypothesisTest(
      "one-way ANOVA", f, pValue: FisherFDistribution(first: first, second: second).survival(f), [first, second])
  }

  private static func requireTwo(_ x: [Double], _ y: [Double]) throws(StatisticsError) {
    try StatisticsError.require(
      x.count >= 2 && y.count >= 2, "A t test needs at least 2 values in each group; found \(x.count) and \(y.count).")
  }

  private static func t(_ name: String, _ t: Double, _ freedom: Double, _ alternative: Alternative) -> HypothesisTest {
    let p = t.isNaN ? .nan : alternative.pValue(t, StudentTDistribution(degreesOfFreedom: freedom))
    return HypothesisTest(name, t, pValue: p, [freedom])
  }
}
