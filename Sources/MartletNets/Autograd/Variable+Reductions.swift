import MartletNumerics

extension Variable {
  /// The sum of all elements, as a variable with no axes.
  public func sum() -> Variable {
    let old = shape
    return .computed(Tensor(scalar: value.sum()), from: [self]) { [Tensor.full($0.scalar, shape: old)] }
  }

  /// The mean of all elements, as a variable with no axes.
  public func mean() -> Variable { sum() / Scalar(Swift.max(count, 1)) }

  /// Sums along an axis, which disappears unless `keepDimensions` leaves it with length 1.
  public func sum(axis: Int, keepDimensions: Bool = false) -> Variable {
    sum(axes: [axis], keepDimensions: keepDimensions)
  }

  /// Sums along several axes, which disappear unless `keepDimensions` leaves them with length 1.
  public func sum(axes: [Int], keepDimensions: Bool = false) -> Variable {
    let (old, kept) = (shape, lengths(reducedAlong: axes))
    let sums =
      axes.count == 1
      ? value.sum(axis: axes[0], keepDimensions: keepDimensions)
      : value.sum(axes: axes, keepDimensions: keepDimensions)
    return .computed(sums, from: [self]) { [$0.reshaped(to: kept).broadcast(to: old)] }
  }

  /// Means along an axis.
  public func mean(axis: Int, keepDimensions: Bool = false) -> Variable {
    mean(axes: [axis], keepDimensions: keepDimensions)
  }

  /// Means along several axes.
  public func mean(axes: [Int], keepDimensions: Bool = false) -> Variable {
    let number = axes.reduce(1) { $0 * shape[value.checkedAxis($1, "mean")] }
    return sum(axes: axes, keepDimensions: keepDimensions) / Scalar(Swift.max(number, 1))
  }

  /// Variances along several axes: mean squared distances from the mean, with `n - degreesOfFreedom` as divisor.
  public func variance(axes: [Int], degreesOfFreedom: Int = 0, keepDimensions: Bool = false) -> Variable {
    let number = axes.reduce(1) { $0 * shape[value.checkedAxis($1, "variance")] }
    let distances = self - mean(axes: axes, keepDimensions: true)
    return distances.squared().sum(axes: axes, keepDimensions: keepDimensions) / Scalar(number - degreesOfFreedom)
  }

  /// The largest elements along an axis; the first of equal ones gets the gradient.
  public func max(axis: Int, keepDimensions: Bool = false) -> Variable {
    extreme(axis, keepDimensions, value.argMax(axis: axis, keepDimensions: true))
  }

  /// The smallest elements along an axis; the first of equal ones gets the gradient.
  public func min(axis: Int, keepDimensions: Bool = false) -> Variable {
    extreme(axis, keepDimensions, value.argMin(axis: axis, keepDimensions: true))
  }

  private func extreme(_ axis: Int, _ keepDimensions: Bool, _ places: Tensor<Int>) -> Variable {
    let found = taking(places, axis: axis)
    if keepDimensions { return found }
    var left = shape
    left.remove(at: value.checkedAxis(axis, "max"))
    return found.reshaped(to: left)
  }

  /// The shape with these axes of length 1.
  private func lengths(reducedAlong axes: [Int]) -> [Int] {
    var kept = shape
    for axis in axes { kept[value.checkedAxis(axis, "sum")] = 1 }
    return kept
  }
}
