import Foundation
import MartletNumerics
import Testing

@Suite struct SparseMatrixTests {
  private func random(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
    var random = PCG64(seed: seed)
    let scalars = (0..<rows * columns).map { _ in random.uniform() < 0.3 ? random.standardNormal() : 0 }
    return Matrix(scalars, shape: [rows, columns])
  }

  @Test(arguments: [(7, 5), (1, 9), (40, 3), (300, 60)]) func productsAreDenseProducts(rows: Int, columns: Int) {
    let (a, b) = (random(rows, columns, seed: 1), random(columns, 4, seed: 2))
    let sparse = SparseMatrix(a)
    #expect(agree((sparse • b).scalars, (a • b).scalars, within: 1e-12))
    #expect(agree((b.transposed() • sparse.transposed()).scalars, (a • b).transposed().scalars, within: 1e-12))
    #expect(agree((sparse • SparseMatrix(b)).dense.scalars, (a • b).scalars, within: 1e-12))
    #expect(agree((sparse • b[.all, 0]).scalars, (a • b)[.all, 0].scalars, within: 1e-12))
  }

  @Test func partsAreDenseParts() {
    let a = random(8, 6, seed: 3)
    let sparse = SparseMatrix(a)
    #expect(sparse.dense == a)
    #expect(sparse.transposed().dense == a.transposed())
    #expect(sparse.rows([5, 0, 5]).dense == a[rows: [5, 0, 5]])
    #expect(sparse[2..<5].dense == a[2..<5, .all])
    #expect(sparse.columns([4, 1]).dense == a.transposed()[rows: [4, 1]].transposed())
    #expect(SparseMatrix.stacked([sparse, sparse]).dense == Matrix.concatenated([a, a], axis: 0))
    #expect(SparseMatrix.joined([sparse, sparse]).dense == Matrix.concatenated([a, a], axis: 1))
    #expect(agree(sparse.sum(axis: 0).scalars, a.sum(axis: 0).scalars))
    #expect(agree(sparse.sum(axis: 1).scalars, a.sum(axis: 1).scalars))
    #expect((0..<8).allSatisfy { i in (0..<6).allSatisfy { sparse[i, $0] == a[i, $0] } })
  }

  @Test func placesThatRepeatAreAdded() {
    let matrix = SparseMatrix(rows: [1, 0, 1, 1], columns: [2, 0, 2, 0], values: [3, 1, 4, 2], shape: [3, 3])
    #expect(matrix.dense == Matrix([[1, 0, 0], [2, 0, 7], [0, 0, 0]]))
    #expect(matrix.storedCount == 3)
  }

  @Test func filesAreChecked() throws {
    let matrix = SparseMatrix(random(4, 4, seed: 5))
    #expect(try JSONDecoder().decode(SparseMatrix.self, from: JSONEncoder().encode(matrix)) == matrix)
    for damaged in [
      #"{"columnCount":2,"rowStarts":[0,2],"columns":[1,0],"values":[1,2]}"#,
      #"{"columnCount":2,"rowStarts":[0,3],"columns":[0,1],"values":[1,2]}"#,
      #"{"columnCount":1,"rowStarts":[0,1],"columns":[1],"values":[1]}"#,
      #"{"columnCount":-1,"rowStarts":[0],"columns":[],"values":[]}"#,
      #"{"columnCount":1,"rowStarts":[],"columns":[],"values":[]}"#,
    ] {
      #expect(throws: DecodingError.self) { try JSONDecoder().decode(SparseMatrix.self, from: Data(damaged.utf8)) }
    }
  }
}
