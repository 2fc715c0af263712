import Glibc

/// Which size of a vector or matrix is meant.
public enum TensorNorm: Hashable, Sendable {
  /// The root of the sum of all squares.
  case euclidean
  /// Of a vector, the sum of the sizes; of a matrix, the largest sum of a column.
  case one
  /// Of a vector, the largest size; of a matrix, the largest sum of a row.
  case infinity
  /// Of a vector as `euclidean`; of a matrix, the largest singular value.
  case two
  /// Of a matrix, the sum of the singular values.
  case nuclear
  /// Of a vector, the p-th root of the sum of the sizes to the power p.
  case power(Double)
}

extension Tensor where Scalar: LinearAlgebraScalar {
  /// The size of a vector or a matrix; of more axes, only `euclidean`.
  ///
  ///     Matrix([3, 4]).norm()                         // 5.0
  ///     Matrix([[1, 2], [3, 4]]).norm(.one)           // 6.0
  ///
  /// Stops the cell when the norm is not one of the tensor's number of axes. (Frobenius' norm is `euclidean`.)
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func norm(_ kind: TensorNorm = .euclidean) -> Scalar {
    let sizes = abs(self)
    switch (kind, rank) {
    case (.euclidean, _), (.two, 1): return scaledLength()
    case (.one, 1): return sizes.sum()
    case (.one, 2): return count == 0 ? 0 : sizes.sum(axis: 0).max()
    case (.infinity, 1): return count == 0 ? 0 : sizes.max()
    case (.infinity, 2): return count == 0 ? 0 : sizes.sum(axis: 1).max()
    case (.power(let p), 1):
      return Scalar(Glibc.pow(Double(Tensor.applying(.pow, sizes, Tensor(scalar: Scalar(p))).sum()), 1 / p))
    case (.two, 2), (.nuclear, 2):
      guard let values = try? singularValues() else { return count == 0 ? 0 : .nan }
      return kind == .two ? values[0] : values.reduce(0, +)
    default: fatalError("norm(.\(kind)) is not one of a tensor of shape \(shape).")
    }
  }

  /// Scaled, so that squares neither overflow nor vanish.
  private func scaledLength() -> Scalar {
    guard count > 0 else { return 0 }
    let largest = abs(self).max()
    if largest == 0 || !largest.isFinite { return largest }
    let smallest = Scalar.leastNormalMagnitude.squareRoot() / Scalar.ulpOfOne
    if largest > smallest && largest < 1 / smallest { return applying(.square).sum().squareRoot() }
    return largest * (self / largest).applying(.square).sum().squareRoot()
  }

  /// The sizes of the vectors along an axis.
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func norms(axis: Int, keepDimensions: Bool = false) -> Tensor {
    applying(.square).sum(axis: axis, keepDimensions: keepDimensions).applying(.sqrt)
  }

  /// The sum of the diagonal.
  ///
  ///     Matrix([[1, 2], [3, 4]]).trace()      // 5.0
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func trace() -> Scalar { diagonal().sum() }
}
