import CMartletRuntime
import MartletNumerics

/// The weights of at least 0 whose weighted sums of columns come nearest to a target: minimises `‖Aw − b‖²` with `w ≥ 0`.
///
/// Weights that are free of the bound are those of plain least squares on their columns. The one whose growth would help most
/// is set free; where others then fall below 0, the step ends at the first that does, which is bound again.
///
/// Reference: Lawson and Hanson (1974), Solving least squares problems, chapter 23.
struct NonNegativeLeastSquares {
  /// One for each column, each at least 0.
  private(set) var solution: [Double]
  /// Shape `[d, d]` at most: least squares of it are those of all rows.
  private let triangle: Matrix
  private let target: Matrix
  private var free: [Int] = []

  /// - Parameters:
  ///   - a: shape `[n, d]`.
  ///   - b: shape `[n]`.
  /// - Throws: `LinearAlgebraError` of kind `notFinite` or `notConverged`.
  /// - Complexity: O(n · d² + d⁴) at worst; a step for each weight that is set free or bound.
  init(_ a: Matrix, _ b: Matrix) throws(LinearAlgebraError) {
    let (q, r) = try a.qr()
    (triangle, target) = (r, b • q)
    solution = [Double](repeating: 0, count: a.shape[1])
    let sizes = (r * r).sum(axis: 0).scalars.map { $0.squareRoot() }
    let rounding = 10 * Double.ulpOfOne * Double(max(a.shape[0], a.shape[1])) * b.dot(b).squareRoot()
    // Each pass lowers the error, so that no set of free weights comes twice; rounding is the only way to a limit.
    for _ in 0..<max(30, 3 * solution.count) {
      martlet_poll()
      let slopes = ((target - triangle • Matrix(solution)) • triangle).scalars
      let promising = solution.indices.filter { !free.contains($0) && slopes[$0] > rounding * sizes[$0] }
      var hasGrown = false
      for place in promising.sorted(by: { slopes[$0] / sizes[$0] > slopes[$1] / sizes[$1] }) where !hasGrown {
        hasGrown = try setFree(place)
      }
      if !hasGrown { return }
    }
  }

  /// Sets a weight free and moves all that are to where they are best; `false`, and nothing has moved, where the weight
  /// would not grow: its slope was rounding.
  private mutating func setFree(_ place: Int) throws(LinearAlgebraError) -> Bool {
    free.append(place)
    var aim = try unbound()
    guard aim[free.count - 1] > 0 else {
      free.removeLast()
      return false
    }
    while let (first, reach) = firstBound(on: aim) {
      for (column, value) in zip(free, aim) { solution[column] += reach * (value - solution[column]) }
      for column in free where column == first || solution[column] <= 0 { solution[column] = 0 }
      free.removeAll { solution[$0] == 0 }
      aim = try unbound()
    }
    for (column, value) in zip(free, aim) { solution[column] = value }
    return true
  }

  /// The free weights that are best when they may fall below 0.
  private func unbound() throws(LinearAlgebraError) -> [Double] {
    if free.isEmpty { return [] }
    return try Matrix.stacked(free.map { triangle.column($0) }, axis: 1).leastSquares(target).solution.scalars
  }

  /// The weight that is first to reach 0 on the way to the aims, and after which part of that way; `nil` where none does.
  private func firstBound(on aim: [Double]) -> (column: Int, reach: Double)? {
    zip(free, aim).filter { $1 <= 0 }.map { column, value in (column, solution[column] / (solution[column] - value)) }
      .min { $0.1 < $1.1 }
  }
}
