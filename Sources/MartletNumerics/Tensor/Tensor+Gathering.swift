extension Tensor {
  /// The parts at given places along an axis, which the axes of `places` replace. (NumPy: `take`)
  ///
  ///     Tensor([[1, 2], [3, 4], [5, 6]]).gathered(Tensor([2, 0]))      // [[5, 6], [1, 2]]
  ///
  /// Negative places count from the end. Stops the cell where a place is outside the axis.
  /// - Complexity: O(elements of the result).
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func gathered(_ places: Tensor<Int>, axis: Int = 0) -> Tensor {
    let axis = checkedAxis(axis, "gathered")
    let before = shape[..<axis].reduce(1, *)
    let after = shape[(axis + 1)...].reduce(1, *)
    let chosen = places.scalars.map { placeOnAxis($0, axis) }
    let source = scalars
    var result: [Scalar] = []
    result.reserveCapacity(before * chosen.count * after)
    for layer in 0..<before {
      for place in chosen {
        let start = (layer * shape[axis] + place) * after
        result.append(contentsOf: source[start..<start + after])
      }
    }
    return Tensor(result, shape: shape[..<axis] + places.shape + shape[(axis + 1)...])
  }

  /// The parts whose indices along the first axes are the rows of `places`. (ONNX: `GatherND`)
  ///
  ///     Tensor([[1, 2], [3, 4]]).gatheredND(Tensor([[0, 1], [1, 0]]))      // [2, 3]
  /// - Parameters:
  ///   - places: its last axis holds up to as many indices as this tensor has axes.
  ///   - batchAxes: how many first axes both share; indices are meant within each of their layers.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func gatheredND(_ places: Tensor<Int>, batchAxes: Int = 0) -> Tensor {
    let tuples = IndexTuples(places, in: self, batchAxes: batchAxes, "gatheredND")
    let source = scalars
    let parts = tuples.starts.flatMap { source[$0..<$0 + tuples.width] }
    return Tensor(parts, shape: places.shape.dropLast() + shape[(batchAxes + tuples.length)...])
  }

  /// This tensor with the parts at the rows of `places` replaced by those of `updates`. (ONNX: `ScatterND`)
  ///
  ///     Tensor([1, 2, 3, 4]).scatteredND(Tensor([9, 8]), at: Tensor([[3], [0]]))      // [8, 2, 3, 9]
  ///
  /// Where a place occurs twice, the later update stays.
  /// - Parameters:
  ///   - updates: of the shape that ``gatheredND(_:batchAxes:)`` gives for these places.
  ///   - places: its last axis holds up to as many indices as this tensor has axes.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func scatteredND(_ updates: Tensor, at places: Tensor<Int>) -> Tensor {
    scatteringND(updates, places) { $1 }
  }

  /// This tensor with elements along an axis replaced: `taking(_:axis:)` the other way round. (NumPy:
  /// `put_along_axis`)
  ///
  ///     Tensor([[1, 2, 3]]).scattered(Tensor([[9]]), at: Tensor([[1]]), axis: 1)      // [[1, 9, 3]]
  /// - Parameters:
  ///   - updates: of the shape of `places`.
  ///   - places: as many axes as this tensor; no axis but `axis` is longer than this tensor's.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func scattered(_ updates: Tensor, at places: Tensor<Int>, axis: Int) -> Tensor {
    scattering(updates, places, axis) { $1 }
  }

  fileprivate func scatteringND(
    _ updates: Tensor, _ places: Tensor<Int>, _ join: (Scalar, Scalar) -> Scalar
  ) -> Tensor {
    let tuples = IndexTuples(places, in: self, batchAxes: 0, "scatteredND")
    let expected = places.shape.dropLast() + shape[tuples.length...]
    guard updates.shape == Array(expected) else {
      fatalError("scatteredND needs updates of shape \(Array(expected)); found \(updates.shape).")
    }
    var result = scalars
    let values = updates.scalars
    for (part, start) in tuples.starts.enumerated() {
      for i in 0..<tuples.width {
        result[start + i] = join(result[start + i], values[part * tuples.width + i])
      }
    }
    return Tensor(result, shape: shape)
  }

  fileprivate func scattering(
    _ updates: Tensor, _ places: Tensor<Int>, _ axis: Int, _ join: (Scalar, Scalar) -> Scalar
  ) -> Tensor {
    let axis = checkedAxis(axis, "scattered")
    let fits =
      places.rank == rank && updates.shape == places.shape
      && shape.indices.allSatisfy { $0 == axis || places.shape[$0] <= shape[$0] }
    guard fits else {
      fatalError(
        """
        scattered needs places within the shape \(shape) but for axis \(axis), and updates of their shape; places are \
        \(places.shape), updates \(updates.shape).
        """)
    }
    var result = scalars
    let values = updates.scalars
    let steps = Self.rowMajorStrides(shape)
    let sourceSteps = Self.rowMajorStrides(places.shape)
    for (number, place) in places.scalars.enumerated() {
      var target = placeOnAxis(place, axis) * steps[axis]
      for other in shape.indices where other != axis {
        target += number / sourceSteps[other] % places.shape[other] * steps[other]
      }
      result[target] = join(result[target], values[number])
    }
    return Tensor(result, shape: shape)
  }

  /// A place counted from the start.
  fileprivate func placeOnAxis(_ place: Int, _ axis: Int) -> Int {
    let counted = place < 0 ? place + shape[axis] : place
    guard counted >= 0, counted < shape[axis] else {
      fatalError("Index \(place) is outside axis \(axis) of a tensor of shape \(shape).")
    }
    return counted
  }
}

/// What becomes of an element and the update that meets it.
public enum ScatterCombination: Sendable { case replace, add, multiply, minimum, maximum }

extension Tensor where Scalar: TensorNumber {
  /// This tensor with the parts at the rows of `places` combined with those of `updates`; a place may occur several
  /// times. (ONNX: `ScatterND` with a reduction)
  ///
  ///     Tensor([1, 2]).scatteredND(Tensor([10, 5]), at: Tensor([[1], [1]]), combining: .add)      // [ 1, 17]
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func scatteredND(_ updates: Tensor, at places: Tensor<Int>, combining: ScatterCombination)
    -> Tensor
  {
    scatteringND(updates, places, combining.join())
  }

  /// This tensor with elements along an axis combined with updates. (ONNX: `ScatterElements` with a reduction)
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func scattered(
    _ updates: Tensor, at places: Tensor<Int>, axis: Int, combining: ScatterCombination
  ) -> Tensor { scattering(updates, places, axis, combining.join()) }
}

extension ScatterCombination {
  fileprivate func join<Scalar: TensorNumber>() -> (Scalar, Scalar) -> Scalar {
    switch self {
    case .replace: { $1 }
    case .add: { $0 + $1 }
    case .multiply: { $0 * $1 }
    case .minimum: { lesserScalar($0, $1) }
    case .maximum: { greaterScalar($0, $1) }
    }
  }
}

/// Rows of indices along the first axes of a tensor, as places in its block in row-major order.
private struct IndexTuples {
  /// How many axes a row of indices covers.
  let length: Int
  /// How many elements lie behind each.
  let width: Int
  /// Where each part starts.
  let starts: [Int]

  init<Scalar>(_ places: Tensor<Int>, in tensor: Tensor<Scalar>, batchAxes: Int, _ name: String) {
    let fits =
      batchAxes >= 0 && places.rank > batchAxes
      && (places.shape.last ?? 0) + batchAxes <= tensor.rank
      && places.shape[..<batchAxes] == tensor.shape[..<batchAxes]
    guard fits, let length = places.shape.last else {
      fatalError(
        """
        \(name) needs places whose last axis holds at most as many indices as there are axes, and whose first \
        \(batchAxes) are the tensor's; the tensor is \(tensor.shape), places are \(places.shape).
        """)
    }
    let steps = Tensor<Scalar>.rowMajorStrides(tensor.shape)
    let layers = tensor.shape[..<batchAxes].reduce(1, *)
    let layerSize = tensor.shape[batchAxes...].reduce(1, *)
    let indices = places.scalars
    let count = places.shape.dropLast().reduce(1, *)
    self.length = length
    width = tensor.shape[(batchAxes + length)...].reduce(1, *)
    starts = (0..<count).map { row in
      let layer = layers > 0 ? row / Swift.max(count / layers, 1) * layerSize : 0
      return (0..<length).reduce(layer) { start, i in
        start + tensor.placeOnAxis(indices[row * length + i], batchAxes + i) * steps[batchAxes + i]
      }
    }
  }
}
