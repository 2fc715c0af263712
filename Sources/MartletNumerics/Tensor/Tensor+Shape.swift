extension Tensor {
  /// The same elements, in the same row-major order, in another shape; one length may be -1 and is worked out.
  ///
  ///     Tensor<Int>.arange(6).reshaped(2, -1)      // [[0, 1, 2], [3, 4, 5]]
  ///
  /// Stops the cell when the number of elements would change.
  public func reshaped(_ shape: Int...) -> Tensor { reshaped(to: shape) }

  /// The same elements in another shape; one length may be -1 and is worked out.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func reshaped(to shape: [Int]) -> Tensor {
    var shape = shape
    if let unknown = shape.firstIndex(of: -1) {
      let known = shape.enumerated().filter { $0.offset != unknown }.map(\.element).reduce(1, *)
      if known > 0, count.isMultiple(of: known) { shape[unknown] = count / known }
    }
    guard !shape.contains(where: { $0 < 0 }), shape.reduce(1, *) == count else {
      fatalError("reshaped(\(shape)) cannot hold the \(count) elements of a tensor of shape \(self.shape).")
    }
    let source = isContiguous ? self : compacted()
    return Tensor(
      storage: source.storage, shape: shape, strides: Self.rowMajorStrides(shape), offset: source.offset)
  }

  /// The tensor with its axes in the reverse order: for a matrix, rows become columns. A view; nothing is copied.
  ///
  ///     Tensor([[1, 2, 3], [4, 5, 6]]).transposed()      // [[1, 4], [2, 5], [3, 6]]
  /// - Complexity: O(``rank``).
  public func transposed() -> Tensor { transposed(axes: shape.indices.reversed()) }

  /// The tensor with axis `axes[0]` first, `axes[1]` second and so on. A view; nothing is copied.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func transposed(axes: [Int]) -> Tensor {
    let axes = axes.map { checkedAxis($0, "transposed") }
    guard axes.count == rank, shape.indices.allSatisfy(axes.contains) else {
      fatalError("transposed(axes: \(axes)) must name each of the \(rank) axes of shape \(shape) once.")
    }
    return Tensor(storage: storage, shape: axes.map { shape[$0] }, strides: axes.map { strides[$0] }, offset: offset)
  }

  /// All elements on one axis.
  ///
  ///     Tensor([[1, 2], [3, 4]]).flattened()      // [1, 2, 3, 4]
  public func flattened() -> Tensor { reshaped(count) }

  /// This tensor stretched to `shape` by repeating axes of length 1. A view; nothing is copied.
  ///
  ///     Tensor([1, 2]).broadcast(to: [2, 2])      // [[1, 2], [1, 2]]
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func broadcast(to shape: [Int]) -> Tensor {
    guard let result = broadcastIfPossible(to: shape) else {
      fatalError("broadcast(to: \(shape)) is not possible from \(self.shape): axes match from the last, or are 1.")
    }
    return result
  }

  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  package func broadcastIfPossible(to target: [Int]) -> Tensor? {
    let missing = target.count - rank
    guard missing >= 0 else { return nil }
    var stretched = [Int](repeating: 0, count: target.count)
    for axis in shape.indices {
      if shape[axis] == target[axis + missing] {
        stretched[axis + missing] = strides[axis]
      } else if shape[axis] != 1 {
        return nil
      }
    }
    return Tensor(storage: storage, shape: target, strides: stretched, offset: offset)
  }

  /// `axis` counted from the front; negative axes count from the back.
  package func checkedAxis(_ axis: Int, _ operation: String) -> Int {
    let counted = axis < 0 ? axis + rank : axis
    guard shape.indices.contains(counted) else {
      fatalError("\(operation): there is no axis \(axis) in a tensor of shape \(shape).")
    }
    return counted
  }

  /// Tensors put one after the other along an axis; the other axes are equally long.
  ///
  ///     Tensor.concatenated([Tensor([[1, 2]]), Tensor([[3, 4]])])      // [[1, 2], [3, 4]]
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public static func concatenated(_ parts: [Tensor], axis: Int = 0) -> Tensor {
    guard let first = parts.first else { fatalError("concatenated needs at least one tensor.") }
    let axis = first.checkedAxis(axis, "concatenated")
    var shape = first.shape
    shape[axis] = 0
    for part in parts {
      var others = part.shape
      guard others.count == shape.count else { first.stopAtUnequalParts(part, axis) }
      shape[axis] += others[axis]
      others[axis] = first.shape[axis]
      if others != first.shape { first.stopAtUnequalParts(part, axis) }
    }
    // With the joined axis in front, the parts simply follow each other.
    let order = [axis] + first.shape.indices.filter { $0 != axis }
    let scalars = parts.flatMap { $0.transposed(axes: order).scalars }
    let joined = Tensor(scalars, shape: order.map { shape[$0] })
    return joined.transposed(axes: first.shape.indices.map { order.firstIndex(of: $0)! })  // order has every axis
  }

  private func stopAtUnequalParts(_ other: Tensor, _ axis: Int) -> Never {
    fatalError("concatenated along axis \(axis) needs equal other axes: \(shape) and \(other.shape) do not fit.")
  }
}
