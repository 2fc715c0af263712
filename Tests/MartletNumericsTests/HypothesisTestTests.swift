import MartletNumerics
import Testing

@Suite struct HypothesisTestTests {
  struct Expected: Decodable {
    let statistic, pValue: Double
    let degreesOfFreedom: Double?
  }
  struct NIST: Decodable {
    let name: String
    let f: Double
    let groups: [[Double]]
  }
  struct Reference: Decodable {
    let x, y, w, tiedX, tiedY, pValues, bonferroni, holm, benjaminiHochberg, interval, wilson: [Double]
    let skewness, kurtosis, ranks, covariance, irisSetosa, irisVersicolor, irisVirginica, entropies: [Double]
    let groups, table, quantiles: [[Double]]
    let small: [[Int]]
    let oneSample, paired, student, welch, welchLess, anova, mannWhitneyExact, mannWhitneyLess, mannWhitney: Expected
    let mannWhitneyGreater, wilcoxon, wilcoxonLess, wilcoxonTied, kolmogorovSmirnov, kolmogorovSmirnovFar: Expected
    let goodnessOfFit, independence, yates, uncorrected, fisher, fisherLess, fisherGreater, proportions: Expected
    let mcNemarExact, mcNemar, power, meansCount, spearman, kendall, jensenShannon: Double
    let nistAnova: [NIST]
  }

  let r: Reference
  init() throws { r = try ReferenceFile.read("tests") }

  private func check(
    _ found: HypothesisTest, _ expected: Expected, within tolerance: Double = 1e-10,
    _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(agree([found.statistic], [expected.statistic], within: tolerance), sourceLocation: location)
    let error = (found.pValue - expected.pValue).magnitude
    #expect(error <= tolerance * expected.pValue, "\(found) and \(expected)", sourceLocation: location)
    if let freedom = expected.degreesOfFreedom {
      #expect(agree(found.degreesOfFreedom, [freedom], within: tolerance), sourceLocation: location)
    }
  }

  @Test func meansAgreeWithSciPy() throws {
    check(try .oneSample(r.x, mean: 4.5), r.oneSample)
    check(try .paired(r.x, r.w), r.paired)
    check(try .student(r.x, r.y), r.student)
    check(try .welch(r.x, r.y), r.welch)
    check(try .welch(r.x, r.y, alternative: .less), r.welchLess)
    check(try .anova(r.groups), r.anova)
    #expect(throws: StatisticsError.self) { try HypothesisTest.welch([1], [2, 3]) }
    #expect(throws: StatisticsError.self) { try HypothesisTest.anova([[1], [2]]) }
  }

  /// Recorded from SciPy for the lengths of iris sepals: t and p of Welch's test, F of three species.
  @Test func iris() throws {
    let welch = try HypothesisTest.welch(r.irisVersicolor, r.irisVirginica)
    #expect(agree([welch.statistic], [-5.6291652597], within: 1e-9))
    #expect((welch.pValue / 1.8661443874e-07 - 1).magnitude < 1e-9)
    let anova = try HypothesisTest.anova([r.irisSetosa, r.irisVersicolor, r.irisVirginica])
    #expect(agree([anova.statistic], [119.2645021845], within: 1e-11))
  }

  /// NIST's certified values; the last sets have up to 13 digits in common before they differ.
  @Test func anovaAgreesWithNIST() throws {
    let digits = ["AtmWtAg": 1e-9, "SiRstv": 1e-12, "SmLs01": 1e-12, "SmLs04": 1e-8, "SmLs07": 1e-2]
    #expect(r.nistAnova.count == digits.count)
    for set in r.nistAnova {
      let f = try HypothesisTest.anova(set.groups).statistic
      let tolerance = try #require(digits[set.name])
      #expect((f / set.f - 1).magnitude < tolerance, "\(set.name): \(f) and \(set.f)")
    }
  }

  @Test func ranksAgreeWithSciPy() throws {
    check(try .mannWhitney(Array(r.x.prefix(7)), r.y), r.mannWhitneyExact)
    check(try .mannWhitney(Array(r.x.prefix(7)), r.y, alternative: .less), r.mannWhitneyLess)
    check(try .mannWhitney(r.tiedX, r.tiedY), r.mannWhitney)
    check(try .mannWhitney(r.tiedX, r.tiedY, alternative: .greater), r.mannWhitneyGreater)
    check(try .wilcoxon(r.x, r.w), r.wilcoxon)
    check(try .wilcoxon(r.x, r.w, alternative: .less), r.wilcoxonLess)
    check(try .wilcoxon(r.tiedX, Array(r.tiedY.prefix(25))), r.wilcoxonTied)
    check(try .kolmogorovSmirnov(r.x, NormalDistribution(mean: 5)), r.kolmogorovSmirnov, within: 1e-9)
    check(try .kolmogorovSmirnov(r.x, NormalDistribution(mean: 4)), r.kolmogorovSmirnovFar, within: 1e-8)
    #expect(ranks(r.tiedX) == r.ranks)
    #expect(agree([spearmanCorrelation(r.tiedX, Array(r.tiedY.prefix(25)))], [r.spearman], within: 1e-13))
    #expect(agree([kendallCorrelation(r.tiedX, Array(r.tiedY.prefix(25)))], [r.kendall], within: 1e-13))
  }

  @Test func countsAgreeWithSciPyAndStatsmodels() throws {
    check(try .goodnessOfFit([16, 18, 16, 14, 12, 12]), r.goodnessOfFit)
    check(try .independence(r.table), r.independence)
    let small = r.small.map { $0.map { Double($0) } }
    check(try .independence(small), r.yates)
    check(try .independence(small, isCorrected: false), r.uncorrected)
    check(try .fisherExact(r.small), r.fisher)
    check(try .fisherExact(r.small, alternative: .less), r.fisherLess)
    check(try .fisherExact(r.small, alternative: .greater), r.fisherGreater)
    check(try .proportions(successes: [120, 150], trials: [1000, 1000]), r.proportions)
    #expect(agree([try HypothesisTest.mcNemar(gained: 12, lost: 4).pValue], [r.mcNemarExact]))
    #expect(agree([try HypothesisTest.mcNemar(gained: 12, lost: 4, isExact: false).pValue], [r.mcNemar]))
    #expect(corrected(r.pValues, by: .bonferroni) == r.bonferroni)
    #expect(agree(corrected(r.pValues, by: .holm), r.holm, within: 1e-15))
    #expect(agree(corrected(r.pValues, by: .benjaminiHochberg), r.benjaminiHochberg, within: 1e-15))
  }

  @Test func descriptionsAgreeWithSciPyAndNumPy() {
    #expect(agree([skewness(r.x), skewness(r.x, isUnbiased: true)], r.skewness, within: 1e-13))
    #expect(agree([kurtosis(r.x), kurtosis(r.x, isUnbiased: true)], r.kurtosis, within: 1e-13))
    let pairs = Matrix.stacked([Matrix(r.x), Matrix(r.w)], axis: 1)
    #expect(agree(pairs.covarianceMatrix().scalars, r.covariance, within: 1e-14))
    #expect(agree([pairs.correlationMatrix()[0, 1]], [correlation(r.x, r.w)], within: 1e-14))
    for (kind, expected) in zip(QuantileKind.allCases, r.quantiles) {
      let found = [0.05, 0.3, 0.5, 0.81].map { quantile(r.y, $0, kind: kind) }
      #expect(agree(found, expected, within: 1e-14), "\(kind)")
    }
    #expect(mode([3, 1, 3, 2]) == 3 && mode([2.0, 1.0]) == 1 && mode([Int]()) == nil)
    #expect(agree([entropy([1, 2, 5]), divergence([1, 2, 5], from: [3, 2, 1])], r.entropies, within: 1e-14))
    #expect(agree([jensenShannonDivergence([1, 2, 5], [3, 2, 1])], [r.jensenShannon], within: 1e-13))
    #expect(
      agree([mutualInformation(Matrix([[5, 0], [0, 5]]), base: 2), perplexity([1, 1, 1])], [1, 3], within: 1e-14))
    #expect(giniImpurity([1, 1]) == 0.5 && agree([crossEntropy([1, 1], [1, 1], base: 2)], [1], within: 1e-15))
  }

  @Test func intervalsAgreeWithSciPyAndStatsmodels() {
    let mean = confidenceInterval(r.x)
    #expect(agree([mean.lowerBound, mean.upperBound], r.interval, within: 1e-12))
    let wilson = proportionInterval(successes: 8, trials: 10)
    #expect(agree([wilson.lowerBound, wilson.upperBound], r.wilson, within: 1e-12))
    #expect(agree([SampleSize.power(count: 64, effect: 0.5)], [r.power], within: 1e-10))
    #expect(SampleSize.means(effect: 0.5) == Int(r.meansCount.rounded(.up)))
    // A mean's bootstrap interval is near the one by Student's t.
    for isCorrected in [false, true] {
      let bootstrap = bootstrapInterval(r.x, samples: 2_000, isCorrected: isCorrected, seed: 5) {
        MartletNumerics.mean($0)
      }
      let width = mean.upperBound - mean.lowerBound
      #expect((bootstrap.lowerBound - mean.lowerBound).magnitude < 0.2 * width, "seed 5")
      #expect((bootstrap.upperBound - mean.upperBound).magnitude < 0.2 * width, "seed 5")
    }
    #expect(permutationTest([1, 2, 3, 2, 1, 2], [11, 12, 13, 12, 11, 12], permutations: 999, seed: 1) < 0.02)
    #expect(permutationTest([1, 2, 3], [1, 2, 3], permutations: 200, seed: 1) == 1)
  }
}
