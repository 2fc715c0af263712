import MartletNumerics
import Testing

@Suite struct LinearAlgebraTests {
  struct Reference: Decodable {
    let a, b, solve, inverse, cholesky, gram, tall, deficient: [[Double]]
    let determinant: Double
    let target, leastSquares, singularValues, deficientSolution, deficientSingularValues: [Double]
    let rank, deficientRank: Int
  }

  @Test func agreesWithNumPy() throws {
    let r: Reference = try ReferenceFile.read("linear-algebra")
    let a = Matrix(r.a)
    #expect(agree(try a.solve(Matrix(r.b)).scalars, r.solve.flatMap { $0 }))
    #expect(agree(try a.inverse().scalars, r.inverse.flatMap { $0 }))
    #expect(agree([try a.determinant()], [r.determinant]))
    #expect(agree(try Matrix(r.gram).cholesky().scalars, r.cholesky.flatMap { $0 }))
    let full = try Matrix(r.tall).leastSquares(Matrix(r.target))
    #expect(agree(full.solution.scalars, r.leastSquares))
    #expect(full.rank == r.rank)
    #expect(agree(full.singularValues, r.singularValues))
    let flat = try Matrix(r.deficient).leastSquares(Matrix(r.target))
    #expect(agree(flat.solution.scalars, r.deficientSolution))
    #expect(flat.rank == r.deficientRank)
    #expect(agree(flat.singularValues, r.deficientSingularValues))
  }

  @Test(arguments: [[7, 4], [4, 7], [5, 5], [1, 3], [90, 70]]) func qrIsOrthonormalTimesTriangular(shape: [Int]) throws
  {
    var random = PCG64(seed: 8)
    let a = Matrix(random.uniforms(shape[0] * shape[1]), shape: shape)
    let (q, r) = try a.qr()
    #expect(agree((q • r).scalars, a.scalars, within: 1e-12))
    #expect(agree((q.transposed() • q).scalars, Matrix.eye(q.shape[1]).scalars, within: 1e-12))
    for i in 0..<r.shape[0] { for j in 0..<min(i, r.shape[1]) { #expect(r[i, j] == 0) } }
  }

  @Test func examples() throws {
    #expect(agree(try Matrix([[3, 1], [1, 2]]).solve(Matrix([9, 8])).scalars, [2, 3]))
    #expect(agree([try Matrix([[4, -2], [1, 1]]).determinant()], [6]))
    #expect(try Matrix([[4, 2], [2, 5]]).cholesky() == Matrix([[2, 0], [1, 2]]))
    let wide = try Matrix([[1, 1]]).leastSquares(Matrix([2]))
    #expect(agree(wide.solution.scalars, [1, 1]))
    let two = try Matrix([[1, 0], [0, 2]]).leastSquares(Matrix([[1, 2], [2, 4]]))
    #expect(agree(two.solution.scalars, [1, 2, 1, 2]))
    #expect(agree(try Matrix([[0, 1], [1, 0]]).inverse().scalars, [0, 1, 1, 0]))
  }

  @Test func refusals() {
    func kind(_ work: () throws(LinearAlgebraError) -> some Any) -> LinearAlgebraError.Kind? {
      do {
        _ = try work()
        return nil
      } catch { return error.kind }
    }
    #expect(
      kind { () throws(LinearAlgebraError) in try Matrix([[1, 2], [2, 4]]).solve(Matrix([1, 1])) } == .singular)
    #expect(kind { () throws(LinearAlgebraError) in try Matrix([[1, 2]]).solve(Matrix([1])) } == .shape)
    #expect(
      kind { () throws(LinearAlgebraError) in try Matrix([[1, 2], [2, 1]]).cholesky() } == .notPositiveDefinite)
    #expect(kind { () throws(LinearAlgebraError) in try Matrix([[.nan]]).inverse() } == .notFinite)
    #expect(kind { () throws(LinearAlgebraError) in try Matrix([[1]]).leastSquares(Matrix([1, 2])) } == .shape)
    #expect(kind { () throws(LinearAlgebraError) in try Matrix([1, 2]).qr() } == .shape)
  }
}
