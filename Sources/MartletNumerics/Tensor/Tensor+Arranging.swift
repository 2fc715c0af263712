extension Tensor {
  /// A view of `count` neighbours along an axis.
  func slice(_ axis: Int, _ start: Int, _ count: Int) -> Tensor {
    var view = self
    view.shape[axis] = count
    if count > 0 { view.offset += start * strides[axis] }
    return view
  }

  /// Tensors of the same shape, put one after the other along a new axis.
  ///
  ///     Tensor.stacked([Tensor([1, 2]), Tensor([3, 4])])      // [[1, 2], [3, 4]]
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public static func stacked(_ parts: [Tensor], axis: Int = 0) -> Tensor {
    guard let first = parts.first else { fatalError("stacked needs at least one tensor.") }
    if let odd = parts.firstIndex(where: { $0.shape != first.shape }) {
      fatalError("stacked needs equal shapes: part 0 is \(first.shape), part \(odd) is \(parts[odd].shape).")
    }
    let place = axis < 0 ? axis + first.rank + 1 : axis
    guard (0...first.rank).contains(place) else {
      fatalError("stacked: there is no place \(axis) for a new axis in a tensor of shape \(first.shape).")
    }
    return concatenated(parts.map { $0.addingAxis(place) }, axis: place)
  }

  /// This tensor with a new axis of length 1. A view; nothing is copied.
  ///
  ///     Tensor([1, 2]).addingAxis(1)      // [[1], [2]]
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func addingAxis(_ place: Int) -> Tensor {
    let counted = place < 0 ? place + rank + 1 : place
    guard (0...rank).contains(counted) else {
      fatalError("addingAxis: there is no place \(place) for a new axis in a tensor of shape \(shape).")
    }
    var view = self
    view.shape.insert(1, at: counted)
    view.strides.insert(0, at: counted)
    return view
  }

  /// This tensor without its axes of length 1. A view; nothing is copied. (NumPy: `squeeze`)
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func withoutSingleAxes() -> Tensor {
    var view = self
    let kept = shape.indices.filter { shape[$0] != 1 }
    (view.shape, view.strides) = (kept.map { shape[$0] }, kept.map { strides[$0] })
    return view
  }

  /// Equally long parts along an axis, as views. Stops the cell when the length does not divide.
  ///
  ///     Tensor([1, 2, 3, 4]).split(into: 2).map(\.scalars)      // [[1, 2], [3, 4]]
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func split(into parts: Int, axis: Int = 0) -> [Tensor] {
    let axis = checkedAxis(axis, "split")
    guard parts > 0, shape[axis].isMultiple(of: parts) else {
      fatalError("split(into: \(parts)) does not divide axis \(axis) of shape \(shape); split(at:) cuts anywhere.")
    }
    let length = shape[axis] / parts
    return (0..<parts).map { slice(axis, $0 * length, length) }
  }

  /// Parts along an axis, cut before each of the given places, as views.
  ///
  ///     Tensor([1, 2, 3, 4]).split(at: [1, 3]).map(\.scalars)      // [[1], [2, 3], [4]]
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func split(at places: [Int], axis: Int = 0) -> [Tensor] {
    let axis = checkedAxis(axis, "split")
    let borders = [0] + places + [shape[axis]]
    guard zip(borders, borders.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      fatalError("split(at: \(places)) needs places in order, from 0 to \(shape[axis]).")
    }
    return zip(borders, borders.dropFirst()).map { slice(axis, $0, $1 - $0) }
  }

  /// The order turned round along an axis. A view; nothing is copied.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func reversed(axis: Int) -> Tensor {
    let axis = checkedAxis(axis, "reversed")
    var view = self
    if shape[axis] > 0 { view.offset += (shape[axis] - 1) * strides[axis] }
    view.strides[axis] = -strides[axis]
    return view
  }

  /// The whole tensor so many times along each axis. (NumPy: `tile`)
  ///
  ///     Tensor([1, 2]).tiled(2, 2)      // [[1, 2, 1, 2], [1, 2, 1, 2]]
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func tiled(_ times: Int...) -> Tensor {
    guard times.allSatisfy({ $0 >= 0 }) else { fatalError("tiled(\(times)) needs numbers of at least 0.") }
    let missing = Swift.max(0, times.count - rank)
    var result = self
    for _ in 0..<missing { result = result.addingAxis(0) }
    let times = [Int](repeating: 1, count: Swift.max(0, rank - times.count)) + times
    let doubled = zip(times, result.shape).flatMap { [$0, $1] }
    for axis in result.shape.indices.reversed() { result = result.addingAxis(axis) }
    return result.broadcast(to: doubled).reshaped(
      to: stride(from: 0, to: doubled.count, by: 2).map { doubled[$0] * doubled[$0 + 1] })
  }

  /// Each element so many times in a row, along an axis. (NumPy: `repeat`)
  ///
  ///     Tensor([1, 2]).repeated(2)      // [1, 1, 2, 2]
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func repeated(_ times: Int, axis: Int = 0) -> Tensor {
    let axis = checkedAxis(axis, "repeated")
    guard times >= 0 else { fatalError("repeated(\(times)) needs a number of at least 0.") }
    var stretched = shape
    stretched.insert(times, at: axis + 1)
    var result = shape
    result[axis] *= times
    return addingAxis(axis + 1).broadcast(to: stretched).reshaped(to: result)
  }

  /// The elements moved on along an axis; what leaves at one end enters at the other. (NumPy: `roll`)
  ///
  ///     Tensor([1, 2, 3]).rolled(1)      // [3, 1, 2]
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func rolled(_ distance: Int, axis: Int = 0) -> Tensor {
    let axis = checkedAxis(axis, "rolled")
    let length = shape[axis]
    guard length > 0 else { return self }
    let cut = ((-distance) % length + length) % length
    return Tensor.concatenated([slice(axis, cut, length - cut), slice(axis, 0, cut)], axis: axis)
  }

  /// The diagonal of a matrix, `offset` places above the main one (below for negative numbers). A view.
  ///
  ///     Tensor([[1, 2], [3, 4]]).diagonal()      // [1, 4]
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func diagonal(offset distance: Int = 0) -> Tensor {
    guard rank == 2 else { fatalError("diagonal needs a matrix, which has two axes; the shape is \(shape).") }
    let (row, column) = (Swift.max(-distance, 0), Swift.max(distance, 0))
    let length = Swift.max(0, Swift.min(shape[0] - row, shape[1] - column))
    let start = length > 0 ? offset + row * strides[0] + column * strides[1] : offset
    return Tensor(storage: storage, shape: [length], strides: [strides[0] + strides[1]], offset: start)
  }

  /// Along an axis, the elements whose places are given, one for each place of `places`. (NumPy: `take_along_axis`)
  ///
  /// - Parameter places: as many axes as this tensor; the same lengths but for `axis`.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func taking(_ places: Tensor<Int>, axis: Int) -> Tensor {
    let axis = checkedAxis(axis, "taking")
    var expected = shape
    if places.rank == rank { expected[axis] = places.shape[axis] }
    guard places.shape == expected else {
      fatalError("taking(places, axis: \(axis)) needs places of shape \(expected); found \(places.shape).")
    }
    let lanes = lanes(along: axis, "taking")
    let source = lanes.source.scalars
    let count = places.shape[axis]
    let scalars = places.scalars.enumerated().map { place, index in
      let counted = index < 0 ? index + lanes.length : index
      guard counted >= 0, counted < lanes.length else {
        fatalError("Index \(index) is outside axis \(axis) of a tensor of shape \(shape).")
      }
      let layer = place / (count * lanes.after)
      return source[(layer * lanes.length + counted) * lanes.after + place % lanes.after]
    }
    return Tensor(scalars, shape: places.shape)
  }
}

extension Tensor where Scalar: TensorNumber {
  /// A matrix with these elements on its diagonal and zeros elsewhere.
  ///
  ///     Matrix.diagonal([1, 2])      // [[1.0, 0.0], [0.0, 2.0]]
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public static func diagonal(_ elements: [Scalar]) -> Tensor {
    var result = zeros(elements.count, elements.count)
    for (i, element) in elements.enumerated() { result.storage[i * elements.count + i] = element }
    return result
  }

  /// A matrix with zeros above the diagonal that is `offset` places above the main one. (NumPy: `tril`)
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func lowerTriangle(offset distance: Int = 0) -> Tensor { triangle { $1 <= $0 + distance } }

  /// A matrix with zeros below the diagonal that is `offset` places above the main one. (NumPy: `triu`)
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func upperTriangle(offset distance: Int = 0) -> Tensor { triangle { $1 >= $0 + distance } }

  private func triangle(_ isKept: (Int, Int) -> Bool) -> Tensor {
    guard rank == 2 else { fatalError("A triangle needs a matrix, which has two axes; the shape is \(shape).") }
    var result = compacted()
    for i in 0..<shape[0] {
      for j in 0..<shape[1] where !isKept(i, j) { result.storage[i * shape[1] + j] = 0 }
    }
    return result
  }
}
