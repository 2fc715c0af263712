import CMartletRuntime

/// Finds a minimum of a smooth function of very many variables, with no memory but the last direction.
///
/// Reference: Polak and Ribière (1969), restarted where their factor is negative.
public struct ConjugateGradient: Sendable {
  /// It has arrived when no component of the gradient is larger than this.
  public var gradientTolerance: Double
  /// The most steps it takes.
  public var maximumIterations: Int

  public init(gradientTolerance: Double = 1e-6, maximumIterations: Int = 2_000) {
    (self.gradientTolerance, self.maximumIterations) = (gradientTolerance, maximumIterations)
  }

  /// - Parameter function: the value and the gradient, which is as long as `start`, at a point.
  /// - Complexity: a few calls of `function` and O(n) a step.
  public func minimize(
    from start: [Double], _ function: ([Double]) -> (value: Double, gradient: [Double])
  ) -> Minimization {
    var point = start
    var (value, slope) = function(start)
    var path = MinimizationPath(start, value)
    var direction = slope.map { -$0 }
    var (isFresh, first) = (true, min(1, 1 / max(slope.reduce(0) { $0 + abs($1) }, .leastNormalMagnitude)))
    func largest() -> Double { slope.reduce(0) { max($0, abs($1)) } }
    for _ in 0..<maximumIterations where largest() > gradientTolerance {
      martlet_poll()
      let descent = DenseVectorArithmetic.dot(slope, direction)
      let search = LineSearch(point: point, value: value, gradient: slope, direction: direction)
      guard descent < 0, let step = search.run(first, function) else {
        if isFresh { break }
        (direction, isFresh, first) = (slope.map { -$0 }, true, min(1, 1 / max(largest(), .leastNormalMagnitude)))
        continue
      }
      let old = DenseVectorArithmetic.dot(slope, slope)
      let overlap = DenseVectorArithmetic.dot(step.gradient, slope)
      let new = DenseVectorArithmetic.dot(step.gradient, step.gradient)
      let factor = max(0, (new - overlap) / old)
      direction = zip(step.gradient, direction).map { -$0 + factor * $1 }
      (point, value, slope, isFresh) = (step.point, step.value, step.gradient, false)
      // As far as the last step would go down the new slope.
      first = min(1, abs(step.length * descent / min(DenseVectorArithmetic.dot(slope, direction), -1e-300)))
      path.add(point, value)
    }
    return path.result(point, value, hasConverged: largest() <= gradientTolerance)
  }
}
