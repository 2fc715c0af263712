extension Tensor {
  /// A tensor of the same shape, each element replaced by what `transform` makes of it.
  ///
  ///     Tensor([1, 2, 3]).map { Double($0) / 2 }      // [0.5, 1.0, 1.5]
  ///
  /// The functions of every element, as `exp(t)` and `t * 2`, are faster: they use the processor's vectors and all its
  /// cores.
  public func map<Result>(_ transform: (Scalar) throws -> Result) rethrows -> Tensor<Result> {
    Tensor<Result>(try scalars.map(transform), shape: shape)
  }

  /// The shape that two shapes stretch to: from the last axis on they are equal, or one of them is 1 or absent.
  package static func broadcastShape(_ a: [Int], _ b: [Int]) -> [Int]? {
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

  /// Walks two tensors side by side, stretched to a common shape, and fills a new one. `row` runs on several threads
  /// and returns whether there was a fault.
  static func combineRows<Other: TensorScalar, Result: TensorScalar>(
    _ name: String, _ a: Tensor, _ b: Tensor<Other>,
    _ row: (UnsafePointer<Scalar>, Int, UnsafePointer<Other>, Int, UnsafeMutablePointer<Result>, Int) -> Bool
  ) -> Tensor<Result> {
    if let short = combineShort(name, a, b, row) { return short }
    guard let shape = broadcastShape(a.shape, b.shape) else {
      fatalError("a \(name) b needs shapes that broadcast: a is \(a.shape), b is \(b.shape).")
    }
    // Not nil: `shape` is what both stretch to.
    let (left, right) = (a.broadcastIfPossible(to: shape)!, b.broadcastIfPossible(to: shape)!)
    let walk = RowWalk(shape: shape, [(left.strides, left.offset), (right.strides, right.offset)])
    let fault = TensorFault()
    let scalars: [Result] = filledTensorBlock(shape.reduce(1, *)) { target in
      left.storage.withUnsafeBufferPointer { leftBlock in
        right.storage.withUnsafeBufferPointer { rightBlock in
          // Neither block is empty: there is something to fill.
          let (leftStart, rightStart) = (leftBlock.baseAddress!, rightBlock.baseAddress!)
          walk.forEachPart(filling: MemoryLayout<Result>.stride) { places, done, count in
            fault.note(
              row(
                leftStart + places[0], walk.rowStrides[0], rightStart + places[1], walk.rowStrides[1], target + done,
                count))
          }
        }
      }
    }
    if fault.happened { stopAtFault(name, a.shape, b.shape) }
    return Tensor<Result>(scalars, shape: shape)
  }

  /// The same for what is too short to be shared out: two gapless tensors of one shape, or a tensor and a single number.
  /// Setting up a walk takes longer than adding up three numbers.
  private static func combineShort<Other: TensorScalar, Result: TensorScalar>(
    _ name: String, _ a: Tensor, _ b: Tensor<Other>,
    _ row: (UnsafePointer<Scalar>, Int, UnsafePointer<Other>, Int, UnsafeMutablePointer<Result>, Int) -> Bool
  ) -> Tensor<Result>? {
    let (isNumber, isOther) = (b.shape.isEmpty, a.shape.isEmpty)
    guard isNumber || isOther || a.shape == b.shape else { return nil }
    let shape = isOther ? b.shape : a.shape
    let count = shape.reduce(1, *)
    guard count > 0, count < Parallel.pieceLength, a.isContiguous, b.isContiguous else { return nil }
    var isFault = false
    let scalars: [Result] = filledTensorBlock(count) { target in
      a.storage.withUnsafeBufferPointer { left in
        b.storage.withUnsafeBufferPointer { right in
          // Neither block is empty: there is something to fill.
          isFault = row(
            left.baseAddress! + a.offset, isOther ? 0 : 1, right.baseAddress! + b.offset, isNumber ? 0 : 1, target,
            count)
        }
      }
    }
    if isFault { stopAtFault(name, a.shape, b.shape) }
    return Tensor<Result>(scalars, shape: shape)
  }

  static func stopAtFault(_ name: String, _ a: [Int], _ b: [Int]) -> Never {
    let problem =
      name == "/" ? "a divisor is zero or the quotient does not fit" : "a result is too large or too small for"
    fatalError(
      "a \(name) b: \(problem) \(Scalar.self); a is \(a), b is \(b). Convert to Double (`asDouble`) for a wider range.")
  }

  /// Fills a new tensor of the same shape from rows of this one. `row` gets rows without gaps and runs on several
  /// threads.
  func mapRows<Result: TensorScalar>(
    _ row: (UnsafePointer<Scalar>, UnsafeMutablePointer<Result>, Int) -> Void
  ) -> Tensor<Result> {
    let source = isContiguous ? self : compacted()
    let scalars: [Result] = filledTensorBlock(count) { target in
      source.storage.withUnsafeBufferPointer { block in
        let start = block.baseAddress! + source.offset  // not empty: there is something to fill
        let piece = Parallel.pieceLength(filling: source.count, stride: MemoryLayout<Result>.stride)
        Parallel.forEachRange(source.count, length: piece, batch: RowWalk.batch) { _, range in
          row(start + range.lowerBound, target + range.lowerBound, range.count)
        }
      }
    }
    return Tensor<Result>(scalars, shape: shape)
  }
}

extension Tensor where Scalar: TensorNumber {
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  static func combine(_ operation: _TensorOperation, _ name: String, _ a: Tensor, _ b: Tensor) -> Tensor {
    combineRows(name, a, b) { Scalar._combine(operation, $0, $1, $2, $3, $4, $5) }
  }

  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  static func compare(_ comparison: _TensorComparison, _ name: String, _ a: Tensor, _ b: Tensor) -> Tensor<Bool> {
    combineRows(name, a, b) {
      Scalar._compare(comparison, $0, $1, $2, $3, $4, $5)
      return false
    }
  }

  /// Replaces this tensor by its combination with another one, in its own block where the shape stays.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  mutating func combine(_ operation: _TensorOperation, _ name: String, with other: Tensor) {
    guard let right = other.broadcastIfPossible(to: shape) else {
      self = Tensor.combine(operation, name, self, other)
      return
    }
    guard count > 0 else { return }
    makeWhole()
    let walk = RowWalk(shape: shape, [(strides, 0), (right.strides, right.offset)])
    let fault = TensorFault()
    storage.withUnsafeMutableBufferPointer { block in
      right.storage.withUnsafeBufferPointer { rightBlock in
        // Neither block is empty: there are elements.
        let (start, rightStart) = (block.baseAddress!, rightBlock.baseAddress!)
        walk.forEachPart(filling: nil) { places, _, count in
          let target = start + places[0]
          fault.note(
            Scalar._combine(operation, target, 1, rightStart + places[1], walk.rowStrides[1], target, count))
        }
      }
    }
    if fault.happened { Tensor.stopAtFault(name, shape, other.shape) }
  }
}

extension Tensor where Scalar: TensorFloat {
  /// A function of every element.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  package func applying(_ function: _TensorFunction) -> Tensor { mapRows { Scalar._apply(function, $0, $1, $2) } }

  /// A function of two tensors' elements, stretched to a common shape.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  package static func applying(_ function: _TensorFunctionOfTwo, _ a: Tensor, _ b: Tensor) -> Tensor {
    combineRows("\(function)", a, b) {
      Scalar._apply(function, $0, $1, $2, $3, $4, $5)
      return false
    }
  }
}
