import CMartletRuntime

extension Tensor {
  /// This tensor as `[before, length of axis, after]`, which is all that a reduction along one axis needs to know.
  func lanes(along axis: Int, _ operation: String) -> (
    before: Int, length: Int, after: Int, block: [Scalar], reduced: [Int]
  ) {
    let axis = checkedAxis(axis, operation)
    let before = shape[..<axis].reduce(1, *)
    let after = shape[(axis + 1)...].reduce(1, *)
    var reduced = shape
    reduced[axis] = 1
    return (before, shape[axis], after, scalars, reduced)
  }

  /// Reduces every lane along `axis` to one value. `reduce` gets a lane's start and how far apart its elements are.
  func reduceLanes<Result: TensorScalar>(
    _ axis: Int, _ keepDimensions: Bool, _ operation: String, allowsEmpty: Bool = false,
    _ reduce: (UnsafePointer<Scalar>, _ stride: Int, _ count: Int) -> Result
  ) -> Tensor<Result> {
    let lanes = lanes(along: axis, operation)
    if lanes.length == 0 && !allowsEmpty {
      fatalError("\(operation) needs at least one element; axis \(axis) of shape \(shape) has none.")
    }
    var results: [Result] = []
    results.reserveCapacity(lanes.before * lanes.after)
    // An empty block has no address; one element stands in and is never read, since its lanes are empty.
    let block = lanes.block.isEmpty ? [.blank] : lanes.block
    block.withUnsafeBufferPointer { buffer in
      let start = buffer.baseAddress!  // not empty, see above
      for i in 0..<lanes.before {
        martlet_poll()
        for j in 0..<lanes.after {
          results.append(reduce(start + i * lanes.length * lanes.after + j, lanes.after, lanes.length))
        }
      }
    }
    let kept = Tensor<Result>(results, shape: lanes.reduced)
    if keepDimensions { return kept }
    let axis = checkedAxis(axis, operation)
    return kept.reshaped(to: Array(lanes.reduced[..<axis] + lanes.reduced[(axis + 1)...]))
  }
}

extension Tensor where Scalar: TensorNumber {
  /// The sum of all elements; zero when there are none.
  ///
  /// Blocks are summed pairwise, so that rounding errors do not pile up with the number of elements.
  public func sum() -> Scalar { flattened().sum(axis: 0).storage[0] }

  /// Sums along an axis, which disappears unless `keepDimensions` leaves it with length 1.
  ///
  ///     Matrix([[1, 2], [3, 4]]).sum(axis: 0)      // [4.0, 6.0]
  public func sum(axis: Int, keepDimensions: Bool = false) -> Tensor {
    reduceLanes(axis, keepDimensions, "sum", allowsEmpty: true) { Scalar._sum($0, $1, $2) }
  }

  /// The smallest element; NaN when one is NaN. Stops the cell when there are none.
  public func min() -> Scalar { flattened().min(axis: 0).storage[0] }

  /// The smallest elements along an axis.
  public func min(axis: Int, keepDimensions: Bool = false) -> Tensor {
    reduceLanes(axis, keepDimensions, "min") { lane, stride, count in
      (1..<count).reduce(lane[0]) { lesserScalar($0, lane[$1 * stride]) }
    }
  }

  /// The largest element; NaN when one is NaN. Stops the cell when there are none.
  public func max() -> Scalar { flattened().max(axis: 0).storage[0] }

  /// The largest elements along an axis.
  public func max(axis: Int, keepDimensions: Bool = false) -> Tensor {
    reduceLanes(axis, keepDimensions, "max") { lane, stride, count in
      (1..<count).reduce(lane[0]) { greaterScalar($0, lane[$1 * stride]) }
    }
  }

  /// The place of the largest element in row-major order, the first if there are several; of the first NaN if there is
  /// one.
  public func argMax() -> Int { flattened().argMax(axis: 0).storage[0] }

  /// The places of the largest elements along an axis.
  ///
  ///     Matrix([[1, 9, 2], [8, 3, 4]]).argMax(axis: 1)      // [1, 0]
  public func argMax(axis: Int, keepDimensions: Bool = false) -> Tensor<Int> {
    reduceLanes(axis, keepDimensions, "argMax") { lane, stride, count in
      (1..<count).reduce(0) { best, i in
        let (a, b) = (lane[best * stride], lane[i * stride])
        return b > a || (b != b && a == a) ? i : best
      }
    }
  }

  /// The place of the smallest element in row-major order, the first if there are several; of the first NaN if there
  /// is one.
  public func argMin() -> Int { flattened().argMin(axis: 0).storage[0] }

  /// The places of the smallest elements along an axis.
  public func argMin(axis: Int, keepDimensions: Bool = false) -> Tensor<Int> {
    reduceLanes(axis, keepDimensions, "argMin") { lane, stride, count in
      (1..<count).reduce(0) { best, i in
        let (a, b) = (lane[best * stride], lane[i * stride])
        return b < a || (b != b && a == a) ? i : best
      }
    }
  }
}

extension Tensor where Scalar: TensorFloat {
  /// The arithmetic mean of all elements; NaN when there are none.
  public func mean() -> Scalar { flattened().mean(axis: 0).storage[0] }

  /// Means along an axis.
  ///
  ///     Matrix([[1, 2], [3, 4]]).mean(axis: 1)      // [1.5, 3.5]
  public func mean(axis: Int, keepDimensions: Bool = false) -> Tensor {
    reduceLanes(axis, keepDimensions, "mean", allowsEmpty: true) { Scalar._sum($0, $1, $2) / Scalar($2) }
  }

  /// The variance of all elements: the mean squared distance from their mean, with `n - degreesOfFreedom` as divisor.
  ///
  /// - Parameter degreesOfFreedom: 0 describes these elements; 1 estimates the variance of what they were drawn from.
  ///   (NumPy: `ddof`)
  public func variance(degreesOfFreedom: Int = 0) -> Scalar {
    flattened().variance(axis: 0, degreesOfFreedom: degreesOfFreedom).storage[0]
  }

  /// Variances along an axis.
  public func variance(axis: Int, degreesOfFreedom: Int = 0, keepDimensions: Bool = false) -> Tensor {
    let distances = self - mean(axis: axis, keepDimensions: true)
    return (distances * distances).reduceLanes(axis, keepDimensions, "variance", allowsEmpty: true) {
      Scalar._sum($0, $1, $2) / Scalar(Swift.max($2 - degreesOfFreedom, 0))
    }
  }

  /// The standard deviation of all elements: the square root of the variance, in the elements' own unit.
  public func standardDeviation(degreesOfFreedom: Int = 0) -> Scalar {
    variance(degreesOfFreedom: degreesOfFreedom).squareRoot()
  }

  /// Standard deviations along an axis.
  public func standardDeviation(axis: Int, degreesOfFreedom: Int = 0, keepDimensions: Bool = false) -> Tensor {
    variance(axis: axis, degreesOfFreedom: degreesOfFreedom, keepDimensions: keepDimensions).map { $0.squareRoot() }
  }
}

extension Tensor where Scalar == Bool {
  /// How many elements are true.
  public var trueCount: Int { scalars.count { $0 } }
  /// Whether every element is true.
  public var allTrue: Bool { scalars.allSatisfy { $0 } }
  /// Whether any element is true.
  public var anyTrue: Bool { scalars.contains(true) }
}
