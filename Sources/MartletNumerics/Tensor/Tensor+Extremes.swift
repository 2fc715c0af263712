extension Tensor where Scalar: TensorNumber {
  /// The place of the largest element in row-major order, the first if there are several; of the first NaN if there is
  /// one. Stops the cell when there are no elements.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func argMax() -> Int { place(of: .maximum, "argMax") }

  /// The places of the largest elements along an axis.
  ///
  ///     Matrix([[1, 9, 2], [8, 3, 4]]).argMax(axis: 1)      // [1, 0]
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func argMax(axis: Int, keepDimensions: Bool = false) -> Tensor<Int> {
    places(of: .maximum, axis, keepDimensions, "argMax")
  }

  /// The place of the smallest element in row-major order, the first if there are several; of the first NaN if there
  /// is one. Stops the cell when there are no elements.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func argMin() -> Int { place(of: .minimum, "argMin") }

  /// The places of the smallest elements along an axis.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func argMin(axis: Int, keepDimensions: Bool = false) -> Tensor<Int> {
    places(of: .minimum, axis, keepDimensions, "argMin")
  }

  /// Finds the extreme of each piece first and then the piece's element that equals it.
  private func place(of operation: _TensorOperation, _ name: String) -> Int {
    guard count > 0 else { fatalError("\(name) needs at least one element; the tensor's shape is \(shape).") }
    let source = isContiguous ? self : compacted()
    return source.storage.withUnsafeBufferPointer { block in
      let start = block.baseAddress! + source.offset  // not empty: there are elements
      let parts = Parallel.mapRanges(count, batch: RowWalk.batch) {
        Scalar._reduce(operation, start + $0.lowerBound, 1, $0.count).value
      }
      let extreme = Scalar._reduce(operation, parts, 1, parts.count).value
      let piece = Scalar._firstPlace(of: extreme, parts, parts.count)
      let first = piece * Parallel.pieceLength
      return first + Scalar._firstPlace(of: extreme, start + first, Swift.min(Parallel.pieceLength, count - first))
    }
  }

  private func places(
    of operation: _TensorOperation, _ axis: Int, _ keepDimensions: Bool, _ name: String
  ) -> Tensor<Int> {
    reduceLanes(axis, keepDimensions, name) { lane, stride, count in
      withUnsafeTemporaryAllocation(of: Scalar.self, capacity: count) { row in
        let own = row.baseAddress!  // not empty: a lane has elements
        Scalar._gather(lane, stride, own, count)
        return Scalar._firstPlace(of: Scalar._reduce(operation, own, 1, count).value, own, count)
      }
    }
  }
}

extension Tensor where Scalar == Bool {
  /// How many elements are true.
  public var trueCount: Int {
    let source = inMemoryOrder()
    return source.storage.withUnsafeBufferPointer { block in
      Parallel.mapRanges(count, batch: RowWalk.batch) { range in
        // Not empty: a range has elements.
        let start = UnsafeRawPointer(block.baseAddress! + source.offset).assumingMemoryBound(to: UInt8.self)
        var sum = 0
        for i in range { sum &+= Int(start[i]) }
        return sum
      }.reduce(0, +)
    }
  }
  /// Whether every element is true.
  public var allTrue: Bool { scalars.allSatisfy { $0 } }
  /// Whether any element is true.
  public var anyTrue: Bool { scalars.contains(true) }

  /// How many elements are true along an axis.
  public func trueCount(axis: Int) -> Tensor<Int> {
    reduceLanes(axis, false, "trueCount") { lane, stride, count in
      var sum = 0
      for i in 0..<count where lane[i * stride] { sum += 1 }
      return sum
    }
  }
}
