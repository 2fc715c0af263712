extension Tensor {
  /// A tensor of the same shape, each element replaced by what `transform` makes of it.
  ///
  ///     Tensor([1, 2, 3]).map { Double($0) / 2 }      // [0.5, 1.0, 1.5]
  public func map<Result>(_ transform: (Scalar) throws -> Result) rethrows -> Tensor<Result> {
    Tensor<Result>(try scalars.map(transform), shape: shape)
  }

  /// The shape that two shapes stretch to: from the last axis on they are equal, or one of them is 1 or absent.
  static func broadcastShape(_ a: [Int], _ b: [Int]) -> [Int]? {
    let rank = Swift.max(a.count, b.count)
    var shape = [Int](repeating: 0, count: rank)
    for axis in 0..<rank {
      let first = axis < rank - a.count ? 1 : a[axis - (rank - a.count)]
      let second = axis < rank - b.count ? 1 : b[axis - (rank - b.count)]
      guard first == second || first == 1 || second == 1 else { return nil }
      shape[axis] = first == 1 ? second : first
    }
    return shape
  }

  /// Walks two tensors side by side, stretched to a common shape, and fills a new one row by row.
  static func combineRows<Result: TensorScalar>(
    _ name: String, _ a: Tensor, _ b: Tensor,
    _ row: (UnsafePointer<Scalar>, Int, UnsafePointer<Scalar>, Int, UnsafeMutablePointer<Result>, Int) -> Void
  ) -> Tensor<Result> {
    guard let shape = broadcastShape(a.shape, b.shape) else {
      fatalError("a \(name) b needs shapes that broadcast: a is \(a.shape), b is \(b.shape).")
    }
    let count = shape.reduce(1, *)
    // Two gapless tensors of one shape, and a gapless one with a scalar, are a single long row.
    let aFlat = a.shape == shape && a.isContiguous
    let bFlat = b.shape == shape && b.isContiguous
    let isOneRow = (aFlat || a.count == 1) && (bFlat || b.count == 1)
    let walked = isOneRow ? [count] : shape
    // Not nil: `shape` is what both stretch to.
    let left = (isOneRow ? a.reshapedToOneRow(count, repeated: !aFlat) : a.broadcastIfPossible(to: shape)!)
    let right = (isOneRow ? b.reshapedToOneRow(count, repeated: !bFlat) : b.broadcastIfPossible(to: shape)!)
    let (leftStride, rightStride) = (left.strides.last ?? 0, right.strides.last ?? 0)
    // Long rows are cut so that an interrupt is noticed between the pieces.
    let rowLength = walked.last ?? 1
    let piece = 1 << 16
    let scalars = [Result](unsafeUninitializedCapacity: count) { target, filled in
      guard count > 0, let start = target.baseAddress else { return }
      start.initialize(repeating: .blank, count: count)
      var done = 0
      left.storage.withUnsafeBufferPointer { leftBlock in
        right.storage.withUnsafeBufferPointer { rightBlock in
          // Neither block is empty: count > 0.
          let (leftStart, rightStart) = (leftBlock.baseAddress!, rightBlock.baseAddress!)
          forEachRow(shape: walked, [(left.strides, left.offset), (right.strides, right.offset)]) { places in
            var from = 0
            while from < rowLength {
              let length = Swift.min(piece, rowLength - from)
              row(
                leftStart + places[0] + from * leftStride, leftStride, rightStart + places[1] + from * rightStride,
                rightStride, start + done, length)
              done += length
              from += length
            }
          }
        }
      }
      filled = count
    }
    return Tensor<Result>(scalars, shape: shape)
  }

  private func reshapedToOneRow(_ length: Int, repeated: Bool) -> Tensor {
    Tensor(storage: storage, shape: [length], strides: [repeated ? 0 : 1], offset: offset)
  }
}

extension Tensor where Scalar: TensorNumber {
  static func combine(_ operation: _TensorOperation, _ name: String, _ a: Tensor, _ b: Tensor) -> Tensor {
    combineRows(name, a, b) { Scalar._combine(operation, $0, $1, $2, $3, $4, $5) }
  }

  static func compare(_ comparison: _TensorComparison, _ name: String, _ a: Tensor, _ b: Tensor) -> Tensor<Bool> {
    combineRows(name, a, b) { Scalar._compare(comparison, $0, $1, $2, $3, $4, $5) }
  }
}
