import COpenBLAS

extension Tensor where Scalar: LinearAlgebraScalar {
  /// An orthonormal `q` and an upper triangular `r` with `q • r` equal to this matrix (LAPACK `geqrf`).
  ///
  ///     let (q, r) = try Matrix([[3, 1], [4, 2]]).qr()
  ///     q • r                           // [[3.0, 1.0], [4.0, 2.0]], to rounding
  ///
  /// - Returns: for shape `[m, n]` and `k = min(m, n)`: `q` of shape `[m, k]` and `r` of shape `[k, n]`.
  /// - Throws: ``LinearAlgebraError`` of kind `shape` or `notFinite`.
  /// - Complexity: O(m · n · k).
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func qr() throws(LinearAlgebraError) -> (q: Tensor, r: Tensor) {
    var a = try ColumnMajorMatrix(self, for: "qr")
    let k = Swift.min(a.rows, a.columns)
    guard k > 0 else { throw .shape("qr", needs: "a matrix with at least one element", found: [shape]) }
    var (m, n, reflectors, info) = (Int32(a.rows), Int32(a.columns), Int32(k), Int32(0))
    var scales = [Scalar](repeating: 0, count: k)
    var room = Int32(64 * Swift.max(a.rows, a.columns))
    var work = [Scalar](repeating: 0, count: Int(room))
    Scalar._geqrf(&m, &n, &a.elements, &m, &scales, &work, &room, &info)
    var r = Tensor.zeros(k, a.columns)
    for i in 0..<k {
      for j in i..<a.columns { r[i, j] = a.elements[j * a.rows + i] }
    }
    Scalar._orgqr(&m, &reflectors, &reflectors, &a.elements, &m, &scales, &work, &room, &info)
    let q = ColumnMajorMatrix(elements: Array(a.elements[..<(a.rows * k)]), rows: a.rows, columns: k)
    return (q.tensor, r)
  }

  /// The lower triangular `l` with `l • l.transposed()` equal to this matrix (LAPACK `potrf`).
  ///
  ///     try Matrix([[4, 2], [2, 5]]).cholesky()      // [[2.0, 0.0], [1.0, 2.0]]
  ///
  /// Only the lower triangle is read.
  /// - Throws: ``LinearAlgebraError`` of kind `shape`, `notFinite` or `notPositiveDefinite`.
  /// - Complexity: O(n³).
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func cholesky() throws(LinearAlgebraError) -> Tensor {
    var a = try ColumnMajorMatrix(self, for: "cholesky")
    guard a.rows == a.columns, a.rows > 0 else {
      throw .shape("cholesky", needs: "a square matrix", found: [shape])
    }
    var (n, info, triangle) = (Int32(a.rows), Int32(0), CChar(UInt8(ascii: "L")))
    Scalar._potrf(&triangle, &n, &a.elements, &n, &info)
    guard info == 0 else {
      throw LinearAlgebraError(
        kind: .notPositiveDefinite,
        description: "cholesky needs a positive definite matrix; the leading \(info) × \(info) part of this one is not."
      )
    }
    for column in 0..<a.rows { for row in 0..<column { a.elements[column * a.rows + row] = 0 } }
    return a.tensor
  }
}
