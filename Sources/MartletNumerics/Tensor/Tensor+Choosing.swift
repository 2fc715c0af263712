extension Tensor {
  /// The elements of `a` where `mask` is true and of `b` where it is false; the three shapes broadcast. (NumPy: `where`)
  ///
  ///     let t = Tensor([5, -1, 3])
  ///     Tensor.where(t .> 0, t, Tensor(scalar: 0))      // [5, 0, 3]
  /// - Complexity: O(n), on all cores.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public static func `where`(_ mask: Tensor<Bool>, _ a: Tensor, _ b: Tensor) -> Tensor {
    guard let pair = broadcastShape(a.shape, b.shape), let shape = broadcastShape(mask.shape, pair) else {
      fatalError(
        "where(mask, a, b) needs shapes that broadcast: the mask is \(mask.shape), a is \(a.shape), b is \(b.shape).")
    }
    // Not nil: `shape` is what all three stretch to.
    let (m, x, y) = (
      mask.broadcastIfPossible(to: shape)!, a.broadcastIfPossible(to: shape)!, b.broadcastIfPossible(to: shape)!
    )
    let walk = RowWalk(shape: shape, [(m.strides, m.offset), (x.strides, x.offset), (y.strides, y.offset)])
    let scalars: [Scalar] = filledTensorBlock(shape.reduce(1, *)) { target in
      m.storage.withUnsafeBufferPointer { mBlock in
        x.storage.withUnsafeBufferPointer { xBlock in
          y.storage.withUnsafeBufferPointer { yBlock in
            // None is empty: there is something to fill.
            let (mStart, xStart, yStart) = (mBlock.baseAddress!, xBlock.baseAddress!, yBlock.baseAddress!)
            walk.forEachPart(filling: MemoryLayout<Scalar>.stride) { places, done, count in
              chooseScalars(
                mStart + places[0], walk.rowStrides[0], xStart + places[1], walk.rowStrides[1], yStart + places[2],
                walk.rowStrides[2], target + done, count)
            }
          }
        }
      }
    }
    return Tensor(scalars, shape: shape)
  }

  /// The elements of `a` where `mask` is true, and one value elsewhere.
  public static func `where`(_ mask: Tensor<Bool>, _ a: Tensor, _ b: Scalar) -> Tensor {
    Tensor.where(mask, a, Tensor(scalar: b))
  }

  /// One value where `mask` is true, and the elements of `b` elsewhere.
  public static func `where`(_ mask: Tensor<Bool>, _ a: Scalar, _ b: Tensor) -> Tensor {
    Tensor.where(mask, Tensor(scalar: a), b)
  }

  /// One of two values for each element of a mask.
  ///
  ///     Tensor.where(Tensor([true, false]), 1, -1)      // [ 1, -1]
  public static func `where`(_ mask: Tensor<Bool>, _ a: Scalar, _ b: Scalar) -> Tensor {
    Tensor.where(mask, Tensor(scalar: a), Tensor(scalar: b))
  }

  /// Writes one value to every element where `mask` is true.
  ///
  ///     var t = Tensor([5, -1, 3])
  ///     t.fill(0, where: t .< 0)
  ///     t      // [5, 0, 3]
  public mutating func fill(_ value: Scalar, where mask: Tensor<Bool>) { self = Tensor.where(mask, value, self) }
}

@_specialize(where Scalar == Double)
@_specialize(where Scalar == Float)
@_specialize(where Scalar == Int)
@_specialize(where Scalar == Int32)
@_specialize(where Scalar == UInt8)
@_specialize(where Scalar == Bool)
private func chooseScalars<Scalar: TensorScalar>(
  _ mask: UnsafePointer<Bool>, _ maskStride: Int, _ a: UnsafePointer<Scalar>, _ aStride: Int,
  _ b: UnsafePointer<Scalar>, _ bStride: Int, _ target: UnsafeMutablePointer<Scalar>, _ count: Int
) {
  if maskStride == 1 && aStride == 1 && bStride == 1 {
    for i in 0..<count { target[i] = mask[i] ? a[i] : b[i] }
  } else {
    for i in 0..<count { target[i] = mask[i &* maskStride] ? a[i &* aStride] : b[i &* bStride] }
  }
}

extension Tensor where Scalar: TensorNumber {
  /// Every element, moved to the nearer end of the range where it lies outside; NaN stays. (NumPy: `clip`)
  ///
  ///     Matrix([-2, 0.5, 7]).clipped(to: 0...1)      // [0.0, 0.5, 1.0]
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func clipped(to range: ClosedRange<Scalar>) -> Tensor {
    Tensor.minimum(Tensor.maximum(self, Tensor(scalar: range.lowerBound)), Tensor(scalar: range.upperBound))
  }

  /// The smaller of two elements, for each place; NaN where either is. The shapes broadcast.
  public static func minimum(_ a: Tensor, _ b: Tensor) -> Tensor { combine(.minimum, "minimum", a, b) }

  /// The larger of two elements, for each place; NaN where either is. The shapes broadcast.
  ///
  ///     Tensor.maximum(Tensor([1, 5]), Tensor([3, 2]))      // [3, 5]
  public static func maximum(_ a: Tensor, _ b: Tensor) -> Tensor { combine(.maximum, "maximum", a, b) }
}

extension Tensor where Scalar: TensorFloat {
  /// Which elements are not a number.
  public var isNaN: Tensor<Bool> { self .!= self }
  /// Which elements are neither infinite nor NaN.
  public var isFinite: Tensor<Bool> { (self - self) .== 0 }

  /// Whether every element is within `absolute + relative · |other|` of the other tensor's; the shapes broadcast.
  /// (NumPy: `allclose`)
  ///
  ///     Matrix([0.1 + 0.2]).isClose(to: Matrix([0.3]))      // true
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public func isClose(to other: Tensor, relative: Scalar = 1e-5, absolute: Scalar = 1e-8) -> Bool {
    let distance = (self - other).applying(.abs)
    let isEqual = self .== other  // also infinities
    return ((distance .<= (absolute + relative * other.applying(.abs))) | isEqual).allTrue
  }
}

extension Tensor where Scalar == Bool {
  /// Where both are true; the shapes broadcast.
  ///
  ///     let t = Tensor([1, 5, 9])
  ///     (t .> 2) & (t .< 8)      // [false,  true, false]
  public static func & (a: Tensor, b: Tensor) -> Tensor { logical("&", a, b) { $0 && $1 } }
  /// Where either is true; the shapes broadcast.
  public static func | (a: Tensor, b: Tensor) -> Tensor { logical("|", a, b) { $0 || $1 } }
  /// Where exactly one is true; the shapes broadcast.
  public static func ^ (a: Tensor, b: Tensor) -> Tensor { logical("^", a, b) { $0 != $1 } }
  /// Where it is false.
  public static prefix func ! (a: Tensor) -> Tensor { logical("^", a, Tensor(scalar: true)) { $0 != $1 } }

  private static func logical(_ name: String, _ a: Tensor, _ b: Tensor, _ join: (Bool, Bool) -> Bool) -> Tensor {
    combineRows(name, a, b) { x, xStride, y, yStride, target, count in
      for i in 0..<count { target[i] = join(x[i &* xStride], y[i &* yStride]) }
      return false
    }
  }

  /// The places of the true elements in row-major order.
  ///
  ///     Tensor([false, true, true]).truePlaces      // [1, 2]
  public var truePlaces: [Int] { scalars.indices(where: \.self) }
}

extension Array where Element == Bool {
  fileprivate func indices(where isWanted: (Bool) -> Bool) -> [Int] { indices.filter { isWanted(self[$0]) } }
}
