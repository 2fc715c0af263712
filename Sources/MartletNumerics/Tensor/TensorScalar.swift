/// What a tensor may hold: `Float`, `Double`, `Int`, `Int32`, `UInt8` or `Bool`.
///
/// The underscored requirements are the inner loops. They belong to the type, so that a tensor of any scalar reaches
/// compiled code for exactly that scalar with one call per operation, wherever that operation was asked for.
public protocol TensorScalar: Hashable, Sendable, Codable {
  /// The element a tensor is filled with when nothing else is known: zero or `false`.
  static var blank: Self { get }
  /// Copies `count` elements that lie `stride` apart into a row without gaps.
  static func _gather(_ source: UnsafePointer<Self>, _ stride: Int, _ target: UnsafeMutablePointer<Self>, _ count: Int)
  /// Formats elements so that they align in a column.
  static func _texts(_ elements: [Self]) -> [String]
}

extension TensorScalar {
  /// The inner loop of `_gather`, for each type of scalar to be compiled with.
  @inline(__always)
  package static func gatherRow(
    _ source: UnsafePointer<Self>, _ stride: Int, _ target: UnsafeMutablePointer<Self>, _ count: Int
  ) {
    if stride == 1 {
      target.update(from: source, count: count)
    } else {
      for i in 0..<count { target[i] = source[i * stride] }
    }
  }
}

/// A scalar that adds, multiplies and compares: every ``TensorScalar`` but `Bool`.
///
/// The inner loops run on several threads at once, where nothing may stop a cell: one that meets a whole number that does
/// not fit its type, or a division by zero, returns true for it (here called a fault) and the operation says so when all have ended.
public protocol TensorNumber: TensorScalar, Numeric, Comparable, SIMDScalar {
  /// `a / b`; whole numbers round towards zero and stop the cell where `b` is zero, as Swift's `/` does.
  static func / (a: Self, b: Self) -> Self
  /// Combines two rows, whose elements lie apart by their strides, into a row without gaps, which may be one of the two.
  /// Returns whether there was a fault.
  static func _combine(
    _ operation: _TensorOperation, _ a: UnsafePointer<Self>, _ aStride: Int, _ b: UnsafePointer<Self>, _ bStride: Int,
    _ target: UnsafeMutablePointer<Self>, _ count: Int
  ) -> Bool
  /// Compares two rows, whose elements lie apart by their strides, into a row without gaps.
  static func _compare(
    _ comparison: _TensorComparison, _ a: UnsafePointer<Self>, _ aStride: Int, _ b: UnsafePointer<Self>, _ bStride: Int,
    _ target: UnsafeMutablePointer<Bool>, _ count: Int)
  /// Reduces a row of at least one element to one value by adding, multiplying, or taking the smallest or largest.
  static func _reduce(
    _ operation: _TensorOperation, _ a: UnsafePointer<Self>, _ stride: Int, _ count: Int
  ) -> (value: Self, fault: Bool)
  /// Combines rows that lie one after the other into `target`, in their order. Returns whether there was a fault.
  static func _accumulate(
    _ operation: _TensorOperation, _ rows: UnsafePointer<Self>, _ rowCount: Int, _ width: Int,
    _ target: UnsafeMutablePointer<Self>
  ) -> Bool
  /// Reduces rows that lie one after the other, each of at least one element, to one value each. Returns whether there was
  /// a fault.
  static func _reduceRows(
    _ operation: _TensorOperation, _ rows: UnsafePointer<Self>, _ rowCount: Int, _ width: Int,
    _ target: UnsafeMutablePointer<Self>
  ) -> Bool
  /// The matrix product of row-major `a` (`[m, k]`) and `b` (`[k, n]`), each without gaps or a transpose of such.
  static func _multiply(_ product: _MatrixProduct<Self>)
  /// The place of the first `value` in a row without gaps, or `count`; of the first NaN where `value` is NaN.
  static func _firstPlace(of value: Self, _ a: UnsafePointer<Self>, _ count: Int) -> Int
  /// Puts places in the order of their elements, smallest first and NaN last; equal elements keep their order.
  static func _sortedPlaces(_ a: UnsafePointer<Self>, _ stride: Int, _ count: Int) -> [Int]
  /// Sorts a row without gaps, smallest first and NaN last.
  static func _sort(_ a: UnsafeMutablePointer<Self>, _ count: Int)
}

extension TensorNumber {
  /// Row by row.
  public static func _reduceRows(
    _ operation: _TensorOperation, _ rows: UnsafePointer<Self>, _ rowCount: Int, _ width: Int,
    _ target: UnsafeMutablePointer<Self>
  ) -> Bool {
    var isFault = false
    for row in 0..<rowCount {
      let reduced = _reduce(operation, rows + row * width, 1, width)
      target[row] = reduced.value
      isFault = isFault || reduced.fault
    }
    return isFault
  }

  /// Row by row.
  public static func _accumulate(
    _ operation: _TensorOperation, _ rows: UnsafePointer<Self>, _ rowCount: Int, _ width: Int,
    _ target: UnsafeMutablePointer<Self>
  ) -> Bool { accumulateRows(operation, rows, rowCount, width, target) }

  static func accumulateRows(
    _ operation: _TensorOperation, _ rows: UnsafePointer<Self>, _ rowCount: Int, _ width: Int,
    _ target: UnsafeMutablePointer<Self>
  ) -> Bool {
    var isFault = false
    for row in 0..<rowCount {
      isFault = _combine(operation, target, 1, rows + row * width, 1, target, width) || isFault
    }
    return isFault
  }
}

/// A number with a fraction, `Float` or `Double`: what means, roots and logarithms need.
public protocol TensorFloat: TensorNumber, BinaryFloatingPoint {
  /// Applies a function to each element of a row without gaps.
  static func _apply(
    _ function: _TensorFunction, _ source: UnsafePointer<Self>, _ target: UnsafeMutablePointer<Self>, _ count: Int)
  /// Applies a function of two arguments to two rows, whose elements lie apart by their strides.
  static func _apply(
    _ function: _TensorFunctionOfTwo, _ a: UnsafePointer<Self>, _ aStride: Int, _ b: UnsafePointer<Self>,
    _ bStride: Int, _ target: UnsafeMutablePointer<Self>, _ count: Int)
  /// The sum of the squared distances of a row from `centre`.
  static func _squaredDistances(from centre: Self, _ a: UnsafePointer<Self>, _ stride: Int, _ count: Int) -> Self
}

/// The element-wise operations that have an inner loop of their own.
public enum _TensorOperation: Sendable { case add, subtract, multiply, divide, minimum, maximum }

/// The element-wise comparisons.
public enum _TensorComparison: Sendable { case equal, unequal, less, lessOrEqual }

/// The functions of one number.
public enum _TensorFunction: Int, Sendable, CaseIterable {
  case exp, exp2, expm1, log, log2, log10, log1p, cbrt, sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh,
    acosh, atanh, erf, erfc
  case sqrt, abs, floor, ceil, trunc, negate, square
}

/// The functions of two numbers.
public enum _TensorFunctionOfTwo: Int, Sendable, CaseIterable { case pow, atan2, hypot }
