import MartletDatasets
import MartletModels
import MartletNumerics
import Testing

/// Every solver finds scikit-learn's minimum.
@Suite struct LogisticSolverTests {
  struct Table: Decodable {
    let x: [[Double]]
    let y: [Int]
  }
  struct Fit: Decodable {
    let name: String
    let c: Double?
    let l1Ratio: Double
    let fitsIntercept, balanced: Bool
    let weights: [Double]?
    let coefficients: [[Double]]
    let intercepts: [Double]
  }
  struct Reference: Decodable {
    let data: [String: Table]
    let fits: [Fit]
  }
  private let reference: Reference
  init() throws { reference = try ReferenceFile.read("solvers") }

  private func data(_ name: String) throws -> (x: Matrix, y: [Int]) {
    if let table = reference.data[name] { return (Matrix(table.x), table.y) }
    let isWine = name == "wine"
    let frame = isWine ? try Datasets.wine() : try Datasets.breastCancer()
    let x = try frame.matrix(except: isWine ? "cultivar" : "diagnosis")
    let y =
      isWine
      ? try frame["cultivar", Int.self].values()
      : try frame["diagnosis", String.self].values().map { $0 == "benign" ? 1 : 0 }
    return (try StandardScaler().fit(x).transform(x), y)
  }

  private func method(_ fit: Fit, _ solver: LogisticSolver) -> LogisticRegression<Int> {
    LogisticRegression(
      inverseRegularization: fit.c ?? .infinity, l1Ratio: fit.l1Ratio, fitsIntercept: fit.fitsIntercept,
      tolerance: 1e-9, classWeights: fit.balanced ? .balanced : .equal, solver: solver)
  }

  @Test(arguments: 0..<10, [LogisticSolver.automatic, .lbfgs, .newtonCholesky, .saga(seed: 3)])
  func everySolverFindsTheMinimum(place: Int, solver: LogisticSolver) throws {
    let fit = reference.fits[place]
    if fit.l1Ratio > 0 && solver == .newtonCholesky { return }
    let (x, y) = try data(fit.name)
    let model = try method(fit, solver).fit(x, y, weights: fit.weights)
    #expect(model.hasConverged)
    // Without a penalty the same may be added to all classes' weights.
    let (found, known) = (model.coefficients, Matrix(fit.coefficients))
    let isFree = fit.c == nil && found.shape[0] > 1
    #expect(agree((isFree ? centred(found) : found).scalars, (isFree ? centred(known) : known).scalars, within: 1e-5))
    let (intercepts, expected) = (Matrix(model.intercepts), Matrix(fit.intercepts))
    let several = found.shape[0] > 1
    #expect(
      agree(
        several ? (intercepts - intercepts.mean()).scalars : intercepts.scalars,
        several ? (expected - expected.mean()).scalars : expected.scalars, within: 1e-5))
    // Absolute values leave exact zeros where scikit-learn has them.
    if fit.l1Ratio > 0 {
      #expect(zip(found.scalars, known.scalars).allSatisfy { ($0 == 0) == ($1 == 0) })
    }
  }

  private func centred(_ rows: Matrix) -> Matrix { rows - rows.mean(axis: 0) }

  @Test(arguments: [LogisticSolver.newtonCholesky, .saga(seed: 7)])
  func sparseSamplesGiveWhatDenseOnesGive(solver: LogisticSolver) throws {
    var random = PCG64(seed: 2)
    let x = random.normals(shape: [120, 9]).map { Swift.abs($0) < 1 ? 0 : $0 }
    for classCount in [2, 3] {
      let y = (0..<120).map { x[$0, 0] + 0.5 * x[$0, 1] > 0.3 ? classCount - 1 : $0 % 2 }
      for l1Ratio in solver == .newtonCholesky ? [0.0] : [0, 0.5] {
        let method = LogisticRegression<Int>(l1Ratio: l1Ratio, tolerance: 1e-10, solver: solver)
        let (dense, sparse) = (try method.fit(x, y), try method.fit(SparseMatrix(x), y))
        #expect(dense.hasConverged && sparse.hasConverged)
        #expect(agree(sparse.coefficients.scalars, dense.coefficients.scalars, within: 1e-7))
        #expect(agree(sparse.intercepts, dense.intercepts, within: 1e-7))
      }
    }
  }

  @Test func theSeedFixesTheWay() throws {
    let (x, y) = try data("overlapping")
    func fit(_ seed: UInt64?) throws -> Matrix {
      try LogisticRegression<Int>(maximumIterations: 3, solver: .saga(seed: seed)).fit(x, y).coefficients
    }
    #expect(try fit(1) == fit(1) && fit(1) != fit(2))
    #expect(try withRandomSeed(5) { try fit(nil) } == withRandomSeed(5) { try fit(nil) })
    let short = try LogisticRegression<Int>(maximumIterations: 3, solver: .saga(seed: 1)).fit(x, y)
    #expect(!short.hasConverged && short.iterations == 3)
  }

  /// Second derivatives need few steps, whatever the sizes of the features.
  @Test func newtonDoesNotMindTheScale() throws {
    let (x, y) = try data("overlapping")
    let stretched = x * Matrix([1e-3, 1, 1e3, 1e5])
    let method = LogisticRegression<Int>(inverseRegularization: .infinity, tolerance: 1e-9, solver: .newtonCholesky)
    let (plain, other) = (try method.fit(x, y), try method.fit(stretched, y))
    #expect(plain.iterations < 12 && other.iterations < 25)
    #expect(
      agree(
        try other.predictProbabilities(stretched).scalars, try plain.predictProbabilities(x).scalars, within: 1e-4))
  }

  @Test func refusals() throws {
    let (x, y) = try data("overlapping")
    let sparse = LogisticRegression<Int>(l1Ratio: 0.5, solver: .newtonCholesky)
    #expect(refusal { try sparse.fit(x, y) } == .parameter)
    do {
      _ = try sparse.fit(x, y)
    } catch { #expect(error.description.contains("second derivatives") && error.description.contains(".saga")) }
    let wide = SparseMatrix(rows: [0, 1], columns: [0, 19_999], values: [1, 1], shape: [2, 20_000])
    #expect(refusal { try LogisticRegression<Int>(solver: .newtonCholesky).fit(wide, [0, 1]) } == .parameter)
  }
}
