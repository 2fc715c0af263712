import MartletDisplay

/// Numbers in any number of dimensions.
///
/// A tensor is a block of scalars with a ``shape``. Its element type is fixed when the code is compiled, its shape
/// when it runs. Slices and transposes are views: they share the block and differ in ``strides`` and offset; the first
/// write to a shared block copies it, so a tensor behaves like any other Swift value.
///
///     let a = Matrix([[1, 2], [3, 4]])
///     a.shape                       // [2, 2]
///     a + 10                        // [[11.0, 12.0], [13.0, 14.0]]
///     a • a.transposed()            // [[5.0, 11.0], [11.0, 25.0]]
///     a.mean(axis: 0)               // [2.0, 3.0]
///     a[.all, -1]                   // [2.0, 4.0]
///
/// Statistics and classical models use ``Matrix``, which is `Tensor<Double>`; networks use `Tensor<Float>`.
public struct Tensor<Scalar: TensorScalar>: Sendable {
  /// The block. Elements of this tensor are those that shape, strides and offset reach; a view's block holds more.
  package var storage: [Scalar]
  /// How many elements there are along each axis; empty for a single scalar.
  public internal(set) var shape: [Int]
  /// How far apart in the block neighbours along each axis are, in elements; 0 where an axis is repeated.
  public internal(set) var strides: [Int]
  /// Where in the block the first element is.
  package var offset: Int

  /// A tensor that owns `scalars`, in row-major order.
  ///
  ///     Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3])      // [[1, 2, 3], [4, 5, 6]]
  ///
  /// Stops the cell when the number of scalars is not the product of `shape`.
  @_specialize(where Scalar == Double) @_specialize(where Scalar == Float) @_semantics("optimize.no.crossmodule")
  public init(_ scalars: [Scalar], shape: [Int]) {
    let count = Self.checkedCount(of: shape)
    guard scalars.count == count else {
      fatalError("A tensor of shape \(shape) holds \(count) scalars; \(scalars.count) were given.")
    }
    self.init(storage: scalars, shape: shape, strides: Self.rowMajorStrides(shape), offset: 0)
  }

  /// A view of a block, which reaches far enough for shape, strides and offset.
  package init(storage: [Scalar], shape: [Int], strides: [Int], offset: Int) {
    self.storage = storage
    self.shape = shape
    self.strides = strides
    self.offset = offset
  }

  /// The number of axes.
  public var rank: Int { shape.count }

  /// The number of elements: the product of ``shape``.
  public var count: Int { shape.reduce(1, *) }

  /// Every element, in row-major order. No copy is made when the tensor is not a view.
  /// - Complexity: O(1), or O(``count``) for a view.
  public var scalars: [Scalar] { isWhole ? storage : compacted().storage }

  /// The only element of a tensor that has one; stops the cell otherwise.
  public var scalar: Scalar {
    guard count == 1 else { fatalError("`scalar` needs a tensor with one element; this one has shape \(shape).") }
    return storage[offset]
  }

  /// Whether the block is exactly this tensor's elements in row-major order.
  package var isWhole: Bool { offset == 0 && storage.count == count && isContiguous }

  /// Whether the elements lie without gaps in row-major order.
  package var isContiguous: Bool {
    var expected = 1
    for axis in shape.indices.reversed() where shape[axis] != 1 {
      if strides[axis] != expected { return false }
      expected *= shape[axis]
    }
    return true
  }

  /// The strides of a gapless block of this shape.
  package static func rowMajorStrides(_ shape: [Int]) -> [Int] {
    var strides = [Int](repeating: 1, count: shape.count)
    for axis in shape.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] * Swift.max(shape[axis + 1], 1)
    }
    return strides
  }

  static func checkedCount(of shape: [Int]) -> Int {
    var count = 1
    for length in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      if length < 0 || overflow {
        fatalError("\(shape) is not a shape: lengths are 0 or more and their product fits an Int.")
      }
      count = product
    }
    return count
  }
}

/// Double-precision numbers in rows and columns (or any other shape): what statistics and classical models work on.
public typealias Matrix = Tensor<Double>
