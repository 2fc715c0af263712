import COpenBLAS

/// A matrix as LAPACK wants it: columns one after the other, in a block that may be overwritten.
struct ColumnMajorMatrix<Scalar: LinearAlgebraScalar> {
  var elements: [Scalar]
  let rows: Int
  let columns: Int

  init(elements: [Scalar], rows: Int, columns: Int) {
    self.elements = elements
    self.rows = rows
    self.columns = columns
  }

  /// - Throws: `LinearAlgebraError` when the tensor is no matrix, is too long for LAPACK's integers, or not finite.
  init(_ matrix: Tensor<Scalar>, for operation: String) throws(LinearAlgebraError) {
    OpenBLASCore.select()
    guard matrix.rank == 2 else {
      throw .shape(operation, needs: "a matrix, which has two axes", found: [matrix.shape])
    }
    guard matrix.shape.allSatisfy({ $0 <= Int(Int32.max) }) else {
      throw .shape(operation, needs: "lengths up to \(Int32.max)", found: [matrix.shape])
    }
    elements = matrix.transposed().scalars
    rows = matrix.shape[0]
    columns = matrix.shape[1]
    guard elements.allSatisfy(\.isFinite) else { throw .notFinite(operation) }
  }

  /// The same for a square matrix with at least one row.
  init(square matrix: Tensor<Scalar>, for operation: String) throws(LinearAlgebraError) {
    try self.init(matrix, for: operation)
    guard rows == columns, rows > 0 else { throw .shape(operation, needs: "a square matrix", found: [matrix.shape]) }
  }

  /// The same matrix as a view that reads columns: nothing is copied.
  var tensor: Tensor<Scalar> {
    Tensor(storage: elements, shape: [rows, columns], strides: [1, max(rows, 1)], offset: 0)
  }

  /// The first `count` rows.
  func top(_ count: Int) -> Tensor<Scalar> { tensor[0..<count, .all] }
}
