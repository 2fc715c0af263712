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

  func solve(
    _ rows: KernelRows, signs: [Double], linear: [Double], limits: [Double], start: [Double]? = nil
  ) -> SequentialMinimalOptimization.Solution {
    var search = SequentialMinimalOptimization(
      rows, signs: signs, linear: linear, limits: limits, start: start, cacheBytes: cacheBytes)
    return search.solve(
      tolerance: tolerance, maximumSteps: maximumSteps ?? max(10_000_000, 100 * signs.count))
  }
}
