extension Tensor {
  /// One element of a tensor with one axis. Negative numbers count from the end.
  public subscript(_ i: Int) -> Scalar {
    get {
      if shape.count == 1, i >= 0, i < shape[0] { return storage[offset + i * strides[0]] }
      return storage[place([i])]
    }
    set {
      if shape.count == 1, i >= 0, i < shape[0], offset == 0, storage.count == shape[0], strides[0] == 1 {
        storage[i] = newValue
      } else {
        write(newValue, at: [i])
      }
    }
  }

  /// One element of a tensor with two axes: row, then column. Negative numbers count from the end.
  public subscript(_ i: Int, _ j: Int) -> Scalar {
    get {
      if shape.count == 2, i >= 0, j >= 0, i < shape[0], j < shape[1] {
        return storage[offset + i * strides[0] + j * strides[1]]
      }
      return storage[place([i, j])]
    }
    set {
      if shape.count == 2, i >= 0, j >= 0, i < shape[0], j < shape[1], offset == 0, strides[1] == 1,
        strides[0] == shape[1], storage.count == shape[0] * shape[1]
      {
        storage[i * shape[1] + j] = newValue
      } else {
        write(newValue, at: [i, j])
      }
    }
  }

  /// One element of a tensor with as many axes as there are numbers. Negative numbers count from the end.
  public subscript(_ i: Int, _ j: Int, _ k: Int, _ more: Int...) -> Scalar {
    get { storage[place([i, j, k] + more)] }
    set { write(newValue, at: [i, j, k] + more) }
  }

  /// A view of part of the first axis.
  ///
  ///     Tensor([10, 20, 30, 40])[1..<3]      // [20, 30]
  public subscript(_ first: some TensorIndex) -> Tensor {
    get { part([first]) }
    set { write(newValue, to: [first]) }
  }

  /// A view of part of the first two axes.
  ///
  ///     Tensor([[1, 2, 3], [4, 5, 6]])[.all, 1...]      // [[2, 3], [5, 6]]
  ///
  /// Assigning writes the elements, repeated where the shapes differ as in arithmetic.
  public subscript(_ first: some TensorIndex, _ second: some TensorIndex) -> Tensor {
    get { part([first, second]) }
    set { write(newValue, to: [first, second]) }
  }

  /// A view of part of the first three axes.
  public subscript(_ first: some TensorIndex, _ second: some TensorIndex, _ third: some TensorIndex) -> Tensor {
    get { part([first, second, third]) }
    set { write(newValue, to: [first, second, third]) }
  }

  /// A view of part of as many axes as there are indices, for any number of them.
  public subscript(indices indices: [any TensorIndex]) -> Tensor {
    get { part(indices) }
    set { write(newValue, to: indices) }
  }

  /// One row of a matrix, or one layer of a tensor with more axes: a view.
  ///
  ///     Tensor([[1, 2], [3, 4]]).row(1)      // [3, 4]
  public func row(_ index: Int) -> Tensor { part([index]) }

  /// One column of a matrix: a view.
  ///
  ///     Tensor([[1, 2], [3, 4]]).column(1)      // [2, 4]
  public func column(_ index: Int) -> Tensor { part([NamedTensorIndex.all, index]) }

  /// The given rows (elements along the first axis) in the given order, copied.
  ///
  ///     Tensor([[1, 2], [3, 4], [5, 6]])[rows: [2, 0]]      // [[5, 6], [1, 2]]
  public subscript(rows rows: [Int]) -> Tensor {
    guard rank > 0 else { fatalError("[rows:] needs a tensor with at least one axis.") }
    let width = shape.dropFirst().reduce(1, *)
    var scalars: [Scalar] = []
    scalars.reserveCapacity(rows.count * width)
    let source = shape.dropFirst() == [] || isContiguous ? self : compacted()
    for row in rows {
      let start = source.part([row]).offset
      // A row of nothing has no place in the block; only its number must be right.
      if width > 0 { scalars.append(contentsOf: source.storage[start..<start + width]) }
    }
    return Tensor(scalars, shape: [rows.count] + shape.dropFirst())
  }

  /// The given columns (elements along the second axis) in the given order, copied.
  ///
  ///     Tensor([[1, 2, 3], [4, 5, 6]])[columns: [2, 0]]      // [[3, 1], [6, 4]]
  public subscript(columns columns: [Int]) -> Tensor {
    guard rank > 1 else { fatalError("[columns:] needs a tensor with at least two axes; the shape is \(shape).") }
    var axes = Array(shape.indices)
    axes.swapAt(0, 1)
    return transposed(axes: axes)[rows: columns].transposed(axes: axes).compacted()
  }

  /// The elements where `mask` is true, on one axis.
  ///
  ///     var t = Tensor([5, -1, 3])
  ///     t[t .> 0]                         // [5, 3]
  ///     t[t .> 0] = Tensor([50, 30])      // t is [50, -1, 30]
  ///
  /// Assigning takes as many elements as the mask has true ones, in row-major order, or a single one for all of them.
  /// ``fill(_:where:)`` writes one number.
  public subscript(_ mask: Tensor<Bool>) -> Tensor {
    get {
      requireMask(mask)
      return Tensor(zip(scalars, mask.scalars).filter(\.1).map(\.0))
    }
    set {
      requireMask(mask)
      let places = mask.scalars.indices.filter { mask.scalars[$0] }
      let values = newValue.scalars
      guard values.count == places.count || values.count == 1 else {
        fatalError(
          "t[mask] = values needs 1 value or \(places.count), one for each true element; found \(values.count).")
      }
      makeWhole()
      for (number, place) in places.enumerated() { storage[place] = values[values.count == 1 ? 0 : number] }
    }
  }

  private func requireMask(_ mask: Tensor<Bool>) {
    guard mask.shape == shape else {
      fatalError("t[mask] needs equal shapes: t is \(shape), the mask is \(mask.shape).")
    }
  }
}

extension Tensor {
  /// Where in the block the element with these indices is.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  private func place(_ indices: [Int]) -> Int {
    guard indices.count == rank else {
      let hint = indices.count < rank ? "; for a part of it, write row(i) or t[i, .all]" : ""
      fatalError("\(indices.count) indices do not pick one element of a tensor of shape \(shape)\(hint).")
    }
    var place = offset
    for (axis, index) in indices.enumerated() {
      let counted = index < 0 ? index + shape[axis] : index
      guard counted >= 0, counted < shape[axis] else {
        fatalError("Index \(index) is outside axis \(axis) of a tensor of shape \(shape).")
      }
      place += counted * strides[axis]
    }
    return place
  }

  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  private mutating func write(_ value: Scalar, at indices: [Int]) {
    makeWhole()
    storage[place(indices)] = value
  }

  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  package func part(_ indices: [any TensorIndex]) -> Tensor {
    let taken = indices.filter { ($0 as? NamedTensorIndex)?.takesAnAxis ?? true }.count
    guard taken <= rank else { fatalError("\(taken) indices are too many for a tensor of shape \(shape).") }
    let indices = spelledOut(indices, ellipsisLength: rank - taken)
    var view = Tensor(storage: storage, shape: [], strides: [], offset: offset)
    var axis = 0
    for index in indices {
      switch index.pick(of: axis < rank ? shape[axis] : 1).content {
      case .newAxis:
        view.shape.append(1)
        view.strides.append(0)
        continue
      case .one(let position):
        view.offset += position * strides[axis]
      case .some(let start, let count, let step):
        view.offset += count > 0 ? start * strides[axis] : 0
        view.shape.append(count)
        view.strides.append(strides[axis] * step)
      }
      axis += 1
    }
    view.shape += shape[axis...]
    view.strides += strides[axis...]
    return view
  }

  /// The indices with `.all` for each axis that an ellipsis stands for.
  private func spelledOut(_ indices: [any TensorIndex], ellipsisLength: Int) -> [any TensorIndex] {
    let places = indices.indices.filter { (indices[$0] as? NamedTensorIndex)?.isEllipsis ?? false }
    guard let place = places.first else { return indices }
    guard places.count == 1 else { fatalError("One .ellipsis at most may stand between a tensor's brackets.") }
    let whole = [any TensorIndex](repeating: NamedTensorIndex.all, count: ellipsisLength)
    return indices[..<place] + whole + indices[(place + 1)...]
  }

  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  private mutating func write(_ value: Tensor, to indices: [any TensorIndex]) {
    makeWhole()
    let target = part(indices)
    guard let source = value.broadcastIfPossible(to: target.shape) else {
      fatalError("A part of shape \(target.shape) cannot be set from a tensor of shape \(value.shape).")
    }
    let rowLength = target.shape.last ?? 1
    let (targetStride, sourceStride) = (target.strides.last ?? 1, source.strides.last ?? 1)
    let layouts = [(target.strides, target.offset), (source.strides, source.offset)]
    let shape = target.shape
    // The view is forgotten before writing: while it lives, the block is shared and would be copied.
    withExtendedLifetime(source) {
      Tensor.forEachRow(shape: shape, layouts) { places in
        for i in 0..<rowLength {
          storage[places[0] + i * targetStride] = source.storage[places[1] + i * sourceStride]
        }
      }
    }
  }
}
