import MartletNumerics
import Testing

/// NIST's Statistical Reference Datasets, whose certified values have 15 digits; see Tests/Reference/make_nist.py.
@Suite struct NISTTests {
  struct Univariate: Decodable {
    let name: String
    let mean, deviation: Double
  }
  struct Filip: Decodable {
    let x, y, coefficients, errors: [Double]
  }
  struct Reference: Decodable {
    let univariate: [Univariate]
    let lottery, lew, mavro, michelson: [Double]
    let filip: Filip
  }

  let reference: Reference
  init() throws { reference = try ReferenceFile.read("nist") }

  /// How many digits are right, at most 15.
  private func digits(_ found: Double, _ certified: Double) -> Double {
    let error = ((found - certified) / certified).magnitude
    return error == 0 ? 15 : min(15, -log10(error))
  }

  private func values(_ name: String) throws -> [Double] {
    /// The first value, then two others 500 times.
    func nearlyConstant(_ values: [Double]) -> [Double] { [values[0]] + (0..<500).flatMap { _ in values[1...] } }
    switch name {
    case "Lottery": return reference.lottery
    case "Lew": return reference.lew
    case "Mavro": return reference.mavro
    case "Michelso": return reference.michelson
    case "NumAcc1": return [10_000_001, 10_000_003, 10_000_002]
    case "NumAcc2": return nearlyConstant([1.2, 1.1, 1.3])
    case "NumAcc3": return nearlyConstant([1_000_000.2, 1_000_000.1, 1_000_000.3])
    default:
      try #require(name == "NumAcc4")
      return nearlyConstant([10_000_000.2, 10_000_000.1, 10_000_000.3])
    }
  }

  /// The data of the last two are no binary fractions, so that their own rounding leaves 9.5 and 8.3 digits of the spread.
  @Test func univariateSetsHaveNISTsDigits() throws {
    #expect(reference.univariate.count == 8)
    let fewer: [String: Double] = ["NumAcc3": 9, "NumAcc4": 8, "Mavro": 12, "Michelso": 13]
    for set in reference.univariate {
      let values = try values(set.name)
      let (mean, deviation) = (Matrix(values).mean(), Matrix(values).standardDeviation(degreesOfFreedom: 1))
      #expect(digits(mean, set.mean) >= 14, "\(set.name): \(digits(mean, set.mean)) digits of the mean")
      let wanted = fewer[set.name] ?? 14
      #expect(digits(deviation, set.deviation) >= wanted, "\(set.name): \(digits(deviation, set.deviation)) digits")
    }
  }

  /// A polynomial of degree 10, whose columns have a condition of 1.8 · 10¹⁵: the hardest of the linear sets.
  @Test func filipHasNISTsDigits() throws {
    let filip = reference.filip
    let powers = Matrix(filip.x.map { x in (1...10).map { pow(x, Double($0)) } })
    let model = try LinearModel(powers, filip.y)
    let found = model.coefficients.map(\.value)
    let fewest = zip(found, filip.coefficients).map { digits($0, $1) }.min() ?? 0
    #expect(fewest >= 6, "\(fewest) digits")
    let errors = zip(model.coefficients.map(\.standardError), filip.errors).map { digits($0, $1) }.min() ?? 0
    #expect(errors >= 6, "\(errors) digits of the errors")
    #expect(digits(model.rSquared, 0.996727416185620) >= 9)
    #expect(digits(model.residualStandardDeviation, 0.00334801051324544) >= 7)
  }
}
