extension Tensor where Scalar: TensorNumber {
  /// Adds a multiple of another tensor in place: `self += factor * other`, without a tensor for the product.
  ///
  ///     var weights = Matrix([1, 2, 3])
  ///     weights.add(Matrix([10, 20, 30]), times: -0.5)      // [-4.0, -8.0, -12.0]
  /// Each product is rounded before it is added, as in the longer form. (BLAS: `axpy`)
  ///
  /// - Parameter other: of the same shape, or one that stretches to it; stops the cell otherwise.
  /// - Complexity: O(``count``), on all cores.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public mutating func add(_ other: Tensor, times factor: Scalar) {
    guard let right = other.broadcastIfPossible(to: shape) else {
      fatalError("a.add(b, times: …) needs a b that stretches to a's shape: a is \(shape), b is \(other.shape).")
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
          fault.note(
            Self.addProduct(start + places[0], rightStart + places[1], walk.rowStrides[1], factor, count))
        }
      }
    }
    if fault.happened { Tensor.stopAtFault("+", shape, other.shape) }
  }

  /// So many products at a time as stay in the nearest cache.
  @inline(__always)
  private static func addProduct(
    _ target: UnsafeMutablePointer<Scalar>, _ source: UnsafePointer<Scalar>, _ stride: Int, _ factor: Scalar,
    _ count: Int
  ) -> Bool {
    let length = Swift.min(count, 1_024)
    return withUnsafeTemporaryAllocation(of: Scalar.self, capacity: length) { room in
      let products = room.baseAddress!  // not empty: a part has elements
      var (isFault, done) = (false, 0)
      while done < count {
        let now = Swift.min(length, count - done)
        let wrong = withUnsafePointer(to: factor) {
          Scalar._combine(.multiply, source + done * stride, stride, $0, 0, products, now)
        }
        let own = target + done
        isFault = Scalar._combine(.add, own, 1, products, 1, own, now) || wrong || isFault
        done += now
      }
      return isFault
    }
  }
}
