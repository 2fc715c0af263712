import CMartletRuntime

extension Tensor where Scalar: TensorNumber {
  /// The running sums along an axis. (NumPy: `cumsum`)
  ///
  ///     Tensor([1, 2, 3]).cumulativeSum()      // [1, 3, 6]
  /// - Parameter axis: `nil` runs over all elements in row-major order and gives one axis.
  public func cumulativeSum(axis: Int? = nil) -> Tensor { accumulated(.add, axis, "cumulativeSum") }

  /// The running products along an axis.
  public func cumulativeProduct(axis: Int? = nil) -> Tensor { accumulated(.multiply, axis, "cumulativeProduct") }

  /// The running largest elements along an axis.
  public func cumulativeMax(axis: Int? = nil) -> Tensor { accumulated(.maximum, axis, "cumulativeMax") }

  /// The running smallest elements along an axis.
  public func cumulativeMin(axis: Int? = nil) -> Tensor { accumulated(.minimum, axis, "cumulativeMin") }

  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  private func accumulated(_ operation: _TensorOperation, _ axis: Int?, _ name: String) -> Tensor {
    guard let axis else { return flattened().accumulated(operation, 0, name) }
    let lanes = lanes(along: axis, name)
    var scalars = lanes.source.scalars
    let (length, after) = (lanes.length, lanes.after)
    let fault = scalars.withUnsafeMutableBufferPointer { block in
      guard let start = block.baseAddress else { return false }
      var fault = false
      for layer in 0..<lanes.before {
        martlet_poll()
        let first = start + layer * length * after
        if after == 1 {
          fault = accumulateScalars(operation, first, length) || fault
        } else {
          for i in 1..<Swift.max(length, 1) {
            fault =
              Scalar._combine(operation, first + (i - 1) * after, 1, first + i * after, 1, first + i * after, after)
              || fault
          }
        }
      }
      return fault
    }
    if fault { fatalError("\(name): a result does not fit \(Scalar.self); the tensor's shape is \(shape).") }
    return Tensor(scalars, shape: shape)
  }

  /// The differences of neighbours along an axis, which gets one shorter. (NumPy: `diff`)
  ///
  ///     Tensor([1, 4, 9]).differences()      // [3, 5]
  /// - Parameter axis: the last by default.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func differences(axis: Int = -1) -> Tensor {
    let axis = checkedAxis(axis, "differences")
    let length = shape[axis]
    guard length > 0 else { return self }
    return slice(axis, 1, length - 1) - slice(axis, 0, length - 1)
  }
}

/// Each element becomes its combination with the one before it.
@_specialize(where Scalar == Double)
@_specialize(where Scalar == Float)
@_specialize(where Scalar == Int)
@_specialize(where Scalar == Int32)
@_specialize(where Scalar == UInt8)
private func accumulateScalars<Scalar: TensorNumber>(
  _ operation: _TensorOperation, _ start: UnsafeMutablePointer<Scalar>, _ count: Int
) -> Bool {
  var fault = false
  for i in 1..<max(count, 1) {
    fault = Scalar._combine(operation, start + i - 1, 1, start + i, 1, start + i, 1) || fault
  }
  return fault
}
