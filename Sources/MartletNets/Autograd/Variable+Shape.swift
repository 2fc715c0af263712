import MartletNumerics

// The same elements in another arrangement: gradients are arranged the other way round.
extension Variable {
  /// The same elements, in the same row-major order, in another shape; one length may be -1 and is worked out.
  public func reshaped(_ shape: Int...) -> Variable { reshaped(to: shape) }

  /// The same elements in another shape; one length may be -1 and is worked out.
  public func reshaped(to shape: [Int]) -> Variable {
    let old = self.shape
    return .computed(value.reshaped(to: shape), from: [self]) { [$0.reshaped(to: old)] }
  }

  /// All elements of each sample on one axis: `[n, …]` becomes `[n, -1]`.
  public func flattened(from axis: Int = 1) -> Variable {
    guard axis >= 0, axis <= rank else { fatalError("flattened(from: \(axis)): the shape \(shape) has \(rank) axes.") }
    return reshaped(to: Array(shape[..<axis]) + [shape[axis...].reduce(1, *)])
  }

  /// The last two axes exchanged.
  ///
  /// Unlike a tensor's `transposed()` the axes of a batch stay in front, as in networks one wants it.
  public func transposed() -> Variable {
    guard rank >= 2 else { fatalError("transposed() needs two axes; the shape is \(shape).") }
    var axes = Array(shape.indices)
    axes.swapAt(rank - 1, rank - 2)
    return transposed(axes: axes)
  }

  /// Axis `axes[0]` first, `axes[1]` second and so on. (PyTorch: `permute`)
  public func transposed(axes: [Int]) -> Variable {
    let axes = axes.map { $0 < 0 ? $0 + rank : $0 }
    return .computed(value.transposed(axes: axes), from: [self]) { gradient in
      var back = axes
      for (place, axis) in axes.enumerated() { back[axis] = place }
      return [gradient.transposed(axes: back)]
    }
  }

  /// Repeated along axes of length 1 and new leading ones.
  public func broadcast(to shape: [Int]) -> Variable {
    let old = self.shape
    return .computed(value.broadcast(to: shape), from: [self]) { [$0.summed(to: old)] }
  }

  /// A new axis of length 1 in front of axis `place`; -1 puts it last.
  public func addingAxis(_ place: Int) -> Variable {
    let old = shape
    return .computed(value.addingAxis(place), from: [self]) { [$0.reshaped(to: old)] }
  }

  /// Part of an axis; the others stay whole.
  ///
  ///     x.slice(axis: 1, 0..<64)
  public func slice(axis: Int, _ range: Range<Int>) -> Variable {
    let counted = value.checkedAxis(axis, "slice")
    guard range.lowerBound >= 0, range.upperBound <= shape[counted] else {
      fatalError("slice(axis: \(axis), \(range)) is outside a tensor of shape \(shape).")
    }
    return self[indices: indices(counted, range)]
  }

  /// Part of each axis, as a tensor's subscript takes it.
  public subscript(indices indices: [any TensorIndex]) -> Variable {
    let old = shape
    return .computed(value[indices: indices], from: [self]) { gradient in
      var whole = Tensor<Scalar>.zeros(shape: old)
      whole[indices: indices] = gradient
      return [whole]
    }
  }

  /// One part along an axis, which disappears.
  public func part(_ index: Int, axis: Int) -> Variable {
    let counted = value.checkedAxis(axis, "part")
    return self[indices: (0..<counted).map { _ in NamedTensorIndex.all } + [index]]
  }

  /// Equal parts along an axis. (PyTorch: `chunk`)
  public func split(into parts: Int, axis: Int) -> [Variable] {
    let counted = value.checkedAxis(axis, "split")
    guard parts > 0, shape[counted].isMultiple(of: parts) else {
      fatalError("split(into: \(parts), axis: \(axis)) does not divide a tensor of shape \(shape) evenly.")
    }
    let length = shape[counted] / parts
    return (0..<parts).map { slice(axis: counted, $0 * length..<($0 + 1) * length) }
  }

  /// Variables put one after the other along an axis.
  public static func concatenated(_ parts: [Variable], axis: Int = 0) -> Variable {
    let value = Tensor.concatenated(parts.map(\.value), axis: axis)
    let counted = value.checkedAxis(axis, "concatenated")
    let ends = parts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.shape[counted]) }
    return computed(value, from: parts) { gradient in
      zip(ends, ends.dropFirst()).map { start, end in
        gradient[indices: (0..<counted).map { _ in NamedTensorIndex.all } + [start..<end]]
      }
    }
  }

  /// Equally shaped variables along a new axis.
  public static func stacked(_ parts: [Variable], axis: Int = 0) -> Variable {
    concatenated(parts.map { $0.addingAxis(axis) }, axis: axis)
  }

  private func indices(_ axis: Int, _ range: Range<Int>) -> [any TensorIndex] {
    (0..<axis).map { _ in NamedTensorIndex.all } + [range]
  }

  /// The rows at given places of the first axis, which the axes of `places` replace: what an embedding does.
  ///
  ///     table.gathered(Tensor([3, 0]))      // [2, width] of a table [rows, width]
  public func gathered(_ places: Tensor<Int>) -> Variable {
    let (old, width) = (shape, shape.dropFirst().reduce(1, *))
    return .computed(value.gathered(places), from: [self]) { gradient in
      var sums = Tensor<Scalar>.zeros(shape: old)
      guard gradient.count > 0 else { return [sums] }
      sums.withMutableElements { target in
        gradient.withElements { source in
          for (number, place) in places.scalars.enumerated() {
            let row = place < 0 ? place + old[0] : place
            Kernels.add(source + number * width, to: target + row * width, width)
          }
        }
      }
      return [sums]
    }
  }

  /// The elements at given places along an axis, one for each place. (PyTorch: `gather`)
  public func taking(_ places: Tensor<Int>, axis: Int) -> Variable {
    let old = shape
    return .computed(value.taking(places, axis: axis), from: [self]) {
      [Tensor.zeros(shape: old).scattered($0, at: places, axis: axis, combining: .add)]
    }
  }

  /// Zeros around the elements.
  ///
  /// - Parameter widths: how many before and after, for each axis.
  public func padded(_ widths: [(before: Int, after: Int)]) -> Variable {
    guard widths.count == rank, widths.allSatisfy({ $0.before >= 0 && $0.after >= 0 }) else {
      fatalError("padded needs two widths of at least 0 for each of the \(rank) axes of shape \(shape).")
    }
    let inner: [any TensorIndex] = shape.indices.map { widths[$0].before..<widths[$0].before + shape[$0] }
    var whole = Tensor<Scalar>.zeros(shape: shape.indices.map { widths[$0].before + shape[$0] + widths[$0].after })
    whole[indices: inner] = value
    return .computed(whole, from: [self]) { [$0[indices: inner]] }
  }
}
