import CMartletRuntime

/// Finds a minimum with the second derivatives at hand: few, exact steps.
///
/// Where the function bends the wrong way, its matrix is shifted until it does not.
public struct NewtonMinimizer: Sendable {
  /// It has arrived when no component of the gradient is larger than this.
  public var gradientTolerance: Double
  /// The most steps it takes.
  public var maximumIterations: Int

  public init(gradientTolerance: Double = 1e-10, maximumIterations: Int = 100) {
    (self.gradientTolerance, self.maximumIterations) = (gradientTolerance, maximumIterations)
  }

  /// - Parameters:
  ///   - function: the value and the gradient at a point.
  ///   - hessian: the second derivatives at a point, shape `[n, n]`.
  /// - Complexity: O(n³) a step.
  public func minimize(
    from start: [Double], _ function: ([Double]) -> (value: Double, gradient: [Double]),
    hessian: ([Double]) -> Matrix
  ) -> Minimization {
    var point = start
    var (value, slope) = function(start)
    var path = MinimizationPath(start, value)
    func largest() -> Double { slope.reduce(0) { max($0, abs($1)) } }
    for _ in 0..<maximumIterations where largest() > gradientTolerance {
      martlet_poll()
      let bend = hessian(point)
      var (shift, direction) = (0.0, Matrix?.none)
      for _ in 0..<60 where direction == nil {
        let shifted = bend + Matrix.eye(start.count) * shift
        direction = try? shifted.solvePositiveDefinite(Matrix(slope) * -1)
        shift = max(2 * shift, 1e-3 * max(abs(bend).max(), 1e-8))
      }
      guard let direction else { break }
      let search = LineSearch(point: point, value: value, gradient: slope, direction: direction.scalars)
      guard let step = search.run(1, function) else { break }
      (point, value, slope) = (step.point, step.value, step.gradient)
      path.add(point, value)
    }
    return path.result(point, value, hasConverged: largest() <= gradientTolerance)
  }
}
