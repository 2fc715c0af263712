extension Tensor where Scalar: TensorNumber {
  /// The elements in order along an axis, smallest first and NaN last.
  ///
  ///     Tensor([[3, 1, 2], [9, 7, 8]]).sorted()      // [[1, 2, 3], [7, 8, 9]]
  /// - Parameter axis: the last by default.
  /// - Complexity: O(n) for long axes, by digits; O(n log n) for short ones.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func sorted(axis: Int = -1) -> Tensor {
    onLastAxis(axis, "sorted") { last, length in
      var sorted = last.scalars
      sorted.withUnsafeMutableBufferPointer { block in
        guard let start = block.baseAddress, length > 0 else { return }
        let lanes = block.count / length
        Parallel.forEachRange(lanes, length: Swift.max(1, Parallel.pieceLength / length)) { _, range in
          for lane in range { Scalar._sort(start + lane * length, length) }
        }
      }
      return Tensor(sorted, shape: last.shape)
    }
  }

  /// The places that put the elements in order along an axis, smallest first and NaN last; equal elements keep their
  /// order. (NumPy: `argsort(kind="stable")`)
  ///
  ///     Tensor([30, 10, 20]).argSort()      // [1, 2, 0]
  /// - Parameter axis: the last by default.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func argSort(axis: Int = -1) -> Tensor<Int> {
    onLastAxis(axis, "argSort") { last, length in
      let source = last.scalars
      let places: [Int] = filledTensorBlock(source.count) { target in
        source.withUnsafeBufferPointer { block in
          let lanes = source.count / length
          Parallel.forEachRange(lanes, length: Swift.max(1, Parallel.pieceLength / length)) { _, range in
            for lane in range {
              // Not empty: there are elements.
              let order = Scalar._sortedPlaces(block.baseAddress! + lane * length, 1, length)
              order.withUnsafeBufferPointer { (target + lane * length).update(from: $0.baseAddress!, count: length) }
            }
          }
        }
      }
      return Tensor<Int>(places, shape: last.shape)
    }
  }

  /// The different elements, in order, how often each is there, and for each element of this tensor the place of its
  /// equal among them. NaNs count as one.
  ///
  ///     let found = Tensor([3, 1, 3]).unique()
  ///     found.values      // [1, 3]
  ///     found.counts      // [1, 2]
  ///     found.inverse     // [1, 0, 1]
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func unique() -> (values: Tensor, counts: [Int], inverse: [Int]) {
    let elements = scalars
    let order = flattened().argSort().scalars
    var (values, counts): ([Scalar], [Int]) = ([], [])
    var inverse = [Int](repeating: 0, count: elements.count)
    for place in order {
      let element = elements[place]
      if let last = values.last, last == element || (last != last && element != element) {
        counts[counts.count - 1] += 1
      } else {
        values.append(element)
        counts.append(1)
      }
      inverse[place] = values.count - 1
    }
    return (Tensor(values), counts, inverse)
  }

  /// The `count` largest elements along an axis, largest first, and their places; of equal ones the first.
  ///
  ///     Tensor([4, 9, 7]).top(2).values      // [9, 7]
  /// - Parameter axis: the last by default.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func top(_ count: Int, axis: Int = -1) -> (values: Tensor, places: Tensor<Int>) {
    let axis = checkedAxis(axis, "top")
    guard (0...shape[axis]).contains(count) else {
      fatalError("top(\(count)) needs at least that many elements along axis \(axis); the shape is \(shape).")
    }
    let length = shape[axis]
    let places: Tensor<Int> = onLastAxis(axis, "top") { last, length in
      let source = last.scalars
      var places: [Int] = []
      places.reserveCapacity(length > 0 ? source.count / length * count : 0)
      for lane in stride(from: 0, to: source.count, by: Swift.max(length, 1)) {
        let order = source.withUnsafeBufferPointer { block in
          // Not empty: there are elements. Backwards and stable: from the end, so that the first of equals comes first.
          Scalar._sortedPlaces(block.baseAddress! + lane + length - 1, -1, length)
        }
        places += order.suffix(count).reversed().map { length - 1 - $0 }
      }
      return Tensor<Int>(places, shape: last.shape.dropLast() + [length > 0 ? count : 0])
    }
    return (length == 0 ? self : taking(places, axis: axis), places)
  }

  /// Does work on a tensor whose last axis is `axis`, and puts the result's axes back.
  private func onLastAxis<Result: TensorScalar>(
    _ axis: Int, _ operation: String, _ work: (_ last: Tensor, _ length: Int) -> Tensor<Result>
  ) -> Tensor<Result> {
    let axis = checkedAxis(axis, operation)
    if axis == rank - 1 { return work(self, shape[axis]) }
    var order = Array(shape.indices)
    order.append(order.remove(at: axis))
    var back = Array(shape.indices.dropLast())
    back.insert(rank - 1, at: axis)
    return work(transposed(axes: order), shape[axis]).transposed(axes: back)
  }
}
