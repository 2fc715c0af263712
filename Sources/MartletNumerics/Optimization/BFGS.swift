import CMartletRuntime

/// Finds a minimum of a smooth function, learning how it bends from how its gradient changes.
///
///     let found = BFGS().minimize(from: [-1.2, 1]) { x in
///       let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
///       return (a * a + 100 * b * b, [-2 * a - 400 * x[0] * b, 200 * b])
///     }
///     found.point      // [1.0, 1.0], to rounding
///
/// Keeps a matrix of n × n; ``LBFGS`` does without, for many variables.
///
/// Reference: Nocedal and Wright (2006), Numerical optimization, algorithm 6.1.
public struct BFGS: Sendable {
  /// It has arrived when no component of the gradient is larger than this.
  public var gradientTolerance: Double
  /// The most steps it takes.
  public var maximumIterations: Int

  public init(gradientTolerance: Double = 1e-8, maximumIterations: Int = 1_000) {
    (self.gradientTolerance, self.maximumIterations) = (gradientTolerance, maximumIterations)
  }

  /// The same with a gradient by differences, exact to about ten digits.
  public func minimize(from start: [Double], _ function: ([Double]) -> Double) -> Minimization {
    minimize(from: start) { point in (function(point), gradient(at: point, of: function)) }
  }

  /// - Parameter function: the value and the gradient, which is as long as `start`, at a point.
  /// - Complexity: one or a few calls of `function` and O(n²) a step.
  public func minimize(
    from start: [Double], _ function: ([Double]) -> (value: Double, gradient: [Double])
  ) -> Minimization {
    var point = start
    var (value, slope) = function(start)
    var path = MinimizationPath(start, value)
    var inverse = Matrix.eye(start.count)
    var isFresh = true
    func largest() -> Double { slope.reduce(0) { max($0, abs($1)) } }
    for _ in 0..<maximumIterations where largest() > gradientTolerance {
      martlet_poll()
      let direction = (inverse • Matrix(slope) * -1).scalars
      let first = isFresh ? min(1, 1 / max(slope.reduce(0) { $0 + abs($1) }, .leastNormalMagnitude)) : 1
      let search = LineSearch(point: point, value: value, gradient: slope, direction: direction)
      guard let step = search.run(first, function) else {
        // What was learned can point nowhere; start again along the gradient.
        if isFresh { break }
        (inverse, isFresh) = (.eye(start.count), true)
        continue
      }
      let moved = Matrix(zip(step.point, point).map { $0 - $1 })
      let change = Matrix(zip(step.gradient, slope).map { $0 - $1 })
      let product = moved.dot(change)
      if product > 1e-16 * change.dot(change) {
        if isFresh { inverse *= product / change.dot(change) }
        let turned = inverse • change
        let outer = moved.outer(turned)
        inverse += moved.outer(moved) * ((product + change.dot(turned)) / (product * product))
        inverse -= (outer + outer.transposed()) / product
        isFresh = false
      }
      (point, value, slope) = (step.point, step.value, step.gradient)
      path.add(point, value)
    }
    return path.result(point, value, hasConverged: largest() <= gradientTolerance)
  }
}
