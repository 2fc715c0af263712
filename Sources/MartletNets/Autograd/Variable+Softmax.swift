import MartletNumerics

extension Variable {
  /// `eˣ` divided by its sum along an axis: numbers between 0 and 1 that sum to 1.
  public func softmax(axis: Int = -1) -> Variable { alongLastAxis(axis) { $0.lastAxisSoftmax(isLogarithm: false) } }

  /// The logarithm of ``softmax(axis:)``, exact where that is near 0.
  public func logSoftmax(axis: Int = -1) -> Variable { alongLastAxis(axis) { $0.lastAxisSoftmax(isLogarithm: true) } }

  /// The logarithm of the sum of `eˣ` along an axis, which disappears unless `keepDimensions`.
  public func logSumExp(axis: Int = -1, keepDimensions: Bool = false) -> Variable {
    // The largest is a constant here: it changes nothing in the result.
    let largest = Variable(value.max(axis: axis, keepDimensions: true))
    let sum = log(exp(self - largest).sum(axis: axis, keepDimensions: true)) + largest
    if keepDimensions { return sum }
    var left = shape
    left.remove(at: value.checkedAxis(axis, "logSumExp"))
    return sum.reshaped(to: left)
  }

  private func alongLastAxis(_ axis: Int, _ body: (Variable) -> Variable) -> Variable {
    let counted = value.checkedAxis(axis, "softmax")
    if counted == rank - 1 { return body(self) }
    var axes = Array(shape.indices)
    axes.swapAt(counted, rank - 1)
    return body(transposed(axes: axes)).transposed(axes: axes)
  }

  private func lastAxisSoftmax(isLogarithm: Bool) -> Variable {
    let width = shape[rank - 1]
    guard count > 0 else { return self }
    let (rows, shape) = (count / width, shape)
    let result = Tensor<Scalar>.filled(shape: shape) { target in
      value.withElements { x in
        Kernels.forEachRange(rows, cost: 4 * width) {
          SoftmaxKernels.forward(
            x + $0.lowerBound * width, target + $0.lowerBound * width, $0.count, width, isLogarithm)
        }
      }
    }
    return .computed(result, from: [self]) { gradient in
      [
        .filled(shape: shape) { target in
          gradient.withElements { g in
            result.withElements { y in
              Kernels.forEachRange(rows, cost: 4 * width) {
                let start = $0.lowerBound * width
                SoftmaxKernels.backward(y + start, g + start, target + start, $0.count, width, isLogarithm)
              }
            }
          }
        }
      ]
    }
  }
}

/// Softmax of rows that lie one after the other.
enum SoftmaxKernels {
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func forward<Scalar: NetScalar>(
    _ x: UnsafePointer<Scalar>, _ y: UnsafeMutablePointer<Scalar>, _ rows: Int, _ width: Int, _ isLogarithm: Bool
  ) {
    // Moved by the largest first: no power overflows, and one at least is 1.
    for row in 0..<rows {
      let (x, y) = (x + row &* width, y + row &* width)
      var largest = x[0]
      for i in 1..<max(width, 1) { largest = x[i] > largest || x[i] != x[i] ? x[i] : largest }
      // A row that is masked completely has nothing above −∞: its numbers become NaN, as elsewhere.
      for i in 0..<width { y[i] = x[i] - largest }
    }
    if isLogarithm {
      withUnsafeTemporaryAllocation(of: Scalar.self, capacity: width) { powers in
        let powers = powers.baseAddress!  // not empty: a row has elements
        for row in 0..<rows {
          let y = y + row &* width
          Scalar._apply(.exp, y, powers, width)
          var total = Kernels.sum(width) { powers[$0] }
          withUnsafeMutablePointer(to: &total) { Scalar._apply(.log, $0, $0, 1) }
          for i in 0..<width { y[i] -= total }
        }
      }
    } else {
      Scalar._apply(.exp, y, y, rows * width)
      for row in 0..<rows {
        let y = y + row &* width
        let factor = 1 / Kernels.sum(width) { y[$0] }
        for i in 0..<width { y[i] *= factor }
      }
    }
  }

  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func backward<Scalar: NetScalar>(
    _ y: UnsafePointer<Scalar>, _ g: UnsafePointer<Scalar>, _ target: UnsafeMutablePointer<Scalar>, _ rows: Int,
    _ width: Int, _ isLogarithm: Bool
  ) {
    if isLogarithm { Scalar._apply(.exp, y, target, rows * width) }
    for row in 0..<rows {
      let (y, g, target) = (y + row &* width, g + row &* width, target + row &* width)
      if isLogarithm {
        let total = Kernels.sum(width) { g[$0] }
        for i in 0..<width { target[i] = g[i] - target[i] * total }
      } else {
        let total = Kernels.sum(width) { g[$0] * y[$0] }
        for i in 0..<width { target[i] = y[i] * (g[i] - total) }
      }
    }
  }
}
