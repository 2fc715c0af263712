import CMartletRuntime

extension Tensor {
  /// Calls `body` with the place in the block where each innermost row starts, in row-major order.
  ///
  /// With several `layouts` (strides of the same shape and an offset) the walks run side by side.
  static func forEachRow(shape: [Int], _ layouts: [(strides: [Int], offset: Int)], _ body: ([Int]) -> Void) {
    guard !shape.contains(0) else { return }
    let outer = shape.count - 1
    var index = [Int](repeating: 0, count: Swift.max(outer, 0))
    var places = layouts.map(\.offset)
    while true {
      martlet_poll()
      body(places)
      var axis = outer - 1
      while axis >= 0 {
        index[axis] += 1
        for layout in layouts.indices { places[layout] += layouts[layout].strides[axis] }
        if index[axis] < shape[axis] { break }
        for layout in layouts.indices { places[layout] -= layouts[layout].strides[axis] * shape[axis] }
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }

  /// The same elements in a block of their own, in row-major order.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  package func compacted() -> Tensor {
    let walk = RowWalk(shape: shape, [(strides, offset)])
    let scalars: [Scalar] = filledTensorBlock(count) { target in
      storage.withUnsafeBufferPointer { source in
        let start = source.baseAddress!  // not empty: there is something to fill
        walk.forEachPart(filling: MemoryLayout<Scalar>.stride) { places, done, count in
          Scalar._gather(start + places[0], walk.rowStrides[0], target + done, count)
        }
      }
    }
    return Tensor(scalars, shape: shape)
  }

  /// Makes the block this tensor's own and free of gaps, so that it can be written to.
  package mutating func makeWhole() {
    if !isWhole { self = compacted() }
  }
}
