import COpenBLAS

extension Tensor where Scalar: LinearAlgebraScalar {
  /// The `x` for which `a • x = b`, by LU decomposition with partial pivoting (LAPACK `gesv`).
  ///
  ///     let a = Matrix([[3, 1], [1, 2]])
  ///     try a.solve(Matrix([9, 8]))      // [2.0, 3.0]
  ///
  /// - Parameter right: shape `[n]` or `[n, k]` for a square matrix `[n, n]`.
  /// - Returns: the solution, in the shape of `right`.
  /// - Throws: ``LinearAlgebraError`` of kind `shape`, `notFinite` or `singular`.
  /// - Complexity: O(n³).
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func solve(_ right: Tensor) throws(LinearAlgebraError) -> Tensor {
    var a = try ColumnMajorMatrix(self, for: "solve")
    guard a.rows == a.columns, (1...2).contains(right.rank), right.shape[0] == a.rows else {
      throw .shape("a.solve(b)", needs: "a square a and a b with as many rows", found: [shape, right.shape])
    }
    var b = try ColumnMajorMatrix(right.rank == 1 ? right[.all, .newAxis] : right, for: "solve")
    if a.rows == 0 { return right }
    var (n, columns, info) = (Int32(a.rows), Int32(b.columns), Int32(0))
    var pivots = [Int32](repeating: 0, count: a.rows)
    Scalar._gesv(&n, &columns, &a.elements, &n, &pivots, &b.elements, &n, &info)
    guard info == 0 else { throw singular(info) }
    return right.rank == 1 ? b.tensor.flattened() : b.tensor
  }

  /// The matrix whose product with this one is the identity. To solve an equation, ``solve(_:)`` is faster and more
  /// exact.
  ///
  /// - Throws: ``LinearAlgebraError`` of kind `shape`, `notFinite` or `singular`.
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func inverse() throws(LinearAlgebraError) -> Tensor {
    guard rank == 2, shape[0] == shape[1] else {
      throw .shape("inverse", needs: "a square matrix", found: [shape])
    }
    return try solve(Tensor.eye(shape[0]))
  }

  /// The factor by which the matrix stretches volumes; negative when it also mirrors. (LAPACK `getrf`)
  ///
  ///     try Matrix([[4, -2], [1, 1]]).determinant()      // 6.0
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func determinant() throws(LinearAlgebraError) -> Scalar {
    var a = try ColumnMajorMatrix(self, for: "determinant")
    guard a.rows == a.columns else { throw .shape("determinant", needs: "a square matrix", found: [shape]) }
    if a.rows == 0 { return 1 }
    var (n, info) = (Int32(a.rows), Int32(0))
    var pivots = [Int32](repeating: 0, count: a.rows)
    Scalar._getrf(&n, &n, &a.elements, &n, &pivots, &info)
    return (0..<a.rows).reduce(1) { product, i in
      // Each row that changed places turns the sign.
      (Int(pivots[i]) == i + 1 ? product : -product) * a.elements[i * a.rows + i]
    }
  }

  private func singular(_ info: Int32) -> LinearAlgebraError {
    LinearAlgebraError(
      kind: .singular,
      description: """
        The matrix of shape \(shape) is singular: pivot \(info) is zero, so there is no unique solution. \
        leastSquares finds the smallest of the best ones.
        """)
  }
}
