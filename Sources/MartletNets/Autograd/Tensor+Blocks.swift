import MartletNumerics

extension Tensor {
  /// A tensor that `fill` writes completely.
  static func filled(shape: [Int], _ fill: (UnsafeMutablePointer<Scalar>) -> Void) -> Tensor {
    Tensor(filledTensorBlock(shape.reduce(1, *), fill), shape: shape)
  }

  /// Calls `body` with the elements in row-major order; there has to be at least one.
  func withElements<Result>(_ body: (UnsafePointer<Scalar>) -> Result) -> Result {
    let source = isContiguous ? self : compacted()
    return source.storage.withUnsafeBufferPointer {
      body($0.baseAddress! + source.offset)  // not empty: the caller says so
    }
  }

  /// Lets `body` change the elements, in row-major order, in this tensor's own block; there has to be at least one.
  mutating func withMutableElements<Result>(_ body: (UnsafeMutablePointer<Scalar>) -> Result) -> Result {
    makeWhole()
    return storage.withUnsafeMutableBufferPointer { body($0.baseAddress!) }  // not empty: the caller says so
  }
}

extension Tensor where Scalar: NetScalar {
  /// Summed over the axes along which a tensor of shape `target` was repeated to get this one's shape.
  func summed(to target: [Int]) -> Tensor {
    if shape == target { return self }
    let missing = rank - target.count
    let stretched = target.indices.filter { target[$0] == 1 && shape[$0 + missing] != 1 }
    // Leading axes are joined: one pass over rows that lie one after the other.
    var sum = self
    if missing > 0 {
      let rest = Array(shape[missing...])
      sum = sum.reshaped(to: [shape[..<missing].reduce(1, *), rest.reduce(1, *)]).sum(axis: 0).reshaped(to: rest)
    }
    return stretched.isEmpty ? sum : sum.sum(axes: stretched, keepDimensions: true)
  }
}
