import COpenBLAS

/// A square matrix taken apart once, so that equations with it are solved quickly: `a[rows: order] = lower • upper`.
public struct LUDecomposition<Scalar: LinearAlgebraScalar>: Sendable {
  /// Which row of the matrix became which.
  public let order: [Int]
  /// Ones on the diagonal, factors below it.
  public let lower: Tensor<Scalar>
  /// What elimination leaves on and above the diagonal.
  public let upper: Tensor<Scalar>
  /// 1 or -1: whether an even or odd number of rows changed places.
  let sign: Double
}

extension Tensor where Scalar: LinearAlgebraScalar {
  /// Gaussian elimination with row exchanges (LAPACK `getrf`).
  ///
  ///     let lu = try Matrix([[0, 2], [1, 3]]).lu()
  ///     lu.order                  // [1, 0]
  ///     lu.lower • lu.upper       // [[1.0, 3.0], [0.0, 2.0]]
  /// - Returns: for shape `[m, n]` and `k = min(m, n)`: `lower` of shape `[m, k]`, `upper` of shape `[k, n]`.
  /// - Throws: ``LinearAlgebraError`` of kind `shape` or `notFinite`.
  /// - Complexity: O(m · n · k).
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func lu() throws(LinearAlgebraError) -> LUDecomposition<Scalar> {
    var a = try ColumnMajorMatrix(self, for: "lu")
    let k = Swift.min(a.rows, a.columns)
    guard k > 0 else { throw .shape("lu", needs: "a matrix with at least one element", found: [shape]) }
    var (m, n, info) = (Int32(a.rows), Int32(a.columns), Int32(0))
    var pivots = [Int32](repeating: 0, count: k)
    Scalar._getrf(&m, &n, &a.elements, &m, &pivots, &info)
    var order = Array(0..<a.rows)
    var sign = 1.0
    for (row, pivot) in pivots.enumerated() where Int(pivot) - 1 != row {
      order.swapAt(row, Int(pivot) - 1)
      sign = -sign
    }
    var lower = a.tensor[.all, 0..<k].lowerTriangle(offset: -1)
    for i in 0..<k { lower[i, i] = 1 }
    return LUDecomposition(order: order, lower: lower, upper: a.top(k).upperTriangle(), sign: sign)
  }

  /// The determinant's sign and the logarithm of its size, which do not overflow. (NumPy: `slogdet`)
  ///
  /// The sign is 0 and the logarithm −∞ for a singular matrix.
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func signAndLogDeterminant() throws(LinearAlgebraError) -> (sign: Double, logarithm: Double) {
    _ = try ColumnMajorMatrix(square: self, for: "signAndLogDeterminant")
    let lu = try lu()
    let diagonal = lu.upper.diagonal().scalars
    if diagonal.contains(0) { return (0, -.infinity) }
    let negative = diagonal.count { $0 < 0 }
    return (negative.isMultiple(of: 2) ? lu.sign : -lu.sign, diagonal.reduce(0) { $0 + log(Double($1.magnitude)) })
  }
}

extension Tensor where Scalar: LinearAlgebraScalar {
  /// The `x` for which `a • x = b`, for a matrix that is triangular (LAPACK `trtrs`).
  ///
  ///     try Matrix([[2, 0], [1, 4]]).solveTriangular(Matrix([2, 9]), isLower: true)      // [1.0, 2.0]
  /// - Parameters:
  ///   - right: shape `[n]` or `[n, k]`.
  ///   - isLower: whether the lower triangle is meant; the other is not read.
  /// - Throws: ``LinearAlgebraError`` of kind `shape`, `notFinite` or `singular`.
  /// - Complexity: O(n²) for each column of `right`.
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func solveTriangular(_ right: Tensor, isLower: Bool) throws(LinearAlgebraError) -> Tensor {
    let a = try ColumnMajorMatrix(square: self, for: "solveTriangular")
    var b = try ColumnMajorMatrix(right.rank == 1 ? right.addingAxis(1) : right, for: "solveTriangular")
    guard b.rows == a.rows else {
      throw .shape("a.solveTriangular(b)", needs: "a b with as many rows", found: [shape, right.shape])
    }
    var (n, columns, info) = (Int32(a.rows), Int32(b.columns), Int32(0))
    var (triangle, transpose, diagonal) = (CChar(isLower ? 76 : 85), CChar(78), CChar(78))  // "L" or "U", "N", "N"
    Scalar._trtrs(&triangle, &transpose, &diagonal, &n, &columns, a.elements, &n, &b.elements, &n, &info)
    guard info == 0 else {
      throw LinearAlgebraError(
        kind: .singular, description: "solveTriangular: element \(info) of the diagonal is zero; the shape is \(shape)."
      )
    }
    return right.rank == 1 ? b.tensor.flattened() : b.tensor
  }

  /// The `x` for which `a • x = b`, for a symmetric positive definite matrix: twice as fast as ``solve(_:)``
  /// (LAPACK `potrf`, `potrs`).
  ///
  /// Only the lower triangle is read.
  /// - Throws: ``LinearAlgebraError`` of kind `shape`, `notFinite` or `notPositiveDefinite`.
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func solvePositiveDefinite(_ right: Tensor) throws(LinearAlgebraError) -> Tensor {
    let factor = try ColumnMajorMatrix(square: cholesky(), for: "solvePositiveDefinite")
    var b = try ColumnMajorMatrix(right.rank == 1 ? right.addingAxis(1) : right, for: "solvePositiveDefinite")
    guard b.rows == factor.rows else {
      throw .shape("a.solvePositiveDefinite(b)", needs: "a b with as many rows", found: [shape, right.shape])
    }
    var (n, columns, info, triangle) = (Int32(factor.rows), Int32(b.columns), Int32(0), CChar(76))  // "L"
    Scalar._potrs(&triangle, &n, &columns, factor.elements, &n, &b.elements, &n, &info)
    return right.rank == 1 ? b.tensor.flattened() : b.tensor
  }
}
