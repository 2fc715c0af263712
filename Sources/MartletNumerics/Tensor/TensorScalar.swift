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
public protocol TensorNumber: TensorScalar, Numeric, Comparable {
  /// `a / b`; whole numbers round towards zero and stop the cell where `b` is zero, as Swift's `/` does.
  static func / (a: Self, b: Self) -> Self
  /// Combines two rows, whose elements lie apart by their strides, into a row without gaps.
  static func _combine(
    _ operation: _TensorOperation, _ a: UnsafePointer<Self>, _ aStride: Int, _ b: UnsafePointer<Self>, _ bStride: Int,
    _ target: UnsafeMutablePointer<Self>, _ count: Int)
  /// Compares two rows, whose elements lie apart by their strides, into a row without gaps.
  static func _compare(
    _ comparison: _TensorComparison, _ a: UnsafePointer<Self>, _ aStride: Int, _ b: UnsafePointer<Self>, _ bStride: Int,
    _ target: UnsafeMutablePointer<Bool>, _ count: Int)
  /// The sum of a row.
  static func _sum(_ a: UnsafePointer<Self>, _ stride: Int, _ count: Int) -> Self
  /// The matrix product of row-major `a` (`[m, k]`) and `b` (`[k, n]`), each without gaps or a transpose of such.
  static func _multiply(_ product: _MatrixProduct<Self>)
}

/// A number with a fraction, `Float` or `Double`: what means, roots and logarithms need.
public protocol TensorFloat: TensorNumber, BinaryFloatingPoint {}

/// The element-wise operations that have an inner loop of their own.
public enum _TensorOperation: Sendable { case add, subtract, multiply, divide, minimum, maximum }

/// The element-wise comparisons.
public enum _TensorComparison: Sendable { case equal, unequal, less, lessOrEqual }
