import MartletNumerics
import Testing

@Suite struct DistributionFitTests {
  struct Fit: Decodable {
    let name: String
    let values, parameters: [Double]
    let logLikelihood: Double
  }
  struct Hypergeometric: Decodable {
    let values: [Int]
    let population, drawn, marked: Int
  }
  struct Dirichlet: Decodable {
    let rows: [[Double]]
    let concentrations, variance: [Double]
    let logLikelihood, entropy: Double
  }
  struct Normality: Decodable {
    let values: [Double]
    let statistic, pValue: Double
  }
  struct Reference: Decodable {
    let normality: [Normality]
    let fits: [Fit]
    let hypergeometric: Hypergeometric
    let dirichlet: Dirichlet
    let multinomialEntropy: Double
    let counts: [[Int]]
    let points: [[Double]]
    let mean, covariance: [Double]
  }

  let reference: Reference
  init() throws { reference = try ReferenceFile.read("fits") }

  private func fitted(_ r: Fit) throws -> (parameters: [Double], logLikelihood: Double) {
    switch r.name {
    case "beta":
      let law = try BetaDistribution.fit(r.values)
      return ([law.a, law.b], law.logLikelihood(r.values))
    case "cauchy":
      let law = try CauchyDistribution.fit(r.values)
      return ([law.location, law.scale], law.logLikelihood(r.values))
    case "chiSquare":
      let law = try ChiSquareDistribution.fit(r.values)
      return ([law.degreesOfFreedom], law.logLikelihood(r.values))
    case "fisherF":
      let law = try FisherFDistribution.fit(r.values)
      return ([law.first, law.second], law.logLikelihood(r.values))
    case "logistic":
      let law = try LogisticDistribution.fit(r.values)
      return ([law.location, law.scale], law.logLikelihood(r.values))
    case "studentT":
      let law = try StudentTDistribution.fit(r.values)
      return ([law.degreesOfFreedom, law.location, law.scale], law.logLikelihood(r.values))
    case "weibull":
      let law = try WeibullDistribution.fit(r.values)
      return ([law.shape, law.scale], law.logLikelihood(r.values))
    default:
      let counts = r.values.map { Int($0) }
      let law = try NegativeBinomialDistribution.fit(counts)
      return ([law.successes, law.probability], law.logLikelihood(counts))
    }
  }

  /// As SciPy's densities have them: the same place of the same peak, and none is higher.
  @Test(arguments: 0..<8) func peaksAreSciPys(place: Int) throws {
    let r = reference.fits[place]
    let found = try fitted(r)
    #expect(agree(found.parameters, r.parameters, within: 1e-5), "\(r.name): \(found.parameters) and \(r.parameters)")
    #expect(found.logLikelihood > r.logLikelihood - 1e-8 * abs(r.logLikelihood), "\(r.name)")
  }

  @Test func shapiroAndWilkAgreeWithSciPy() throws {
    for r in reference.normality {
      let found = try HypothesisTest.shapiroWilk(r.values)
      let about: Comment = "\(r.values.count) values: \(found), \(r.statistic), \(r.pValue)"
      #expect(agree([found.statistic], [r.statistic], within: 1e-8), about)
      #expect(abs(found.pValue - r.pValue) <= 1e-6 * r.pValue + 1e-12, about)
    }
    #expect(throws: StatisticsError.self) { try HypothesisTest.shapiroWilk([1, 2]) }
    #expect(throws: StatisticsError.self) { try HypothesisTest.shapiroWilk([2, 2, 2]) }
  }

  @Test func severalDimensions() throws {
    let d = reference.dirichlet
    let law = try DirichletDistribution.fit(d.rows)
    #expect(agree(law.concentrations, d.concentrations, within: 1e-6), "\(law)")
    #expect(d.rows.reduce(0) { $0 + law.logPDF($1) } > d.logLikelihood - 1e-9)
    let known = DirichletDistribution(concentrations: [2, 3, 0.7])
    #expect(agree([known.entropy], [d.entropy], within: 1e-12) && agree(known.variance, d.variance, within: 1e-14))
    let cloud = try MultivariateNormalDistribution.fit(Matrix(reference.points))
    #expect(agree(cloud.mean, reference.mean, within: 1e-13))
    #expect(agree(cloud.covariance.scalars, reference.covariance, within: 1e-13))
    #expect(throws: LinearAlgebraError.self) {
      try MultivariateNormalDistribution.fit(Matrix([[1, 1], [2, 2], [3, 3]]))
    }
  }

  @Test func counts() throws {
    let h = reference.hypergeometric
    let urn = try HypergeometricDistribution.fit(h.values, population: h.population, drawn: h.drawn)
    #expect(urn.marked == h.marked)
    #expect(try BinomialDistribution.fit([3, 5, 4], trials: 8).probability == 0.5)
    let outcomes = try MultinomialDistribution.fit(reference.counts)
    let totals = (0..<3).map { i in reference.counts.reduce(0) { $0 + $1[i] } }
    #expect(agree(outcomes.probabilities, totals.map { Double($0) / 54 }, within: 1e-15))
    let known = MultinomialDistribution(trials: 9, probabilities: [0.2, 0.5, 0.3])
    #expect(agree([known.entropy], [reference.multinomialEntropy], within: 1e-11))
  }

  /// Multiplied by a number, values have a spread multiplied by it.
  @Test func scaleOfTheDataIsTheScaleOfTheFit() throws {
    let values = reference.fits.first { $0.name == "weibull" }!.values  // it is in the file
    for factor in [1e-150, 1e150] {
      let law = try WeibullDistribution.fit(values.map { $0 * factor })
      #expect(agree([law.shape, law.scale / factor], try fitted(reference.fits[6]).parameters, within: 1e-9))
    }
    let bell = try LogisticDistribution.fit(reference.fits[4].values.map { 1e6 * $0 })
    #expect(agree([bell.scale / 1e6], [try fitted(reference.fits[4]).parameters[1]], within: 1e-9))
  }

  @Test func whatIsNoSampleIsRefused() {
    func message(_ body: () throws -> Void) -> String {
      do { try body() } catch { return "\(error)" }
      return "no error"
    }
    #expect(
      message { _ = try WeibullDistribution.fit([1, 2, -1]) }
        == "WeibullDistribution.fit needs values that are above 0; found -1.0 at place 2.")
    #expect(
      message { _ = try NormalDistribution.fit([]) } == "NormalDistribution.fit needs values, each finite; found none.")
    #expect(
      message { _ = try BetaDistribution.fit([0.5, 0.5]) }
        == "BetaDistribution.fit needs values that differ; found 0.5 2 times.")
    #expect(
      message { _ = try NegativeBinomialDistribution.fit([3, 3, 4]) }.hasSuffix(
        "PoissonDistribution.fit suits these counts."))
    #expect(message { _ = try CauchyDistribution.fit([1, 1, 1, 2]) }.contains("values are equal"))
    #expect(message { _ = try BinomialDistribution.fit([9], trials: 8) }.contains("from 0 to 8; found 9 at place 0"))
    #expect(message { _ = try BernoulliDistribution.fit([0, 2]) }.contains("0 or 1; found 2"))
    #expect(message { _ = try PoissonDistribution.fit([0, 0]) }.contains("zeros only"))
    #expect(message { _ = try DirichletDistribution.fit([[0.5, 0.5], [0.4, 0.5]]) }.contains("row 1 is [0.4, 0.5]"))
    #expect(message { _ = try MultinomialDistribution.fit([[1, 1], [1, 2]]) }.contains("row 1 is [1, 2]"))
    #expect(
      message { _ = try HypergeometricDistribution.fit([0, 5], population: 6, drawn: 5) }.contains("one population"))
  }
}
