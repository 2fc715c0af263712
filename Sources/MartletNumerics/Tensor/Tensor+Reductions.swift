extension Tensor where Scalar: TensorNumber {
  /// The sum of all elements; zero when there are none.
  ///
  /// Blocks are summed pairwise, so that rounding errors do not pile up with the number of elements. A whole number
  /// that does not fit its type stops the cell.
  /// - Complexity: O(``count``), on all cores.
  public func sum() -> Scalar { reduced(.add, "sum") ?? 0 }

  /// Sums along an axis, which disappears unless `keepDimensions` leaves it with length 1.
  ///
  ///     Matrix([[1, 2], [3, 4]]).sum(axis: 0)      // [4.0, 6.0]
  public func sum(axis: Int, keepDimensions: Bool = false) -> Tensor {
    reduced(.add, axis, keepDimensions, "sum", ofNone: 0)
  }

  /// The product of all elements; one when there are none.
  ///
  ///     Tensor([2, 3, 4]).product()      // 24
  public func product() -> Scalar { reduced(.multiply, "product") ?? 1 }

  /// Products along an axis.
  public func product(axis: Int, keepDimensions: Bool = false) -> Tensor {
    reduced(.multiply, axis, keepDimensions, "product", ofNone: 1)
  }

  /// The smallest element; NaN when one is NaN. Stops the cell when there are none.
  public func min() -> Scalar { required(reduced(.minimum, "min"), "min") }

  /// The smallest elements along an axis.
  public func min(axis: Int, keepDimensions: Bool = false) -> Tensor {
    reduced(.minimum, axis, keepDimensions, "min", ofNone: nil)
  }

  /// The largest element; NaN when one is NaN. Stops the cell when there are none.
  public func max() -> Scalar { required(reduced(.maximum, "max"), "max") }

  /// The largest elements along an axis.
  public func max(axis: Int, keepDimensions: Bool = false) -> Tensor {
    reduced(.maximum, axis, keepDimensions, "max", ofNone: nil)
  }

  private func required(_ result: Scalar?, _ operation: String) -> Scalar {
    guard let result else { fatalError("\(operation) needs at least one element; the tensor's shape is \(shape).") }
    return result
  }
}

extension Tensor where Scalar: TensorFloat {
  /// The arithmetic mean of all elements; NaN when there are none.
  public func mean() -> Scalar { sum() / Scalar(count) }

  /// Means along an axis.
  ///
  ///     Matrix([[1, 2], [3, 4]]).mean(axis: 1)      // [1.5, 3.5]
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func mean(axis: Int, keepDimensions: Bool = false) -> Tensor {
    let length = Scalar(shape[checkedAxis(axis, "mean")])
    return sum(axis: axis, keepDimensions: keepDimensions) / length
  }

  /// The variance of all elements: the mean squared distance from their mean, with `n - degreesOfFreedom` as divisor.
  ///
  /// - Parameter degreesOfFreedom: 0 describes these elements; 1 estimates the variance of what they were drawn from.
  ///   (NumPy: `ddof`)
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func variance(degreesOfFreedom: Int = 0) -> Scalar {
    let source = inMemoryOrder()
    let centre = mean()
    let parts = source.storage.withUnsafeBufferPointer { block in
      Parallel.mapRanges(count, batch: RowWalk.batch) { range in
        // Not empty: a range has elements.
        Scalar._squaredDistances(
          from: centre, block.baseAddress! + source.offset + range.lowerBound, 1, range.count)
      }
    }
    return parts.reduce(0, +) / Scalar(Swift.max(count - degreesOfFreedom, 0))
  }

  /// Variances along an axis.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func variance(axis: Int, degreesOfFreedom: Int = 0, keepDimensions: Bool = false) -> Tensor {
    let length = shape[checkedAxis(axis, "variance")]
    let distances = self - mean(axis: axis, keepDimensions: true)
    return distances.applying(.square).sum(axis: axis, keepDimensions: keepDimensions)
      / Scalar(Swift.max(length - degreesOfFreedom, 0))
  }

  /// The standard deviation of all elements: the square root of the variance, in the elements' own unit.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func standardDeviation(degreesOfFreedom: Int = 0) -> Scalar {
    variance(degreesOfFreedom: degreesOfFreedom).squareRoot()
  }

  /// Standard deviations along an axis.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func standardDeviation(axis: Int, degreesOfFreedom: Int = 0, keepDimensions: Bool = false) -> Tensor {
    variance(axis: axis, degreesOfFreedom: degreesOfFreedom, keepDimensions: keepDimensions).applying(.sqrt)
  }
}
