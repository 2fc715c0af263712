import MartletModels
import MartletNumerics
import Testing

@Suite struct ElasticNetTests {
  struct Fit: Decodable {
    let coefficients: [Double]
    let intercept, r2: Double
    let regularization, l1Ratio: Double?
    let isPositive, fitsIntercept, weighted: Bool?
  }
  struct Path: Decodable {
    let regularizations: [Double]
    let coefficients: [[Double]]
  }
  struct LassoSearch: Decodable {
    let best, intercept: Double
    let errors, coefficients: [Double]
  }
  struct NetSearch: Decodable {
    let best, l1Ratio, intercept: Double
    let errors: [[Double]]
    let coefficients: [Double]
  }
  struct Reference: Decodable {
    let weights: [Double]
    let wide: RidgeTests.Wide
    let fits: [Fit]
    let wideFit: Fit
    let path: Path
    let lassoCV: LassoSearch
    let netCV: NetSearch
  }

  let reference: Reference
  let x: Matrix
  let y: [Double]

  init() throws {
    reference = try ReferenceFile.read("elasticNet")
    (x, y) = try Patients.load()
  }

  @Test(arguments: 0..<6) func agreesWithScikitLearn(place: Int) throws {
    let expected = reference.fits[place]
    let net = ElasticNet(
      regularization: try #require(expected.regularization), l1Ratio: try #require(expected.l1Ratio),
      fitsIntercept: expected.fitsIntercept ?? true, isPositive: expected.isPositive ?? false,
      tolerance: 1e-13, maximumIterations: 1_000_000)
    let model = try net.fit(x, y, weights: expected.weighted == true ? reference.weights : nil)
    #expect(model.hasConverged && model.dualGap >= -1e-9)
    #expect(agree(model.coefficients, expected.coefficients, within: 1e-6))
    #expect(zip(model.coefficients, expected.coefficients).allSatisfy { ($0 == 0) == ($1 == 0) })
    #expect(agree([model.intercept, try model.score(x, y)], [expected.intercept, expected.r2], within: 1e-8))
  }

  @Test func theUsualToleranceIsEnough() throws {
    let model = try Lasso(regularization: 0.1).fit(x, y)
    #expect(agree([try model.score(x, y)], [0.50883944], within: 1e-7))
    #expect(model.coefficients.count { $0 != 0 } == 7)
  }

  @Test func moreFeaturesThanSamples() throws {
    let wide = Matrix(reference.wide.x)
    let model = try Lasso(regularization: 0.05, tolerance: 1e-13, maximumIterations: 1_000_000).fit(
      wide, reference.wide.y)
    #expect(agree(model.coefficients, reference.wideFit.coefficients, within: 1e-6))
  }

  @Test func pathAgreesWithScikitLearn() throws {
    let net = ElasticNet(l1Ratio: 0.7, tolerance: 1e-13, maximumIterations: 1_000_000)
    let path = try net.path(x, y, count: 20)
    #expect(agree(path.regularizations, reference.path.regularizations))
    #expect(agree(path.coefficients.scalars, reference.path.coefficients.flatMap(\.self), within: 1e-6))
    #expect(path.coefficients.row(0).scalars.allSatisfy { abs($0) < 1e-9 }, "at its beginning all are zero")
  }

  @Test func lassoChoosesAsScikitLearn() throws {
    let expected = reference.lassoCV
    let model = try LassoCV(tolerance: 1e-11, maximumIterations: 1_000_000).fit(x, y)
    #expect(
      agree([model.regularization], [expected.best]) && agree(model.trials[0].errors, expected.errors, within: 1e-6))
    #expect(agree(model.coefficients, expected.coefficients, within: 1e-4))
  }

  @Test func netChoosesAsScikitLearn() throws {
    let expected = reference.netCV
    let search = ElasticNetCV(
      l1Ratios: [0.3, 0.7, 0.95], count: 30, folds: KFold(4),
      net: ElasticNet(tolerance: 1e-11, maximumIterations: 1_000_000))
    let model = try search.fit(x, y)
    #expect(model.l1Ratio == expected.l1Ratio && agree([model.regularization], [expected.best]))
    for (trial, errors) in zip(model.trials, expected.errors) { #expect(agree(trial.errors, errors, within: 1e-6)) }
    #expect(agree(model.coefficients, expected.coefficients, within: 1e-4))
  }

  /// The optimality conditions of the lasso: a weight that is not zero has a slope of exactly the penalty.
  @Test func slopesBalanceThePenalty() throws {
    let model = try Lasso(regularization: 0.4, tolerance: 1e-13, maximumIterations: 100_000).fit(x, y)
    let errors = Matrix(y) - Matrix(try model.predict(x))
    let slopes = (errors • x / Double(y.count)).scalars
    for (slope, weight) in zip(slopes, model.coefficients) {
      #expect(weight == 0 ? abs(slope) <= 0.4 + 1e-6 : abs(slope - 0.4 * (weight < 0 ? -1 : 1)) < 1e-6)
    }
  }

  @Test func refusesImpossibleParameters() {
    #expect(refusal { try ElasticNet(l1Ratio: 1.5).fit(x, y) } == .parameter)
    #expect(refusal { try ElasticNet(regularization: -1).fit(x, y) } == .parameter)
    #expect(refusal { try ElasticNet(l1Ratio: 0).path(x, y) } == .parameter)
    #expect(refusal { try ElasticNetCV(l1Ratios: []).fit(x, y) } == .parameter)
    #expect(refusal { try LassoCV(smallest: 2).fit(x, y) } == .parameter)
  }

  @Test func targetsThatDoNotVaryNeedNoWeights() throws {
    let model = try LassoCV(count: 3).fit(x, [Double](repeating: 4, count: y.count))
    #expect(model.coefficients.allSatisfy { $0 == 0 } && model.intercept == 4)
  }
}
