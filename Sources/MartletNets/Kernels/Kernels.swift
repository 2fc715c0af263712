import CMartletRuntime
import Dispatch
import MartletNumerics

/// Loops over rows of numbers, compiled for `Float` and `Double` each.
enum Kernels {
  /// `target += source`.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func add<Scalar: NetScalar>(
    _ source: UnsafePointer<Scalar>, to target: UnsafeMutablePointer<Scalar>, _ count: Int
  ) {
    for i in 0..<count { target[i] += source[i] }
  }

  /// `target = number`.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func fill<Scalar: NetScalar>(_ target: UnsafeMutablePointer<Scalar>, _ number: Scalar, _ count: Int) {
    for i in 0..<count { target[i] = number }
  }

  /// `target[r] = row` for each of `rows` rows.
  static func repeatRow<Scalar: NetScalar>(
    _ row: UnsafePointer<Scalar>, _ target: UnsafeMutablePointer<Scalar>, rows: Int, width: Int
  ) {
    for r in 0..<rows { (target + r * width).update(from: row, count: width) }
  }

  /// The sums of the columns of `[rows, width]`.
  @_specialize(where Scalar == Float)
  @_specialize(where Scalar == Double)
  static func sumColumns<Scalar: NetScalar>(
    _ source: UnsafePointer<Scalar>, _ target: UnsafeMutablePointer<Scalar>, rows: Int, width: Int
  ) {
    target.update(repeating: 0, count: width)
    for r in 0..<rows {
      let row = source + r &* width
      for i in 0..<width { target[i] += row[i] }
    }
  }

  /// The sum of a row, in eight parts that are added at the end.
  @inline(__always)
  static func sum<Scalar: NetScalar>(_ count: Int, _ term: (Int) -> Scalar) -> Scalar {
    var (a, b, c, d): (Scalar, Scalar, Scalar, Scalar) = (0, 0, 0, 0)
    var (e, f, g, h): (Scalar, Scalar, Scalar, Scalar) = (0, 0, 0, 0)
    var i = 0
    while i &+ 8 <= count {
      a += term(i)
      b += term(i &+ 1)
      c += term(i &+ 2)
      d += term(i &+ 3)
      e += term(i &+ 4)
      f += term(i &+ 5)
      g += term(i &+ 6)
      h += term(i &+ 7)
      i &+= 8
    }
    while i < count {
      a += term(i)
      i &+= 1
    }
    return ((a + b) + (c + d)) + ((e + f) + (g + h))
  }

  /// Calls `body` with ranges that together cover `0..<count`, on all cores where there is much to do.
  ///
  /// Unlike ``Parallel`` it polls for interrupts only before it starts, so that what it is in the middle of is always
  /// finished. The ranges depend on the numbers alone, and so does the result.
  /// - Parameters:
  ///   - cost: how many elements are touched for each of the `count`.
  ///   - alignment: every range but the last has a multiple of it.
  static func forEachRange(_ count: Int, cost: Int, alignment: Int = 1, _ body: (Range<Int>) -> Void) {
    martlet_poll()
    let wanted = max(1, pieceLength / max(cost, 1))
    let length = (wanted + alignment - 1) / alignment * alignment
    forEachPiece((count + length - 1) / length) { body($0 * length..<min(($0 + 1) * length, count)) }
  }

  /// How many elements are worth a piece of their own.
  static let pieceLength = 1 << 14

  /// Calls `body` with each number below `count`, on all cores.
  static func forEachPiece(_ count: Int, _ body: (Int) -> Void) {
    guard count > 1, Parallel.threadLimit > 1 else {
      for piece in 0..<count { body(piece) }
      return
    }
    withoutActuallyEscaping(body) { body in
      // The pieces touch different memory, and all have ended when this returns.
      nonisolated(unsafe) let body = body
      DispatchQueue.concurrentPerform(iterations: count) { body($0) }
    }
  }
}
