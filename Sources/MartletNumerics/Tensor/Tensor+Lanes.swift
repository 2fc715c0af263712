import CMartletRuntime

extension Tensor {
  /// This tensor as `[before, length of axis, after]`, which is all that a reduction along one axis needs to know.
  struct Lanes {
    let before: Int
    let length: Int
    let after: Int
    /// A gapless tensor with the elements.
    let source: Tensor
    /// The shape when the axis has length 1, and when it is gone.
    let kept, reduced: [Int]
  }

  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  func lanes(along axis: Int, _ operation: String) -> Lanes {
    let axis = checkedAxis(axis, operation)
    var kept = shape
    kept[axis] = 1
    var reduced = shape
    reduced.remove(at: axis)
    return Lanes(
      before: shape[..<axis].reduce(1, *), length: shape[axis], after: shape[(axis + 1)...].reduce(1, *),
      source: isContiguous ? self : compacted(), kept: kept, reduced: reduced)
  }

  /// The same elements with the axes in the order in which they lie in memory, where that leaves no gaps: sums and
  /// extremes of everything need no copy of a transpose.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  func inMemoryOrder() -> Tensor {
    if isContiguous { return self }
    let sorted = transposed(axes: shape.indices.sorted { (strides[$0], $1) > (strides[$1], $0) })
    return sorted.isContiguous ? sorted : compacted()
  }

  /// Reduces every lane along `axis` to one value. `reduce` gets a lane's start and how far apart its elements are, and
  /// runs on several threads.
  func reduceLanes<Result: TensorScalar>(
    _ axis: Int, _ keepDimensions: Bool, _ operation: String,
    _ reduce: (UnsafePointer<Scalar>, _ stride: Int, _ count: Int) -> Result
  ) -> Tensor<Result> {
    let lanes = lanes(along: axis, operation)
    let count = lanes.before * lanes.after
    if lanes.length == 0 && count > 0 {
      fatalError("\(operation) needs at least one element; axis \(axis) of shape \(shape) has none.")
    }
    let (length, after) = (lanes.length, lanes.after)
    let results: [Result] = filledTensorBlock(count) { target in
      lanes.source.storage.withUnsafeBufferPointer { block in
        let start = block.baseAddress! + lanes.source.offset  // not empty: there are lanes with elements
        Parallel.forEachRange(
          count, length: Swift.max(1, Parallel.pieceLength / length), batch: RowWalk.batch
        ) { _, range in
          var (i, j) = range.lowerBound.quotientAndRemainder(dividingBy: after)
          for lane in range {
            target[lane] = reduce(start + i * length * after + j, after, length)
            j += 1
            if j == after { (i, j) = (i + 1, 0) }
          }
        }
      }
    }
    return Tensor<Result>(results, shape: keepDimensions ? lanes.kept : lanes.reduced)
  }
}

extension Tensor where Scalar: TensorNumber {
  /// Reduces everything to one value; `nil` where there is nothing.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  func reduced(_ operation: _TensorOperation, _ name: String) -> Scalar? {
    guard count > 0 else { return nil }
    let source = inMemoryOrder()
    let fault = TensorFault()
    let parts = source.storage.withUnsafeBufferPointer { block in
      Parallel.mapRanges(count, batch: RowWalk.batch) { range in
        // Not empty: there are elements.
        let part = Scalar._reduce(
          operation, block.baseAddress! + source.offset + range.lowerBound, 1, range.count)
        fault.note(part.fault)
        return part.value
      }
    }
    let whole = Scalar._reduce(operation, parts, 1, parts.count)
    if fault.happened || whole.fault { stopAtReductionFault(name) }
    return whole.value
  }

  /// Reduces along an axis.
  /// - Parameter ofNone: the result where the axis has no elements; without one, that stops the cell.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  func reduced(
    _ operation: _TensorOperation, _ axis: Int, _ keepDimensions: Bool, _ name: String, ofNone: Scalar?
  ) -> Tensor {
    if rank == 1, count > 0 {
      // Not nil: there are elements.
      return Tensor([reduced(operation, name)!], shape: keepDimensions ? [1] : [])
    }
    if shape[checkedAxis(axis, name)] == 0, let ofNone {
      let lanes = lanes(along: axis, name)
      return .full(ofNone, shape: keepDimensions ? lanes.kept : lanes.reduced)
    }
    let lanes = lanes(along: axis, name)
    let fault = TensorFault()
    let result: Tensor
    let shape = keepDimensions ? lanes.kept : lanes.reduced
    if lanes.after > 1 && lanes.length > 1 {
      result = Tensor(lanes.reducingRows(operation, fault), shape: shape)
    } else if lanes.after == 1 && lanes.length > 0 {
      result = Tensor(lanes.reducingEachRow(operation, fault), shape: shape)
    } else {
      result = reduceLanes(axis, keepDimensions, name) {
        let lane = Scalar._reduce(operation, $0, $1, $2)
        fault.note(lane.fault)
        return lane.value
      }
    }
    if fault.happened { stopAtReductionFault(name) }
    return result
  }

  private func stopAtReductionFault(_ name: String) -> Never {
    fatalError(
      "\(name): a result does not fit \(Scalar.self); the tensor's shape is \(shape). Convert to Double (`asDouble`).")
  }
}

extension Tensor.Lanes where Scalar: TensorNumber {
  /// Reduces lanes that lie one after the other, each without gaps.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  func reducingEachRow(_ operation: _TensorOperation, _ fault: TensorFault) -> [Scalar] {
    filledTensorBlock(before) { target in
      source.storage.withUnsafeBufferPointer { block in
        let start = block.baseAddress! + source.offset  // not empty: there are lanes with elements
        Parallel.forEachRange(before, length: Swift.max(1, Parallel.pieceLength / length), batch: RowWalk.batch) {
          _, rows in
          let first = rows.lowerBound
          fault.note(
            Scalar._reduceRows(operation, start + first * length, rows.count, length, target + first))
        }
      }
    }
  }

  /// Adds up (or multiplies, …) whole rows of `after` elements, which is how they lie in memory.
  ///
  /// Groups of rows are reduced apart, on several threads, and their results joined in order. Short rows are taken
  /// several at a time as one longer row.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  func reducingRows(_ operation: _TensorOperation, _ fault: TensorFault) -> [Scalar] {
    let groupLength = Swift.max(128, Parallel.pieceLength / after)
    let groups = Parallel.pieces(length, length: groupLength)
    let start = source.storage.withUnsafeBufferPointer { $0.baseAddress! + source.offset }  // not empty: it has rows
    var parts: [Scalar] = filledTensorBlock(before * groups * after) { target in
      withExtendedLifetime(source) {
        Parallel.forEach(before * groups, batch: RowWalk.batch) { part in
          let (layer, group) = part.quotientAndRemainder(dividingBy: groups)
          let rows = group * groupLength..<Swift.min((group + 1) * groupLength, length)
          let bad = reduceGroup(
            operation, start + (layer * length + rows.lowerBound) * after, rows.count, target + part * after)
          fault.note(bad)
        }
      }
    }
    if groups > 1 {
      let joined: [Scalar] = filledTensorBlock(before * after) { target in
        parts.withUnsafeMutableBufferPointer { block in
          for layer in 0..<before {
            let first = block.baseAddress! + layer * groups * after  // not empty: it has groups
            // Pairwise: every second group takes in its neighbour, then every fourth, and so on.
            var distance = 1
            while distance < groups {
              for group in stride(from: 0, to: groups - distance, by: 2 * distance) {
                let own = first + group * after
                fault.note(Scalar._combine(operation, own, 1, first + (group + distance) * after, 1, own, after))
              }
              distance *= 2
            }
            (target + layer * after).update(from: first, count: after)
          }
        }
      }
      parts = joined
    }
    return parts
  }

  private func reduceGroup(
    _ operation: _TensorOperation, _ start: UnsafePointer<Scalar>, _ rows: Int, _ target: UnsafeMutablePointer<Scalar>
  ) -> Bool {
    // As many rows at a time as make about 256 elements.
    let together = Swift.max(1, Swift.min(rows, 256 / after))
    let width = together * after
    var isFault = false
    withUnsafeTemporaryAllocation(of: Scalar.self, capacity: width) { sums in
      let own = sums.baseAddress!  // not empty: rows have elements
      own.update(from: start, count: width)
      let whole = rows / together
      isFault = Scalar._accumulate(operation, start + width, whole - 1, width, own)
      target.update(from: own, count: after)
      isFault = Scalar._accumulate(operation, own + after, together - 1, after, target) || isFault
      let left = whole * together
      isFault = Scalar._accumulate(operation, start + left * after, rows - left, after, target) || isFault
    }
    return isFault
  }
}
