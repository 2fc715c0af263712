import MartletModels
import MartletNumerics
import Testing

@Suite struct AssumptionTests {
  struct Reference: Decodable {
    struct Regression: Decodable {
      let x: [[Double]]
      let y, statistics, pValues: [Double]
    }
    let bent, diabetes: Regression
  }

  @Test func checksAreThoseOfStatsmodels() throws {
    let reference: Reference = try ReferenceFile.read("assumptions")
    for own in [reference.bent, reference.diabetes] {
      let report = try RegressionAssumptions(Matrix(own.x), own.y)
      #expect(
        report.checks.map(\.name) == ["linearity", "equal spread", "normality", "independence", "collinearity"])
      for (check, statistic) in zip(report.checks, own.statistics) {
        #expect(abs(check.statistic - statistic) <= 1e-7 * max(1, abs(statistic)), "\(check.name)")
      }
      for (check, p) in zip(report.checks, own.pValues) {
        #expect(abs((check.pValue ?? .nan) - p) <= 1e-9, "\(check.name)")
        #expect(check.isDoubtful == (p < 0.05), "\(check.name)")
      }
    }
    let bent = try RegressionAssumptions(Matrix(reference.bent.x), reference.bent.y)
    #expect(bent["linearity"]?.isDoubtful == true && bent.doubtful.contains { $0.name == "linearity" })
    #expect(bent.description.contains("RESET") && bent.frame.rowCount == 5)
  }

  @Test func whatCannotBeCheckedIsSaid() throws {
    var random = PCG64(seed: 2)
    let x = random.normals(shape: [30, 2])
    let y = (0..<30).map { x[$0, 0] + 0.1 * random.normal() }
    #expect(refusal { try RegressionAssumptions(x, Array(y.dropLast())) } == .shape)
    #expect(refusal { try RegressionAssumptions(x[0..<6, .all], Array(y.prefix(6))) } == .tooFewSamples)
    #expect(refusal { try RegressionAssumptions(x, [.nan] + y.dropFirst()) } == .notFinite)
    let twice = Matrix.concatenated([x, x[.all, 0..<1]], axis: 1)
    #expect(refusal { try RegressionAssumptions(twice, y) } == .parameter)
    // A column of two values has no curve to test.
    let groups = Matrix((0..<30).map { [Double($0 % 2)] })
    #expect(try RegressionAssumptions(groups, y)["linearity"]?.pValue == nil)
  }
}
