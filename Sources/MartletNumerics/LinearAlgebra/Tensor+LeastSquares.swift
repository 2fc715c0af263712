import COpenBLAS

/// What ``Tensor/leastSquares(_:relativeTolerance:)`` found.
public struct LeastSquaresSolution<Scalar: LinearAlgebraScalar>: Sendable {
  /// The coefficients, shape `[d]` or `[d, k]`.
  public let solution: Tensor<Scalar>
  /// How many columns of the matrix are linearly independent.
  public let rank: Int
  /// The matrix's singular values, largest first.
  public let singularValues: [Scalar]
}

extension Tensor where Scalar: LinearAlgebraScalar {
  /// The `x` that minimises `‖a • x − b‖²`, and of several the one with the smallest norm (LAPACK `gelsd`, by
  /// singular values).
  ///
  ///     let a = Matrix([[1, 0], [1, 1], [1, 2]])
  ///     try a.leastSquares(Matrix([1, 3, 5])).solution      // [1.0, 2.0]
  ///
  /// - Parameters:
  ///   - right: shape `[n]` or `[n, k]` for a matrix `[n, d]`.
  ///   - relativeTolerance: singular values below this fraction of the largest count as zero;
  ///     by default the rounding unit times the longer side.
  /// - Throws: ``LinearAlgebraError`` of kind `shape`, `notFinite` or `notConverged`.
  /// - Complexity: O(n · d²) for n ≥ d.
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func leastSquares(
    _ right: Tensor, relativeTolerance: Scalar? = nil
  ) throws(LinearAlgebraError) -> LeastSquaresSolution<Scalar> {
    var a = try ColumnMajorMatrix(self, for: "leastSquares")
    guard a.rows > 0, a.columns > 0, (1...2).contains(right.rank), right.shape[0] == a.rows else {
      throw .shape("a.leastSquares(b)", needs: "a b with as many rows as a, at least one", found: [shape, right.shape])
    }
    let columns = right.rank == 1 ? 1 : right.shape[1]
    // LAPACK returns the solution in b's place, so b is as tall as the longer of the two.
    let height = Swift.max(a.rows, a.columns)
    let padded = Tensor.concatenated([right.reshaped(a.rows, columns), .zeros(height - a.rows, columns)])
    var b = try ColumnMajorMatrix(padded, for: "leastSquares")
    let tolerance = relativeTolerance ?? Scalar.ulpOfOne * Scalar(height)
    let (singularValues, rank) = try Self.leastSquares(&a, &b, tolerance)
    let solution = b.top(a.columns)
    return LeastSquaresSolution(
      solution: right.rank == 1 ? solution.flattened() : solution, rank: rank, singularValues: singularValues)
  }

  private static func leastSquares(
    _ a: inout ColumnMajorMatrix<Scalar>, _ b: inout ColumnMajorMatrix<Scalar>, _ tolerance: Scalar
  ) throws(LinearAlgebraError) -> (singularValues: [Scalar], rank: Int) {
    var (m, n, columns, height) = (Int32(a.rows), Int32(a.columns), Int32(b.columns), Int32(b.rows))
    var (rank, info, tolerance) = (Int32(0), Int32(0), tolerance)
    var singularValues = [Scalar](repeating: 0, count: Swift.min(a.rows, a.columns))
    // The first call only asks how much room the second needs.
    var (workSize, integerSize, ask) = (Scalar(0), Int32(0), Int32(-1))
    Scalar._gelsd(
      &m, &n, &columns, &a.elements, &m, &b.elements, &height, &singularValues, &tolerance, &rank, &workSize, &ask,
      &integerSize, &info)
    var work = [Scalar](repeating: 0, count: Swift.max(Int(workSize), 1))
    var integers = [Int32](repeating: 0, count: Swift.max(Int(integerSize), 1))
    var room = Int32(work.count)
    Scalar._gelsd(
      &m, &n, &columns, &a.elements, &m, &b.elements, &height, &singularValues, &tolerance, &rank, &work, &room,
      &integers, &info)
    guard info == 0 else {
      throw LinearAlgebraError(
        kind: .notConverged,
        description: "leastSquares: the singular values of a \([a.rows, a.columns]) did not settle.")
    }
    return (singularValues, Int(rank))
  }
}
