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
  /// Where the product goes, filled with zeros.
  package let target: UnsafeMutablePointer<Scalar>

  /// For whole numbers, which BLAS does not know.
  func multiplyWithoutBLAS() {
    for i in 0..<m {
      martlet_poll()
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
  /// axis disappears from the result, so that two of them give a tensor with one ``scalar``. Transposes and slices are
  /// not copied first. Stops the cell when the inner lengths differ.
  ///
  ///     let a = Matrix([[1, 2], [3, 4]])
  ///     a • a                            // [[7.0, 10.0], [15.0, 22.0]]
  ///     a • Matrix([1, 1])               // [3.0, 7.0]
  /// - Complexity: O(m · k · n) multiplications.
  public static func • (a: Tensor, b: Tensor) -> Tensor {
    guard (1...2).contains(a.rank), (1...2).contains(b.rank), a.shape[a.rank - 1] == b.shape[0] else {
      fatalError("a • b needs the last length of a to equal the first of b: a is \(a.shape), b is \(b.shape).")
    }
    let left = a.rank == 1 ? a.part([NamedTensorIndex.newAxis]) : a
    let right = b.rank == 1 ? b.part([NamedTensorIndex.all, NamedTensorIndex.newAxis]) : b
    let product = matrixProduct(left, right)
    return product.reshaped(to: a.shape.dropLast() + b.shape.dropFirst())
  }

  private static func matrixProduct(_ a: Tensor, _ b: Tensor) -> Tensor {
    let (m, k, n) = (a.shape[0], a.shape[1], b.shape[1])
    guard m > 0, n > 0, k > 0 else { return zeros(m, n) }
    guard Swift.max(m, n, k) <= Int(Int32.max) else {
      fatalError("a • b: BLAS takes lengths up to \(Int32.max); a is \(a.shape), b is \(b.shape).")
    }
    let (left, right) = (a.acceptableToBLAS(), b.acceptableToBLAS())
    let scalars = [Scalar](unsafeUninitializedCapacity: m * n) { target, filled in
      // Neither block nor target is empty: all three lengths are positive.
      let start = target.baseAddress!
      start.initialize(repeating: 0, count: m * n)
      left.storage.withUnsafeBufferPointer { leftBlock in
        right.storage.withUnsafeBufferPointer { rightBlock in
          Scalar._multiply(
            _MatrixProduct(
              a: left.factor(leftBlock.baseAddress!), b: right.factor(rightBlock.baseAddress!), m: m, n: n, k: k,
              target: start))
        }
      }
      filled = m * n
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
  public func dot(_ other: Tensor) -> Scalar {
    guard rank == 1, other.rank == 1 else {
      fatalError("a.dot(b) needs one axis in each; a is \(shape), b is \(other.shape). The matrix product is a • b.")
    }
    return (self • other).scalar
  }
}
