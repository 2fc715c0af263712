import CMartletRuntime
import COpenBLAS

infix operator • : MultiplicationPrecedence

/// Cells import this name alone to have the module's operators; see `CellImports` in the engine.
public enum _MartletOperators {}

/// A product of two matrices, as the inner loop gets it: `[m, k] • [k, n]` into a gapless `[m, n]`.
public struct _MatrixProduct<Scalar: TensorNumber> {
  /// One factor: where it starts, how far apart its stored rows are, and whether it is stored transposed.
  package struct Factor {
    /// The first element.
    package let start: UnsafePointer<Scalar>
    /// How far apart stored rows are, in elements.
    package let rowLength: Int
    /// Whether the stored rows are the factor's columns.
    package let isTransposed: Bool
    /// The same in BLAS's terms.
    package var order: CBLAS_TRANSPOSE { isTransposed ? CblasTrans : CblasNoTrans }

    @inline(__always)
    func element(_ i: Int, _ j: Int) -> Scalar { isTransposed ? start[j * rowLength + i] : start[i * rowLength + j] }
  }
  /// The factors.
  package let a, b: Factor
  /// Rows and columns of the product, and the length that both factors share.
  package let m, n, k: Int
  /// Where the product goes; what is there before is not read.
  package let target: UnsafeMutablePointer<Scalar>

  /// For whole numbers, which BLAS does not know.
  func multiplyWithoutBLAS() {
    for i in 0..<m {
      martlet_poll()
      (target + i * n).update(repeating: 0, count: n)
      for p in 0..<k {
        let factor = a.element(i, p)
        for j in 0..<n { target[i * n + j] += factor * b.element(p, j) }
      }
    }
  }
}

extension Tensor where Scalar: TensorNumber {
  /// The matrix product, computed by OpenBLAS for `Float` and `Double`.
  ///
  /// `[m, k] • [k, n]` is `[m, n]`; a tensor with one axis is a row on the left and a column on the right, and that
  /// axis disappears from the result, so that two of them give a tensor with one ``scalar``. With more axes, the last two
  /// are those of the matrices and the others broadcast, as in arithmetic. Transposes and slices are not copied first.
  /// Stops the cell when the inner lengths differ.
  ///
  ///     let a = Matrix([[1, 2], [3, 4]])
  ///     a • a                            // [[7.0, 10.0], [15.0, 22.0]]
  ///     a • Matrix([1, 1])               // [3.0, 7.0]
  /// - Complexity: O(m · k · n) multiplications for each pair of matrices.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public static func • (a: Tensor, b: Tensor) -> Tensor {
    guard a.rank > 0, b.rank > 0, a.shape[a.rank - 1] == b.shape[Swift.max(b.rank - 2, 0)] else {
      fatalError("a • b needs the last length of a to equal the first of b: a is \(a.shape), b is \(b.shape).")
    }
    let left = a.rank == 1 ? a.addingAxis(0) : a
    let right = b.rank == 1 ? b.addingAxis(1) : b
    let product = left.rank == 2 && right.rank == 2 ? matrixProduct(left, right) : matrixProducts(left, right)
    var shape = product.shape
    if b.rank == 1 { shape.removeLast() }
    if a.rank == 1 { shape.remove(at: shape.count - (b.rank == 1 ? 1 : 2)) }
    return product.reshaped(to: shape)
  }

  /// The products of all pairs of matrices; the axes before the last two broadcast.
  private static func matrixProducts(_ a: Tensor, _ b: Tensor) -> Tensor {
    guard let outer = broadcastShape(a.shape.dropLast(2), b.shape.dropLast(2)) else {
      fatalError("a • b needs shapes that broadcast before the last two axes: a is \(a.shape), b is \(b.shape).")
    }
    let (m, k, n) = (a.shape[a.rank - 2], a.shape[a.rank - 1], b.shape[b.rank - 1])
    // Not nil: `outer` is what both stretch to.
    let left = a.broadcastIfPossible(to: outer + [m, k])!
    let right = b.broadcastIfPossible(to: outer + [k, n])!
    let walk = RowWalk(
      shape: outer + [1],
      [(Array(left.strides.dropLast(2)) + [1], left.offset), (Array(right.strides.dropLast(2)) + [1], right.offset)])
    var parts: [Tensor] = []
    walk.forEach(0..<(outer.contains(0) ? 0 : walk.rowCount)) { _, places in
      for i in 0..<walk.rowLength {
        martlet_poll()
        let x = Tensor(
          storage: left.storage, shape: [m, k], strides: left.strides.suffix(2),
          offset: places[0] + i * walk.rowStrides[0])
        let y = Tensor(
          storage: right.storage, shape: [k, n], strides: right.strides.suffix(2),
          offset: places[1] + i * walk.rowStrides[1])
        parts.append(matrixProduct(x, y))
      }
    }
    let scalars: [Scalar] = filledTensorBlock(outer.reduce(1, *) * m * n) { target in
      for (i, part) in parts.enumerated() {
        part.storage.withUnsafeBufferPointer { block in
          // Not empty: there is something to fill.
          (target + i * m * n).update(from: block.baseAddress!, count: m * n)
        }
      }
    }
    return Tensor(scalars, shape: outer + [m, n])
  }

  private static func matrixProduct(_ a: Tensor, _ b: Tensor) -> Tensor {
    let (m, k, n) = (a.shape[0], a.shape[1], b.shape[1])
    guard m > 0, n > 0, k > 0 else { return zeros(m, n) }
    guard Swift.max(m, n, k) <= Int(Int32.max) else {
      fatalError("a • b: BLAS takes lengths up to \(Int32.max); a is \(a.shape), b is \(b.shape).")
    }
    let (left, right) = (a.acceptableToBLAS(), b.acceptableToBLAS())
    let scalars: [Scalar] = filledTensorBlock(m * n) { target in
      left.storage.withUnsafeBufferPointer { leftBlock in
        right.storage.withUnsafeBufferPointer { rightBlock in
          // Neither block is empty: all three lengths are positive.
          Scalar._multiply(
            _MatrixProduct(
              a: left.factor(leftBlock.baseAddress!), b: right.factor(rightBlock.baseAddress!), m: m, n: n, k: k,
              target: target))
        }
      }
    }
    return Tensor(scalars, shape: [m, n])
  }

  /// BLAS reads rows (or, transposed, columns) whose elements touch and which lie a fixed distance apart, in order.
  private func acceptableToBLAS() -> Tensor {
    let isRows = (strides[1] == 1 || shape[1] == 1) && (strides[0] >= shape[1] || shape[0] == 1)
    let isColumns = (strides[0] == 1 || shape[0] == 1) && (strides[1] >= shape[0] || shape[1] == 1)
    return isRows || isColumns ? self : compacted()
  }

  private func factor(_ block: UnsafePointer<Scalar>) -> _MatrixProduct<Scalar>.Factor {
    let isRows = (strides[1] == 1 || shape[1] == 1) && (strides[0] >= shape[1] || shape[0] == 1)
    let distance = isRows ? (shape[0] == 1 ? shape[1] : strides[0]) : (shape[1] == 1 ? shape[0] : strides[1])
    return .init(start: block + offset, rowLength: distance, isTransposed: !isRows)
  }

  /// The sum of the products of corresponding elements of two equally long tensors with one axis.
  ///
  ///     Matrix([1, 2, 3]).dot(Matrix([4, 5, 6]))      // 32.0
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func dot(_ other: Tensor) -> Scalar {
    guard rank == 1, other.rank == 1 else {
      fatalError("a.dot(b) needs one axis in each; a is \(shape), b is \(other.shape). The matrix product is a • b.")
    }
    return (self • other).scalar
  }
}
