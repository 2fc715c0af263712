import MartletNumerics
import Testing

@Suite struct RegressionTests {
  struct Summary: Decodable {
    let adjusted, logLikelihood, aic, bic, durbinWatson, fPValue: Double
    let tValues, pValues, low, high, cooks, leverages, inflation: [Double]
  }
  struct Logit: Decodable {
    let coefficients, errors, zValues, pValues: [Double]
    let logLikelihood, null, pseudo, aic, bic, llrPValue: Double
  }
  struct Reference: Decodable {
    let longley, spector: [[Double]]
    let employed, longleyCoefficients, longleyErrors, norrisX, norrisY, norrisCoefficients, norrisErrors: [Double]
    let longleyDeviation, longleyRSquared, longleyF: Double
    let summary: Summary
    let grades: [Bool]
    let logit: Logit
  }

  let r: Reference
  init() throws { r = try ReferenceFile.read("regression") }

  /// How many digits are right: NIST's log relative error.
  private func digits(_ found: [Double], _ certified: [Double]) -> Double {
    zip(found, certified).map { pair in
      let error = (pair.0 / pair.1 - 1).magnitude
      return error == 0 ? 15 : -log10(error)
    }.min() ?? 0
  }

  @Test func longleyHasNISTsDigits() throws {
    let model = try LinearModel(Matrix(r.longley), r.employed)
    let values = model.coefficients.map(\.value)
    #expect(digits(values, r.longleyCoefficients) >= 9, "\(digits(values, r.longleyCoefficients))")
    #expect(digits(model.coefficients.map(\.standardError), r.longleyErrors) >= 9)
    #expect(
      digits(
        [model.residualStandardDeviation, model.rSquared, model.fTest.statistic],
        [r.longleyDeviation, r.longleyRSquared, r.longleyF]) >= 9)
  }

  @Test func norrisHasNISTsDigits() throws {
    let model = try LinearModel(Matrix(r.norrisX).addingAxis(1), r.norrisY)
    #expect(digits(model.coefficients.map(\.value), r.norrisCoefficients) >= 12)
    #expect(digits(model.coefficients.map(\.standardError), r.norrisErrors) >= 12)
    #expect(digits([model.residualStandardDeviation, model.rSquared], [0.884796396144373, 0.999993745883712]) >= 12)
  }

  /// `[x, x², …]`; y is the sum of the powers, so that every coefficient is 1. NIST's Wampler1.
  @Test func wampler1HasNISTsDigits() throws {
    let x = Matrix.arange(21)
    var powers = [x]
    for _ in 1..<5 { powers.append(powers[powers.count - 1] * x) }
    let design = Matrix.stacked(powers, axis: 1)
    let model = try LinearModel(design, (design.sum(axis: 1) + 1).scalars)
    #expect(digits(model.coefficients.map(\.value), [1, 1, 1, 1, 1, 1]) >= 7)
  }

  /// NIST's Wampler2 to Wampler5: the coefficients are powers of a tenth or ones, and the errors of the last three are at
  /// right angles to the powers, however large, so that they change no coefficient.
  @Test func wampler2To5HaveNISTsDigits() throws {
    let x = (0...20).map(Double.init)
    let design = Matrix(x.map { value in (1...5).map { pow(value, Double($0)) } })
    let errors: [Double] = [
      759, -2048, 2048, -2048, 2523, -2048, 2048, -2048, 1838, -2048, 2048, -2048, 1838, -2048, 2048, -2048, 2523,
      -2048, 2048, -2048, 759,
    ]
    let tenths = [1, 0.1, 0.01, 0.001, 0.0001, 0.00001]
    let ones = [Double](repeating: 1, count: 6)
    func values(_ coefficients: [Double]) -> [Double] {
      x.map { value in coefficients.reversed().reduce(0) { $0 * value + $1 } }
    }
    let second = try LinearModel(design, values(tenths))
    #expect(digits(second.coefficients.map(\.value), tenths) >= 8)
    for (size, certified) in [(1.0, 2360.14502379268), (100, 236014.502379268), (10_000, 23601450.2379268)] {
      let response = zip(values(ones), errors).map { $0 + size * $1 }
      let model = try LinearModel(design, response)
      #expect(digits(model.coefficients.map(\.value), ones) >= (size == 10_000 ? 5 : 7), "\(size)")
      #expect(digits([model.residualStandardDeviation], [certified]) >= 10, "\(size)")
    }
  }

  @Test func longleyAgreesWithStatsmodels() throws {
    let model = try LinearModel(Matrix(r.longley), r.employed)
    let s = r.summary
    #expect(agree([model.adjustedRSquared, model.logLikelihood], [s.adjusted, s.logLikelihood], within: 1e-9))
    #expect(agree([model.aic, model.bic, model.durbinWatson], [s.aic, s.bic, s.durbinWatson], within: 1e-9))
    #expect(agree(model.coefficients.map(\.statistic), s.tValues, within: 1e-7))
    #expect(agree(model.coefficients.map(\.pValue), s.pValues, within: 1e-8))
    #expect(agree(model.coefficients.map(\.interval.lowerBound), s.low, within: 1e-7))
    #expect(agree(model.coefficients.map(\.interval.upperBound), s.high, within: 1e-7))
    #expect((model.fTest.pValue / s.fPValue - 1).magnitude < 1e-7)
    #expect(agree(model.cooksDistances, s.cooks, within: 1e-7) && agree(model.leverages, s.leverages, within: 1e-9))
    #expect(agree(model.varianceInflation, s.inflation, within: 1e-7))
    #expect(agree(model.predict(Matrix(r.longley)), zip(r.employed, model.residuals).map { $0 - $1 }, within: 1e-9))
    #expect(model.description.contains("intercept") && model.description.contains("R² 0.9955"))
  }

  @Test func spectorAgreesWithStatsmodels() throws {
    let model = try LogitModel(Matrix(r.spector), r.grades, names: ["GPA", "TUCE", "PSI"])
    let expected = r.logit
    #expect(agree(model.coefficients.map(\.value), [-13.02134686, 2.82611259, 0.09515766, 2.37868766], within: 1e-8))
    #expect(agree([model.logLikelihood], [-12.88963422], within: 1e-9))
    #expect(agree(model.coefficients.map(\.value), expected.coefficients, within: 1e-8))
    #expect(agree(model.coefficients.map(\.standardError), expected.errors, within: 1e-8))
    #expect(agree(model.coefficients.map(\.pValue), expected.pValues, within: 1e-8))
    #expect(agree([model.nullLogLikelihood, model.pseudoRSquared], [expected.null, expected.pseudo], within: 1e-10))
    #expect(agree([model.aic, model.bic], [expected.aic, expected.bic], within: 1e-10))
    #expect(agree([model.likelihoodRatioTest.pValue], [expected.llrPValue], within: 1e-10))
    #expect(model.coefficients.map(\.name) == ["intercept", "GPA", "TUCE", "PSI"])
  }

  @Test func whatCannotBeFittedIsRefused() {
    let x = Matrix([[1, 2], [2, 4], [3, 6], [4, 8]])
    #expect(throws: StatisticsError.self) { try LinearModel(x, [1, 2, 3, 4]) }
    #expect(throws: StatisticsError.self) { try LinearModel(x, [1, 2, 3]) }
    #expect(throws: StatisticsError.self) { try LogitModel(Matrix([[1], [2], [3], [4]]), [false, false, true, true]) }
    #expect(throws: StatisticsError.self) { try LogitModel(Matrix([[1], [2]]), [true, true]) }
  }
}
