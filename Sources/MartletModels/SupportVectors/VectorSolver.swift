import MartletNumerics

/// How long and how exactly support vectors are looked for.
struct VectorSolver: Sendable {
  let tolerance: Double
  let cacheBytes: Int
  private let maximumSteps: Int?

  init(_ tolerance: Double, _ cacheMegabytes: Int, _ maximumSteps: Int?) throws(FitError) {
    try SampleChecks.parameter(tolerance > 0, "tolerance", "above 0", tolerance)
    try SampleChecks.parameter((1...1 << 20).contains(cacheMegabytes), "cacheMegabytes", "above 0", cacheMegabytes)
    try SampleChecks.parameter(maximumSteps ?? 1 > 0, "maximumIterations", "above 0", maximumSteps ?? 1)
    self.tolerance = tolerance
    cacheBytes = cacheMegabytes << 20
    self.maximumSteps = maximumSteps
  }

  /// Multipliers with such a sum, each as large as its limit allows from the first on.
  static func filled(_ limits: [Double], to sum: Double) -> [Double] {
    var rest = sum
    return limits.map { limit in
      let share = min(limit, rest)
      rest -= share
      return share
    }
  }

  /// Two halves of variables, of which the first pulls up and the second down, and whose sums stay as they are at the start.
  func solveHalves(
    _ rows: KernelRows, linear: [Double], limits: [Double], start: [Double]
  ) -> SequentialMinimalOptimization.Solution {
    let signs = linear.indices.map { $0 < rows.count ? 1.0 : -1 }
    var search = SequentialMinimalOptimization(
      rows, signs: signs, linear: linear, limits: limits, start: start, keepsHalves: true, cacheBytes: cacheBytes)
    return search.solve(tolerance: tolerance, maximumSteps: steps(signs.count))
  }

  private func steps(_ variables: Int) -> Int { maximumSteps ?? max(10_000_000, 100 * variables) }

  func solve(
    _ rows: KernelRows, signs: [Double], linear: [Double], limits: [Double], start: [Double]? = nil
  ) -> SequentialMinimalOptimization.Solution {
    var search = SequentialMinimalOptimization(
      rows, signs: signs, linear: linear, limits: limits, start: start, cacheBytes: cacheBytes)
    return search.solve(
      tolerance: tolerance, maximumSteps: steps(signs.count))
  }
}
