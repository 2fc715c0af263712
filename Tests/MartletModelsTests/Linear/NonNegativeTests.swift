import MartletDatasets
import MartletModels
import MartletNumerics
import Testing

/// Least squares with coefficients held at 0, beside scikit-learn's and SciPy's.
@Suite struct NonNegativeTests {
  struct Fit: Decodable {
    let fitsIntercept, weighted: Bool
    let coefficients: [Double]
    let intercept, r2: Double
  }
  struct Problem: Decodable {
    let a: [[Double]]
    let b, solution: [Double]
    let norm: Double
  }
  struct Reference: Decodable {
    let weights: [Double]
    let fits: [Fit]
    let problems: [Problem]
  }
  private func reference() throws -> Reference { try ReferenceFile.read("positive") }

  @Test(arguments: 0..<3) func isScikitLearns(place: Int) throws {
    let (expected, weights) = (try reference().fits[place], try reference().weights)
    let patients = try Datasets.diabetes()
    let (x, y) = (try patients.matrix(except: "progression"), try patients["progression", Double.self].values())
    let model = try LinearRegression(fitsIntercept: expected.fitsIntercept, isPositive: true).fit(
      x, y, weights: expected.weighted ? weights : nil)
    #expect(agree(model.coefficients, expected.coefficients, within: 1e-9))
    #expect(agree([model.intercept, model.trainingScore], [expected.intercept, expected.r2], within: 1e-9))
    #expect(model.coefficients.contains(0) && model.coefficients.allSatisfy { $0 >= 0 })
  }

  /// The conditions of Karush, Kuhn and Tucker say whether a solution is the best one, also where there are several: no slope
  /// leads down from 0, and free coefficients have none.
  @Test(arguments: 0..<3) func isSciPys(place: Int) throws {
    let problem = try reference().problems[place]
    let (a, b) = (Matrix(problem.a), Matrix(problem.b))
    let found = Matrix(try LinearRegression(fitsIntercept: false, isPositive: true).fit(a, problem.b).coefficients)
    let missed = b - a • found
    #expect(agree([missed.norm()], [problem.norm], within: 1e-9))
    if place > 0 { #expect(agree((a • found).scalars, (a • Matrix(problem.solution)).scalars, within: 1e-7)) }
    let sizes = (a * a).sum(axis: 0).scalars.map { $0.squareRoot() }
    for (column, slope) in (missed • a).scalars.enumerated() {
      let scaled = slope / sizes[column] / b.norm()
      #expect(found[column] > 0 ? abs(scaled) < 1e-9 : found[column] == 0 && scaled < 1e-9)
    }
  }

  /// Where plain least squares has no coefficient below 0, nothing is changed.
  @Test func freeWhereNothingIsBelowZero() throws {
    var random = PCG64(seed: 4)
    let x = random.normals(shape: [50, 3])
    let y = (x • Matrix([1, 2, 3]) + 5).scalars
    let free = try LinearRegression().fit(x, y)
    #expect(agree(try LinearRegression(isPositive: true).fit(x, y).coefficients, free.coefficients))
    let against = try LinearRegression(isPositive: true).fit(x, y.map { -$0 })
    #expect(against.coefficients == [0, 0, 0] && agree([against.intercept], [-mean(y)]))
  }
}
