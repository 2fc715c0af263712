import COpenBLAS

/// A matrix as a rotation, a stretching along the axes and another rotation:
/// `a = left • diagonal(values) • right.transposed()`.
public struct SingularValueDecomposition: Sendable {
  /// Orthonormal columns, shape `[m, k]`.
  public let left: Matrix
  /// How much is stretched, largest first, none below 0; `k = min(m, n)` of them.
  public let values: [Double]
  /// Orthonormal columns, shape `[n, k]`. (NumPy returns the transpose, `vh`.)
  public let right: Matrix
}

extension Tensor where Scalar == Double {
  /// The singular value decomposition (LAPACK `dgesdd`). A pair of vectors' sign is not determined.
  ///
  ///     let svd = try Matrix([[3, 0], [0, -2]]).singularValueDecomposition()
  ///     svd.values      // [3.0, 2.0]
  /// - Throws: ``LinearAlgebraError`` of kind `shape`, `notFinite` or `notConverged`.
  /// - Complexity: O(m · n · min(m, n)).
  public func singularValueDecomposition() throws(LinearAlgebraError) -> SingularValueDecomposition {
    let found = try decompose(withVectors: true)
    return SingularValueDecomposition(left: found.left, values: found.values, right: found.right.transposed())
  }

  /// The singular values alone, largest first.
  public func singularValues() throws(LinearAlgebraError) -> [Double] { try decompose(withVectors: false).values }

  private func decompose(
    withVectors: Bool
  ) throws(LinearAlgebraError) -> (left: Matrix, values: [Double], right: Matrix) {
    var a = try ColumnMajorMatrix(self, for: "singularValueDecomposition")
    let k = Swift.min(a.rows, a.columns)
    guard k > 0 else {
      throw .shape("singularValueDecomposition", needs: "a matrix with at least one element", found: [shape])
    }
    var (m, n, short, info) = (Int32(a.rows), Int32(a.columns), Int32(k), Int32(0))
    var job = CChar(withVectors ? 83 : 78)  // "S" or "N"
    var values = [Double](repeating: 0, count: k)
    var left = [Double](repeating: 0, count: withVectors ? a.rows * k : 1)
    var right = [Double](repeating: 0, count: withVectors ? k * a.columns : 1)
    var integers = [Int32](repeating: 0, count: 8 * k)
    // The first call only asks how much room the second needs.
    var (workSize, ask) = (0.0, Int32(-1))
    dgesdd_(
      &job, &m, &n, &a.elements, &m, &values, &left, &m, &right, &short, &workSize, &ask, &integers, &info)
    var room = Int32(workSize)
    var work = [Double](repeating: 0, count: Int(room))
    dgesdd_(&job, &m, &n, &a.elements, &m, &values, &left, &m, &right, &short, &work, &room, &integers, &info)
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
  /// - Parameter relativeTolerance: singular values below this fraction of the largest count as zero; 1e-15 by default.
  /// - Throws: ``LinearAlgebraError`` of kind `shape`, `notFinite` or `notConverged`.
  public func pseudoInverse(relativeTolerance: Double = 1e-15) throws(LinearAlgebraError) -> Matrix {
    let svd = try singularValueDecomposition()
    let cut = relativeTolerance * svd.values[0]
    let inverses = svd.values.map { $0 > cut ? 1 / $0 : 0 }
    return (svd.right * Matrix(inverses)) • svd.left.transposed()
  }

  /// How many rows (or columns) are linearly independent. (NumPy: `matrix_rank`)
  ///
  /// - Parameter tolerance: singular values up to it count as zero; by default the rounding unit times the longer side
  ///   times the largest.
  public func matrixRank(tolerance: Double? = nil) throws(LinearAlgebraError) -> Int {
    let values = try singularValues()
    let cut = tolerance ?? values[0] * Double(Swift.max(shape[0], shape[1])) * Double.ulpOfOne
    return values.count { $0 > cut }
  }

  /// By how much an error in `b` can grow in the solution of `a • x = b`: the largest singular value over the smallest.
  ///
  ///     try Matrix.diagonal([100, 1]).conditionNumber()      // 100.0
  public func conditionNumber() throws(LinearAlgebraError) -> Double {
    let values = try singularValues()
    return values[0] / values[values.count - 1]
  }

  /// An orthonormal basis of what the matrix maps to zero, one vector a column. (SciPy: `null_space`)
  public func nullSpace() throws(LinearAlgebraError) -> Matrix {
    let rows = shape.count == 2 ? Swift.max(0, shape[1] - shape[0]) : 0
    // Rows of zeros change nothing and make every right vector known.
    let svd = try (rows > 0 ? Matrix.concatenated([self, .zeros(rows, shape[1])]) : self).singularValueDecomposition()
    let cut = svd.values[0] * Double(Swift.max(shape[0], shape[1])) * Double.ulpOfOne
    return svd.right[.all, svd.values.count { $0 > cut }...]
  }

  /// An orthonormal basis of the columns' span, one vector a column: Gram and Schmidt's aim, by singular values. (SciPy: `orth`)
  public func columnSpace() throws(LinearAlgebraError) -> Matrix {
    let svd = try singularValueDecomposition()
    let cut = svd.values[0] * Double(Swift.max(shape[0], shape[1])) * Double.ulpOfOne
    return svd.left[.all, 0..<svd.values.count { $0 > cut }]
  }
}
