// Reductions over several axes at once: those axes are moved to the end and joined to one.
extension Tensor where Scalar: TensorNumber {
  /// Sums over several axes, which disappear unless `keepDimensions` leaves them with length 1.
  ///
  ///     Tensor([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]).sum(axes: [0, 2])      // [14, 22]
  ///
  /// Without any axis the tensor stays as it is.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func sum(axes: [Int], keepDimensions: Bool = false) -> Tensor {
    reduced(axes, keepDimensions, "sum") { $0.sum(axis: -1) }
  }

  /// Products over several axes.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func product(axes: [Int], keepDimensions: Bool = false) -> Tensor {
    reduced(axes, keepDimensions, "product") { $0.product(axis: -1) }
  }

  /// The smallest elements over several axes.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func min(axes: [Int], keepDimensions: Bool = false) -> Tensor {
    reduced(axes, keepDimensions, "min") { $0.min(axis: -1) }
  }

  /// The largest elements over several axes.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func max(axes: [Int], keepDimensions: Bool = false) -> Tensor {
    reduced(axes, keepDimensions, "max") { $0.max(axis: -1) }
  }

  private func reduced(
    _ axes: [Int], _ keepDimensions: Bool, _ name: String, _ reduce: (Tensor) -> Tensor
  ) -> Tensor {
    let gone = axes.map { checkedAxis($0, name) }
    guard Set(gone).count == gone.count else {
      fatalError("\(name)(axes: \(axes)) names an axis twice; the tensor's shape is \(shape).")
    }
    if gone.isEmpty { return self }
    let left = shape.indices.filter { !gone.contains($0) }
    let kept = left.map { shape[$0] }
    let joined = transposed(axes: left + gone).reshaped(
      to: kept + [gone.reduce(1) { $0 * shape[$1] }])
    let result = reduce(joined)
    return keepDimensions
      ? result.reshaped(to: shape.indices.map { gone.contains($0) ? 1 : shape[$0] }) : result
  }
}

extension Tensor where Scalar: TensorFloat {
  /// Means over several axes.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func mean(axes: [Int], keepDimensions: Bool = false) -> Tensor {
    let count = axes.reduce(1) { $0 * shape[checkedAxis($1, "mean")] }
    return sum(axes: axes, keepDimensions: keepDimensions) / Scalar(count)
  }
}
