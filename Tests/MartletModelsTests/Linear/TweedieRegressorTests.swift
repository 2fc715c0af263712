import MartletModels
import MartletNumerics
import Testing

@Suite struct TweedieRegressorTests {
  struct Fit: Decodable {
    let coefficients: [Double]
    let intercept, power, regularization, devianceExplained: Double
    let usesCounts, weighted: Bool
  }
  struct Reference: Decodable {
    let weights, counts, amounts: [Double]
    let rows: Int
    let factor: Double
    let fits: [Fit]
  }

  let reference: Reference
  let x: Matrix

  init() throws {
    reference = try ReferenceFile.read("tweedie")
    x = try Patients.load().x[rows: Array(0..<reference.rows)] * reference.factor
  }

  @Test(arguments: 0..<6) func agreesWithScikitLearn(place: Int) throws {
    let expected = reference.fits[place]
    let model = try TweedieRegressor(power: expected.power, regularization: expected.regularization, tolerance: 1e-11)
      .fit(
        x, expected.usesCounts ? reference.counts : reference.amounts,
        weights: expected.weighted ? reference.weights : nil)
    #expect(agree(model.coefficients, expected.coefficients, within: 1e-6))
    #expect(
      agree(
        [model.intercept, model.devianceExplained], [expected.intercept, expected.devianceExplained], within: 1e-6))
  }

  /// With an intercept, Poisson's and the normal distribution's predictions sum to what was observed.
  @Test(arguments: [0.0, 1.0]) func predictionsSumToObservations(power: Double) throws {
    let model = try TweedieRegressor(power: power, tolerance: 1e-12).fit(x, reference.counts)
    let predictions = try model.predict(x)
    #expect(agree([predictions.reduce(0, +)], [reference.counts.reduce(0, +)], within: 1e-7))
    #expect(power == 0 || predictions.allSatisfy { $0 > 0 })
  }

  @Test func refusesTargetsThatCannotBe() {
    #expect(refusal { try TweedieRegressor.poisson().fit(x, reference.counts.map { $0 - 5 }) } == .parameter)
    #expect(refusal { try TweedieRegressor.gamma().fit(x, reference.counts) } == .parameter)
    #expect(refusal { try TweedieRegressor(power: 0.5).fit(x, reference.counts) } == .parameter)
    #expect(refusal { try TweedieRegressor(power: 1, link: .identity).fit(x, reference.counts) } == .parameter)
  }
}
