import MartletNumerics
import Testing

@Suite struct DistributionTests {
  struct Continuous: Decodable {
    let name: String
    let parameters, x, logPDF, cdf, survival, probabilities, quantiles: [Double]
    let mean, variance: Double?
    let entropy: Double
  }
  struct Discrete: Decodable {
    let name: String
    let parameters, logPMF, cdf, survival, probabilities: [Double]
    let k, quantiles: [Int]
    let mean, variance, entropy: Double
  }
  struct Special: Decodable {
    let grid, logGamma, digamma, trigamma, quantileArguments, normalQuantiles, inverseErf: [Double]
    let lower, upper, logBeta: [[Double]]
    let beta: [[[Double]]]
  }
  struct Reference: Decodable {
    let continuous: [Continuous]
    let discrete: [Discrete]
    let special: Special
  }

  let reference: Reference
  init() throws { reference = try ReferenceFile.read("distributions") }

  private func distribution(_ name: String, _ p: [Double]) -> any ContinuousDistribution {
    switch name {
    case "normal": NormalDistribution(mean: p[0], standardDeviation: p[1])
    case "uniform": UniformDistribution(low: p[0], high: p[1])
    case "exponential": ExponentialDistribution(rate: p[0])
    case "gamma": GammaDistribution(shape: p[0], scale: p[1])
    case "beta": BetaDistribution(a: p[0], b: p[1])
    case "studentT": StudentTDistribution(degreesOfFreedom: p[0])
    case "chiSquare": ChiSquareDistribution(degreesOfFreedom: p[0])
    case "fisherF": FisherFDistribution(first: p[0], second: p[1])
    case "cauchy": CauchyDistribution(location: p[0], scale: p[1])
    case "laplace": LaplaceDistribution(location: p[0], scale: p[1])
    case "logistic": LogisticDistribution(location: p[0], scale: p[1])
    case "weibull": WeibullDistribution(shape: p[0], scale: p[1])
    default: LogNormalDistribution(logMean: p[0], logStandardDeviation: p[1])
    }
  }

  private func counts(_ name: String, _ p: [Double]) -> any DiscreteDistribution {
    switch name {
    case "bernoulli": BernoulliDistribution(probability: p[0])
    case "binomial": BinomialDistribution(trials: Int(p[0]), probability: p[1])
    case "poisson": PoissonDistribution(mean: p[0])
    case "geometric": GeometricDistribution(probability: p[0])
    case "negativeBinomial": NegativeBinomialDistribution(successes: p[0], probability: p[1])
    default: HypergeometricDistribution(population: Int(p[0]), marked: Int(p[1]), drawn: Int(p[2]))
    }
  }

  /// Whether numbers agree to a relative error, also where they are tiny.
  private func near(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-10) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { pair in
        pair.0 == pair.1 || (pair.0 - pair.1).magnitude <= tolerance * pair.1.magnitude + 1e-300
      }
  }

  @Test(arguments: 0..<22) func continuousOnesAgreeWithSciPy(place: Int) {
    let r = reference.continuous[place]
    let law = distribution(r.name, r.parameters)
    let about: Comment = "\(r.name) \(r.parameters)"
    #expect(agree(r.x.map { law.logPDF($0) }, r.logPDF, within: 1e-10), about)
    #expect(near(r.x.map { law.cdf($0) }, r.cdf), about)
    #expect(near(r.x.map { law.survival($0) }, r.survival), about)
    #expect(near(r.probabilities.map { law.quantile($0) }, r.quantiles), about)
    if let mean = r.mean { #expect(near([law.mean], [mean]), about) } else { #expect(!law.mean.isFinite, about) }
    if let variance = r.variance {
      #expect(near([law.variance], [variance]), about)
    } else {
      #expect(!law.variance.isFinite, about)
    }
    #expect(agree([law.entropy], [r.entropy], within: 1e-9), about)
  }

  @Test(arguments: 0..<8) func discreteOnesAgreeWithSciPy(place: Int) {
    let r = reference.discrete[place]
    let law = counts(r.name, r.parameters)
    let about: Comment = "\(r.name) \(r.parameters)"
    #expect(agree(r.k.map { law.logPMF($0) }, r.logPMF, within: 1e-10), about)
    #expect(near(r.k.map { law.cdf($0) }, r.cdf), about)
    #expect(near(r.k.map { law.survival($0) }, r.survival), about)
    #expect(r.probabilities.map { law.quantile($0) } == r.quantiles, about)
    #expect(near([law.mean, law.variance], [r.mean, r.variance]), about)
    #expect(agree([law.entropy], [r.entropy], within: 1e-9), about)
  }

  @Test func specialFunctionsAgreeWithSciPy() {
    let r = reference.special
    #expect(near(r.grid.map { logGamma($0) }, r.logGamma, 1e-13))
    #expect(agree(r.grid.map { digamma($0) }, r.digamma, within: 1e-13))
    #expect(near(r.grid.map { trigamma($0) }, r.trigamma, 1e-13))
    for (i, a) in r.grid.enumerated() {
      #expect(near(r.grid.map { incompleteGamma(a, $0) }, r.lower[i], 1e-11), "lower gamma of \(a)")
      #expect(near(r.grid.map { upperIncompleteGamma(a, $0) }, r.upper[i], 1e-11), "upper gamma of \(a)")
      #expect(agree(r.grid.map { logBeta(a, $0) }, r.logBeta[i], within: 1e-13), "beta of \(a)")
      for (j, b) in r.grid.enumerated() {
        let found = [0.001, 0.2, 0.5, 0.77, 0.999].map { incompleteBeta(a, b, $0) }
        #expect(near(found, r.beta[i][j], 2e-11), "beta of \(a), \(b): \(found) and \(r.beta[i][j])")
      }
    }
    #expect(near(r.quantileArguments.map { normalQuantile($0) }, r.normalQuantiles, 1e-13))
    #expect(near([-0.9, 1e-10, 0.1, 0.49, 0.51, 0.9999].map { inverseErf($0) }, r.inverseErf, 1e-13))
    #expect(binomialCoefficient(5, 2) == 10 && binomialCoefficient(3, 4) == 0)
  }

  /// The mean and the spread of many draws lie within five standard errors of what they should be.
  @Test func samplesHaveTheirMoments() {
    for entry in reference.continuous where entry.mean != nil && entry.variance != nil {
      var random = PCG64(seed: 31)
      let law = distribution(entry.name, entry.parameters)
      let drawn = law.sample(4_000, using: &random)
      let error = law.standardDeviation / 4_000.0.squareRoot()
      #expect((mean(drawn) - law.mean).magnitude < 5 * error, "\(entry.name) seed 31")
    }
    for entry in reference.discrete {
      var random = PCG64(seed: 32)
      let law = counts(entry.name, entry.parameters)
      let drawn = law.sample(4_000, using: &random).map { Double($0) }
      #expect(
        (mean(drawn) - law.mean).magnitude < 5 * law.standardDeviation / 4_000.0.squareRoot(), "\(entry.name) seed 32")
    }
  }

  /// No other parameters nearby are more likely.
  @Test func fitsAreTheMostLikely() throws {
    var random = PCG64(seed: 33)
    let values = GammaDistribution(shape: 2.5, scale: 1.5).sample(500, using: &random)
    let fit = try GammaDistribution.fit(values)
    let best = fit.logLikelihood(values)
    for (a, b) in [(1.001, 1.0), (0.999, 1.0), (1.0, 1.001), (1.0, 0.999)] {
      #expect(GammaDistribution(shape: fit.shape * a, scale: fit.scale * b).logLikelihood(values) < best)
    }
    let bell = try NormalDistribution.fit([1, 2, 6])
    #expect(bell.mean == 3 && agree([bell.variance], [14.0 / 3], within: 1e-14))
    #expect(try ExponentialDistribution.fit([1, 3]).rate == 0.5 && PoissonDistribution.fit([1, 4]).mean == 2.5)
    #expect(try agree([LogNormalDistribution.fit(values).logMean], [mean(values.map { log($0) })]))
    #expect(try LaplaceDistribution.fit([1, 2, 6]).location == 2)
    #expect(try GeometricDistribution.fit([1, 3]).probability == 0.5)
  }

  @Test func severalDimensions() throws {
    let cloud = try MultivariateNormalDistribution(mean: [0, 0], covariance: Matrix([[2, 1], [1, 2]]))
    // log(1 / (2π √3)), and the exponent −(x² − xy + y²) / 3.
    #expect(
      agree([cloud.logPDF([0, 0]), cloud.logPDF([1, 2])], [-2.3871832107434003, -3.3871832107434003], within: 1e-14))
    var random = PCG64(seed: 34)
    let covariance = cloud.sample(20_000, using: &random).covarianceMatrix()
    #expect(agree(covariance.scalars, [2, 1, 1, 2], within: 0.1), "seed 34")
    let fractions = DirichletDistribution(concentrations: [2, 3, 5])
    // 9! / (1! 2! 4!) · 0.2 · 0.3² · 0.5⁴
    #expect(agree([fractions.logPDF([0.2, 0.3, 0.5])], [log(7560 * 0.2 * 0.09 * 0.0625)], within: 1e-13))
    #expect(fractions.mean == [0.2, 0.3, 0.5])
    let outcomes = MultinomialDistribution(trials: 4, probabilities: [0.5, 0.25, 0.25])
    #expect(agree([outcomes.logPMF([2, 1, 1])], [log(12 * 0.25 * 0.0625)], within: 1e-14))
    #expect(outcomes.logPMF([2, 1, 2]) == -.infinity)
  }
}
