import MartletModels
import MartletNumerics
import Testing

@Suite struct BayesianRidgeTests {
  struct Reference: Decodable {
    let coefficients, deviations: [Double]
    let intercept, r2, noisePrecision, weightPrecision, defaultNoisePrecision, defaultWeightPrecision: Double
  }

  @Test func agreesWithScikitLearn() throws {
    let expected: Reference = try ReferenceFile.read("bayesianRidge")
    let (x, y) = try Patients.load()
    let model = try BayesianRidge(tolerance: 1e-10, maximumIterations: 10_000).fit(x, y)
    #expect(agree([model.noisePrecision, model.weightPrecision], [expected.noisePrecision, expected.weightPrecision]))
    #expect(
      agree(model.coefficients, expected.coefficients, within: 1e-8) && agree([model.intercept], [expected.intercept]))
    #expect(agree(try model.predictDeviations(x[rows: Array(0..<20)]), expected.deviations, within: 1e-8))
    let usual = try BayesianRidge().fit(x, y)
    #expect(agree([usual.noisePrecision], [expected.defaultNoisePrecision], within: 1e-8))
    #expect(agree([usual.weightPrecision], [expected.defaultWeightPrecision], within: 1e-8))
  }

  /// Far from everything learned, it is less sure.
  @Test func isLessSureFarAway() throws {
    let x = Matrix((0..<30).map { [Double($0) / 10] })
    let model = try BayesianRidge().fit(x, (0..<30).map { Double($0 % 3) + Double($0) })
    let deviations = try model.predictDeviations(Matrix([[1.5], [30]]))
    #expect(deviations[1] > deviations[0] && deviations[0] >= 1 / model.noisePrecision.squareRoot())
  }
}
