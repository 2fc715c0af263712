import MartletNumerics
import Testing

@Suite struct BayesTests {
  @Test func conjugatePosteriors() {
    let rate = BetaBinomial().updated(successes: 7, failures: 3)
    #expect(rate.posterior == BetaDistribution(a: 8, b: 4))
    #expect(agree([(0...5).reduce(0.0) { $0 + rate.predict($1, of: 5) }], [1], within: 1e-13))
    #expect(agree([rate.predict(1, of: 1)], [8.0 / 12], within: 1e-14))
    let height = NormalNormal(prior: NormalDistribution(mean: 0, standardDeviation: 2), noise: 1).updated([1, 2, 3])
    // Precisions add: 1/4 + 3; means weigh by them: 6 / 3.25.
    #expect(agree([height.posterior.mean, height.posterior.variance], [6 / 3.25, 1 / 3.25], within: 1e-14))
    #expect(agree([height.prediction.variance], [1 + 1 / 3.25], within: 1e-14))
    let events = GammaPoisson(prior: GammaDistribution(shape: 2, scale: 0.5)).updated([3, 4, 5])
    #expect(agree([events.posterior.shape, events.posterior.scale], [14, 0.2], within: 1e-14))
    #expect(agree([events.prediction.mean], [events.posterior.mean], within: 1e-14))
    let outcomes = DirichletMultinomial(prior: DirichletDistribution(concentrations: [1, 1, 1])).updated([2, 0, 1])
    #expect(outcomes.posterior.concentrations == [3, 1, 2])
  }

  /// The exact sum against the integral over both posteriors.
  @Test func abTest() throws {
    let test = ABTest(successes: (12, 18), trials: (100, 90))
    let (a, b) = test.posteriors
    let integral = integrate(over: 0...1, tolerance: 1e-11) { x in a.pdf(x) * b.survival(x) }.value
    #expect(agree([test.probabilityThatSecondIsBetter], [integral], within: 1e-9))
    #expect(agree([test.uplift], [0.2 / 0.12 - 1], within: 1e-13))
    let larger = ABTest(successes: (120, 150), trials: (1000, 1000))
    #expect((0.97...0.98).contains(larger.probabilityThatSecondIsBetter))
    #expect(try larger.zTest().statistic < 0)
    #expect(agree([test.difference, larger.difference], [0.08, 0.03], within: 1e-14))
    // statsmodels: confint_proportions_2indep(150, 1000, 120, 1000, compare="diff", method="newcomb") and so on
    let newcombe: [(ABTest, Double, [Double])] = [
      (larger, 0.95, [1.3782434204051563e-05, 0.06000825857012657]),
      (test, 0.95, [-0.024612178428269973, 0.18659473161040602]),
      (test, 0.9, [-0.0075981483273556555, 0.16908732668231313]),
      (ABTest(successes: (3, 0), trials: (10, 10)), 0.95, [-0.6032218525388546, 0.03759243457905065]),
      (ABTest(successes: (20, 20), trials: (20, 20)), 0.95, [-0.16112515805281957, 0.16112515805281957]),
    ]
    for (test, confidence, expected) in newcombe {
      let interval = test.differenceInterval(confidence: confidence)
      #expect(agree([interval.lowerBound, interval.upperBound], expected, within: 1e-10))
    }
  }

  @Test func theDensityOfADifferenceIsThatOfBothPosteriors() {
    let test = ABTest(successes: (12, 18), trials: (100, 90))
    // SciPy: quad over beta(13, 89).pdf(x) * beta(19, 73).pdf(x + d)
    for (difference, density) in [(0.0, 2.474675086605696), (0.08, 7.535717045188338), (-0.03, 0.8928354512828239)] {
      #expect(agree([test.differencePDF(difference)], [density], within: 1e-9))
    }
    let (a, b) = test.posteriors
    let steps = (0...1_000).map { -1 + Double($0) / 500 }
    let densities = steps.map { test.differencePDF($0) }
    #expect(agree([densities.reduce(0, +) / 500], [1], within: 1e-6))
    #expect(agree([zip(steps, densities).reduce(0) { $0 + $1.0 * $1.1 } / 500], [b.mean - a.mean], within: 1e-6))
    let better = integrate(over: 0...1, method: .simpson(400)) { test.differencePDF($0) }.value
    #expect(agree([better], [test.probabilityThatSecondIsBetter], within: 1e-6))
  }

  /// SciPy: the chance that normal sums stay within their bounds, by `quad` for two looks, `dblquad` for three and
  /// `multivariate_normal.cdf` for five and ten; the paper's table has 0.083, 0.107, 0.142 and 0.193, and 0.248 and 0.320 for
  /// twenty and fifty.
  @Test func lookingOftenRaisesFalseAlarms() {
    #expect(agree([ABTest.falseAlarmRate(looks: 1)], [0.05], within: 1e-10))
    #expect(agree([ABTest.falseAlarmRate(looks: 2)], [0.0831178033545179], within: 1e-10))
    #expect(agree([ABTest.falseAlarmRate(looks: 3)], [0.10725637463960636], within: 1e-9))
    #expect(agree([ABTest.falseAlarmRate(looks: 5)], [0.14168931476156232], within: 1e-5))
    #expect(agree([ABTest.falseAlarmRate(looks: 10)], [0.19335464086776966], within: 1e-5))
    #expect(
      abs(ABTest.falseAlarmRate(looks: 20) - 0.248) < 0.0006 && abs(ABTest.falseAlarmRate(looks: 50) - 0.320) < 0.0006)
    #expect(ABTest.falseAlarmRate(looks: 5, significance: 0.01) < ABTest.falseAlarmRate(looks: 5))
  }

  /// A walk over a posterior that is known in closed form.
  @Test func metropolisHastingsFindsAKnownPosterior() {
    let known = BetaDistribution(a: 8, b: 4)
    let sample = MetropolisHastings(chains: 4, draws: 4_000, seed: 3).sample(from: [0.5], scale: [0.2]) {
      known.logPDF($0[0])
    }
    let summary = sample.summaries[0]
    let error = known.standardDeviation / summary.effectiveSize.squareRoot()
    #expect((summary.mean - known.mean).magnitude < 5 * error, "seed 3")
    #expect((summary.standardDeviation / known.standardDeviation - 1).magnitude < 0.1, "seed 3")
    #expect(summary.rHat < 1.02 && (0.1...0.6).contains(sample.acceptance) && summary.effectiveSize > 500, "seed 3")
    let again = MetropolisHastings(chains: 4, draws: 4_000, seed: 3).sample(from: [0.5], scale: [0.2]) {
      known.logPDF($0[0])
    }
    #expect(again.chains == sample.chains)
  }

  @Test func diagnostics() {
    var random = PCG64(seed: 7)
    let independent = (0..<4).map { _ in random.normals(1_000) }
    #expect((0.99...1.01).contains(splitRHat(independent)), "seed 7")
    #expect((3_000...5_500).contains(effectiveSize(independent)), "seed 7")
    #expect(splitRHat([random.normals(500), random.normals(500, mean: 3)]) > 1.5)
    // A walk that keeps nine tenths of the last step: (1 + 0.9) / (1 − 0.9) = 19 draws tell as much as one.
    var x = 0.0
    let walk = (0..<40_000).map { _ in
      x = 0.9 * x + random.standardNormal()
      return x
    }
    #expect((1_500...2_800).contains(effectiveSize([walk])), "seed 7: \(effectiveSize([walk]))")
    #expect(densestInterval([0, 1, 1.1, 1.2, 9], 0.6) == 1...1.2)
  }
}
