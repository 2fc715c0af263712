import MartletDatasets
import MartletModels
import MartletNumerics
import Testing

@Suite struct SparseLogisticRegressionTests {
  struct Fit: Decodable {
    let name: String
    let c, l1Ratio, logLoss: Double
    let coefficients: [[Double]]
    let intercepts: [Double]
  }
  struct Reference: Decodable { let fits: [Fit] }

  @Test(arguments: 0..<4) func agreesWithScikitLearn(place: Int) throws {
    let expected = try ReferenceFile.read("sparseLogistic", as: Reference.self).fits[place]
    let (x, y) = try Self.data(expected.name)
    let method = LogisticRegression<Int>(
      inverseRegularization: expected.c, l1Ratio: expected.l1Ratio, tolerance: 1e-9)
    let model = try method.fit(x, y)
    let known = expected.coefficients.flatMap(\.self)
    #expect(model.hasConverged)
    #expect(agree(model.coefficients.scalars, known, within: 1e-5))
    #expect(zip(model.coefficients.scalars, known).allSatisfy { ($0 == 0) == (abs($1) < 1e-10) })
    let loss = logLoss(probabilities: try model.predictProbabilities(x), actual: y, classes: model.classes)
    let found = objective(loss, model.coefficients.scalars, expected)
    #expect(agree([found], [objective(expected.logLoss, known, expected)], within: 1e-10))
  }

  /// What is minimised. Where that is flat, its two parts may still differ by the root of its rounding.
  private func objective(_ loss: Double, _ coefficients: [Double], _ fit: Fit) -> Double {
    let penalty = coefficients.reduce(0) { $0 + fit.l1Ratio * abs($1) + (1 - fit.l1Ratio) / 2 * $1 * $1 }
    return fit.c * loss * (fit.name == "iris" ? 150 : 442) + penalty
  }

  @Test func strongPenaltiesLeaveOnlyTheIntercept() throws {
    let (x, y) = try Self.data("diabetes")
    let model = try LogisticRegression<Int>(inverseRegularization: 1e-6, l1Ratio: 1).fit(x, y)
    let share = Double(y.count { $0 == 1 }) / Double(y.count)
    #expect(model.coefficients.scalars.allSatisfy { $0 == 0 })
    #expect(agree(model.intercepts, [log(share / (1 - share))], within: 1e-5))
    #expect(refusal { try LogisticRegression<Int>(l1Ratio: 2).fit(x, y) } == .parameter)
  }

  private static func data(_ name: String) throws -> (x: Matrix, y: [Int]) {
    if name == "diabetes" {
      let (x, y) = try Patients.load()
      return (x * 20, y.map { $0 > 140 ? 1 : 0 })
    }
    let iris = try Datasets.iris()
    let species = try iris["species", String.self].values()
    let classes = species.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return (try iris.matrix(except: "species"), species.map { classes.firstIndex(of: $0)! })
  }
}
