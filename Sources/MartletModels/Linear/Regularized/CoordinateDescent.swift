import CMartletRuntime
import MartletNumerics

/// Minimises `½‖y − Xw‖² + l₁‖w‖₁ + ½ l₂‖w‖²` one weight at a time.
///
/// With the others fixed, the best weight `j` is `S(Xⱼᵀr, l₁) / (‖Xⱼ‖² + l₂)`, where `r` is the residual without feature
/// `j` and `S` moves its argument towards zero by `l₁`, not across it. Rounds over all features alternate with rounds over
/// those whose weights are not zero. It ends when the gap to the dual problem, a bound on what is still to gain, is small.
///
/// Reference: Friedman, Hastie and Tibshirani (2010), Regularization paths for generalized linear models via coordinate
/// descent.
struct CoordinateDescent {
  /// The features, one after the other.
  private let columns: [Double]
  private let squaredNorms: [Double]
  private let targets: [Double]
  private let sampleCount: Int
  private let featureCount: Int
  /// The gap at which it ends, as a fraction of `‖y‖²`.
  let tolerance: Double
  let maximumRounds: Int
  /// Whether weights may not be negative.
  let isPositive: Bool

  struct Solution {
    var weights: [Double]
    var gap: Double
    var rounds: Int
    var hasConverged: Bool
  }

  init(x: Matrix, y: Matrix, tolerance: Double, maximumRounds: Int, isPositive: Bool) {
    columns = x.transposed().scalars
    squaredNorms = (x * x).sum(axis: 0).scalars
    targets = y.scalars
    sampleCount = x.shape[0]
    featureCount = x.shape[1]
    self.tolerance = tolerance
    self.maximumRounds = maximumRounds
    self.isPositive = isPositive
  }

  /// The smallest `l₁` at which every weight is zero.
  var largestPenalty: Double {
    columns.withUnsafeBufferPointer { columns in
      targets.withUnsafeBufferPointer { targets in
        (0..<featureCount).map { abs(VectorLoops.dot(column($0, of: columns), targets)) }.max() ?? 0
      }
    }
  }

  /// - Parameter start: a guess, such as the solution for a slightly larger penalty.
  func solve(l1: Double, l2: Double, start: [Double]) -> Solution {
    var solution = Solution(weights: start, gap: .infinity, rounds: 0, hasConverged: false)
    var residual = targets
    let goal = tolerance * targets.reduce(0) { $0 + $1 * $1 }
    // The columns, the residual and the weights are three arrays that outlive the block.
    columns.withUnsafeBufferPointer { columns in
      residual.withUnsafeMutableBufferPointer { residual in
        for j in 0..<featureCount where start[j] != 0 {
          VectorLoops.addScaled(residual, -start[j], column(j, of: columns))
        }
        let all = Array(0..<featureCount)
        while solution.rounds < maximumRounds {
          martlet_poll()
          let change = round(over: all, columns, residual, l1, l2, &solution)
          settle(columns, residual, l1, l2, &solution, until: change * 0.1)
          guard change <= tolerance * largest(solution.weights) || solution.rounds >= maximumRounds else { continue }
          solution.gap = gap(columns, UnsafeBufferPointer(residual), l1, l2, solution.weights)
          solution.hasConverged = solution.gap <= goal
          if solution.hasConverged || change == 0 { break }
        }
      }
    }
    return solution
  }

  private func largest(_ weights: [Double]) -> Double { weights.reduce(0) { max($0, abs($1)) } }

  /// Rounds over the weights that are not zero, until they hardly move.
  private func settle(
    _ columns: UnsafeBufferPointer<Double>, _ residual: UnsafeMutableBufferPointer<Double>, _ l1: Double, _ l2: Double,
    _ solution: inout Solution, until change: Double
  ) {
    let active = solution.weights.indices.filter { solution.weights[$0] != 0 }
    for _ in 0..<50 where !active.isEmpty && solution.rounds < maximumRounds {
      if round(over: active, columns, residual, l1, l2, &solution) <= change { return }
    }
  }

  /// One round; the largest change of a weight.
  private func round(
    over features: [Int], _ columns: UnsafeBufferPointer<Double>, _ residual: UnsafeMutableBufferPointer<Double>,
    _ l1: Double, _ l2: Double, _ solution: inout Solution
  ) -> Double {
    solution.rounds += 1
    var largestChange = 0.0
    for j in features where squaredNorms[j] > 0 {
      let feature = column(j, of: columns)
      let old = solution.weights[j]
      let pull = VectorLoops.dot(feature, UnsafeBufferPointer(residual)) + old * squaredNorms[j]
      let shrunk = max((isPositive ? pull : abs(pull)) - l1, 0)
      // Zero has no sign.
      let new = (shrunk > 0 && pull < 0 ? -shrunk : shrunk) / (squaredNorms[j] + l2)
      guard new != old else { continue }
      VectorLoops.addScaled(residual, old - new, feature)
      solution.weights[j] = new
      largestChange = max(largestChange, abs(new - old))
    }
    return largestChange
  }

  /// How far the value is above the dual problem's, for the residual scaled into the dual's bounds.
  private func gap(
    _ columns: UnsafeBufferPointer<Double>, _ residual: UnsafeBufferPointer<Double>, _ l1: Double, _ l2: Double,
    _ weights: [Double]
  ) -> Double {
    var dualNorm = 0.0
    for j in 0..<featureCount {
      let slope = VectorLoops.dot(column(j, of: columns), residual) - l2 * weights[j]
      dualNorm = max(dualNorm, isPositive ? slope : abs(slope))
    }
    let squares = VectorLoops.dot(residual, residual)
    let scale = dualNorm > l1 ? l1 / dualNorm : 1
    let agreement = targets.withUnsafeBufferPointer { VectorLoops.dot(residual, $0) }
    let (absolutes, weightSquares) = weights.reduce((0.0, 0.0)) { ($0.0 + abs($1), $0.1 + $1 * $1) }
    return squares * (1 + scale * scale) / 2 + l1 * absolutes - scale * agreement
      + l2 * (1 + scale * scale) / 2 * weightSquares
  }

  private func column(_ j: Int, of columns: UnsafeBufferPointer<Double>) -> UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(rebasing: columns[j * sampleCount..<(j + 1) * sampleCount])
  }
}

/// Loops over long vectors in lanes, which the compiler may not make of a plain sum itself, since rounding depends on order.
enum VectorLoops {
  static func dot(_ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>) -> Double {
    // Two buffers of the same length; what is left over after whole groups of lanes is added one by one.
    let whole = a.count & ~15
    let (x, y) = (UnsafeRawPointer(a.baseAddress), UnsafeRawPointer(b.baseAddress))
    var (first, second) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
    if let x, let y {
      for i in stride(from: 0, to: whole &* 8, by: 128) {
        let (x1, y1) = (
          x.loadUnaligned(fromByteOffset: i, as: SIMD8<Double>.self),
          y.loadUnaligned(fromByteOffset: i, as: SIMD8<Double>.self)
        )
        let (x2, y2) = (
          x.loadUnaligned(fromByteOffset: i &+ 64, as: SIMD8<Double>.self),
          y.loadUnaligned(fromByteOffset: i &+ 64, as: SIMD8<Double>.self)
        )
        first.addProduct(x1, y1)
        second.addProduct(x2, y2)
      }
    }
    var sum = (first + second).sum()
    for i in whole..<a.count { sum += a[i] * b[i] }
    return sum
  }

  /// `target += factor · other`, for buffers of the same length.
  static func addScaled(
    _ target: UnsafeMutableBufferPointer<Double>, _ factor: Double, _ other: UnsafeBufferPointer<Double>
  ) {
    for i in 0..<target.count { target[i] += factor * other[i] }
  }
}
