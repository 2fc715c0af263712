import COpenBLAS

/// A matrix as a rotation, a stretching along the axes and another rotation:
/// `a = left • diagonal(values) • right.transposed()`.
public struct SingularValueDecomposition<Scalar: LinearAlgebraScalar>: Sendable {
  /// Orthonormal columns, shape `[m, k]`.
  public let left: Tensor<Scalar>
  /// How much is stretched, largest first, none below 0; `k = min(m, n)` of them.
  public let values: [Scalar]
  /// Orthonormal columns, shape `[n, k]`. (NumPy returns the transpose, `vh`.)
  public let right: Tensor<Scalar>
}

extension Tensor where Scalar: LinearAlgebraScalar {
  /// The singular value decomposition (LAPACK `gesdd`). A pair of vectors' sign is not determined.
  ///
  ///     let svd = try Matrix([[3, 0], [0, -2]]).singularValueDecomposition()
  ///     svd.values      // [3.0, 2.0]
  /// - Throws: ``LinearAlgebraError`` of kind `shape`, `notFinite` or `notConverged`.
  /// - Complexity: O(m · n · min(m, n)).
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func singularValueDecomposition() throws(LinearAlgebraError) -> SingularValueDecomposition<Scalar> {
    let found = try decompose(withVectors: true)
    return SingularValueDecomposition(left: found.left, values: found.values, right: found.right.transposed())
  }

  /// The singular values alone, largest first.
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func singularValues() throws(LinearAlgebraError) -> [Scalar] { try decompose(withVectors: false).values }

  private func decompose(
    withVectors: Bool
  ) throws(LinearAlgebraError) -> (left: Tensor, values: [Scalar], right: Tensor) {
    var a = try ColumnMajorMatrix(self, for: "singularValueDecomposition")
    let k = Swift.min(a.rows, a.columns)
    guard k > 0 else {
      throw .shape("singularValueDecomposition", needs: "a matrix with at least one element", found: [shape])
    }
    var (m, n, short, info) = (Int32(a.rows), Int32(a.columns), Int32(k), Int32(0))
    var job = CChar(withVectors ? 83 : 78)  // "S" or "N"
    var values = [Scalar](repeating: 0, count: k)
    var left = [Scalar](repeating: 0, count: withVectors ? a.rows * k : 1)
    var right = [Scalar](repeating: 0, count: withVectors ? k * a.columns : 1)
    var integers = [Int32](repeating: 0, count: 8 * k)
    // The first call only asks how much room the second needs.
    var (workSize, ask) = (Scalar(0), Int32(-1))
    Scalar._gesdd(
      &job, &m, &n, &a.elements, &m, &values, &left, &m, &right, &short, &workSize, &ask, &integers, &info)
    var room = Int32(workSize)
    var work = [Scalar](repeating: 0, count: Int(room))
    Scalar._gesdd(&job, &m, &n, &a.elements, &m, &values, &left, &m, &right, &short, &work, &room, &integers, &info)
    guard info == 0 else { throw .notConverged("singularValueDecomposition", shape) }
    guard withVectors else { return (.zeros(0, 0), values, .zeros(0, 0)) }
    return (
      ColumnMajorMatrix(elements: left, rows: a.rows, columns: k).tensor, values,
      ColumnMajorMatrix(elements: right, rows: k, columns: a.columns).tensor
    )
  }

  /// The matrix that undoes this one as far as possible, by singular values. (NumPy: `pinv`)
  ///
  ///     try Matrix([[1], [2]]).pseudoInverse()      // [[0.2, 0.4]]
  /// - Parameter relativeTolerance: singular values below this fraction of the largest count as zero; by default four and a half
  ///   rounding units, 1e-15 in double precision.
  /// - Throws: ``LinearAlgebraError`` of kind `shape`, `notFinite` or `notConverged`.
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func pseudoInverse(relativeTolerance: Scalar = 4.5 * Scalar.ulpOfOne) throws(LinearAlgebraError) -> Tensor {
    let svd = try singularValueDecomposition()
    let cut = relativeTolerance * svd.values[0]
    let inverses = svd.values.map { $0 > cut ? 1 / $0 : 0 }
    return (svd.right * Tensor(inverses)) • svd.left.transposed()
  }

  /// How many rows (or columns) are linearly independent. (NumPy: `matrix_rank`)
  ///
  /// - Parameter tolerance: singular values up to it count as zero; by default the rounding unit times the longer side
  ///   times the largest.
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func matrixRank(tolerance: Scalar? = nil) throws(LinearAlgebraError) -> Int {
    let values = try singularValues()
    let cut = tolerance ?? values[0] * Scalar(Swift.max(shape[0], shape[1])) * Scalar.ulpOfOne
    return values.count { $0 > cut }
  }

  /// By how much an error in `b` can grow in the solution of `a • x = b`: the largest singular value over the smallest.
  ///
  ///     try Matrix.diagonal([100, 1]).conditionNumber()      // 100.0
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func conditionNumber() throws(LinearAlgebraError) -> Scalar {
    let values = try singularValues()
    return values[0] / values[values.count - 1]
  }

  /// An orthonormal basis of what the matrix maps to zero, one vector a column. (SciPy: `null_space`)
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func nullSpace() throws(LinearAlgebraError) -> Tensor {
    let rows = shape.count == 2 ? Swift.max(0, shape[1] - shape[0]) : 0
    // Rows of zeros change nothing and make every right vector known.
    let svd = try (rows > 0 ? Tensor.concatenated([self, .zeros(rows, shape[1])]) : self).singularValueDecomposition()
    let cut = svd.values[0] * Scalar(Swift.max(shape[0], shape[1])) * Scalar.ulpOfOne
    return svd.right[.all, svd.values.count { $0 > cut }...]
  }

  /// An orthonormal basis of the columns' span, one vector a column: Gram and Schmidt's aim, by singular values. (SciPy: `orth`)
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func columnSpace() throws(LinearAlgebraError) -> Tensor {
    let svd = try singularValueDecomposition()
    let cut = svd.values[0] * Scalar(Swift.max(shape[0], shape[1])) * Scalar.ulpOfOne
    return svd.left[.all, 0..<svd.values.count { $0 > cut }]
  }
}
