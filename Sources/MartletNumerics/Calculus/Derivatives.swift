/// The slope of a function at a point, by differences of values on both sides.
///
/// Four differences at shrinking distances are extrapolated to distance zero (Ridders and Richardson), which leaves an error of
/// about 1e-11 of the slope for smooth functions. Exact slopes come from ``DualNumber``.
///
///     derivative(at: 2) { $0 * $0 * $0 }      // 12.0, to ten digits
/// - Parameters:
///   - x: where.
///   - order: 1 for the slope, 2 for the slope's slope.
/// - Complexity: 8 or 9 calls of `function`.
public func derivative(at x: Double, order: Int = 1, of function: (Double) -> Double) -> Double {
  guard order == 1 || order == 2 else { fatalError("derivative has order 1 or 2; found \(order).") }
  let start = (order == 1 ? 0.02 : 0.1) * max(abs(x), 1)
  let centre = order == 2 ? function(x) : 0
  var table = (0..<4).map { level in
    // A power of two, so that the distance is exact.
    let wanted = start / Double(1 << level)
    let h = (x + wanted) - x
    let (right, left) = (function(x + h), function(x - h))
    return order == 1 ? (right - left) / (2 * h) : (right - 2 * centre + left) / (h * h)
  }
  for level in 1..<4 {
    let factor = Double(1 << (2 * level))
    for i in 0..<(4 - level) { table[i] = (factor * table[i + 1] - table[i]) / (factor - 1) }
  }
  return table[0]
}

/// The slopes of a function of several variables along each of them.
///
///     gradient(at: [1, 2]) { $0[0] * $0[1] }      // [2.0, 1.0]
/// - Complexity: 8 calls of `function` for each variable.
public func gradient(at point: [Double], of function: ([Double]) -> Double) -> [Double] {
  point.indices.map { i in
    derivative(at: point[i]) { x in
      var moved = point
      moved[i] = x
      return function(moved)
    }
  }
}

/// The slopes of several functions along each variable: one row a function, one column a variable.
///
///     jacobian(at: [1, 2]) { [$0[0] * $0[1], $0[0]] }      // [[2.0, 1.0], [1.0, 0.0]]
public func jacobian(at point: [Double], of function: ([Double]) -> [Double]) -> Matrix {
  let height = function(point).count
  var result = Matrix.zeros(height, point.count)
  for row in 0..<height {
    for (column, slope) in gradient(at: point, of: { function($0)[row] }).enumerated() { result[row, column] = slope }
  }
  return result
}

/// The slopes of the slopes: a symmetric matrix that says how a function bends.
///
///     hessian(at: [1, 2]) { $0[0] * $0[0] * $0[1] }      // [[4.0, 2.0], [2.0, 0.0]]
public func hessian(at point: [Double], of function: ([Double]) -> Double) -> Matrix {
  let n = point.count
  var result = Matrix.zeros(n, n)
  for i in 0..<n {
    for j in i..<n {
      let bend =
        i == j
        ? derivative(at: point[i], order: 2) { x in
          var moved = point
          moved[i] = x
          return function(moved)
        }
        : derivative(at: point[i]) { x in
          var outer = point
          outer[i] = x
          return derivative(at: point[j]) { y in
            var inner = outer
            inner[j] = y
            return function(inner)
          }
        }
      result[i, j] = bend
      result[j, i] = bend
    }
  }
  return result
}

/// The largest difference between a gradient that was worked out by hand and one by differences, relative to its size: a check
/// that a formula is right. Below 1e-7 it is.
///
///     gradientError(at: [3], of: { $0[0] * $0[0] }, gradient: { [2 * $0[0]] }) < 1e-7      // true
public func gradientError(
  at point: [Double], of function: ([Double]) -> Double, gradient claimed: ([Double]) -> [Double]
) -> Double {
  let (found, claimed) = (gradient(at: point, of: function), claimed(point))
  guard found.count == claimed.count else { return .infinity }
  let size = max(Matrix(found).norm(), Matrix(claimed).norm(), 1e-12)
  return (Matrix(found) - Matrix(claimed)).norm() / size
}
