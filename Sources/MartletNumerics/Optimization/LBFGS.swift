import CMartletRuntime

/// Finds a minimum of a smooth function of many variables from its gradient.
///
/// Each step goes downhill along a direction that the last `memory` steps have taught; no matrix is stored.
///
///     let found = LBFGS().minimize(from: [-1.2, 1]) { x in
///       let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
///       return (a * a + 100 * b * b, [-2 * a - 400 * x[0] * b, 200 * b])
///     }
///     found.point      // [1.0, 1.0], to rounding
///
/// Reference: Liu and Nocedal (1989), On the limited memory BFGS method for large scale optimization.
public struct LBFGS: Sendable {
  /// How many steps are remembered.
  public var memory: Int
  /// It has arrived when no component of the gradient is larger than this.
  public var gradientTolerance: Double
  /// The most steps it takes.
  public var maximumIterations: Int

  /// - Parameters:
  ///   - memory: at least 1.
  ///   - gradientTolerance: in the function's unit over the variables' unit.
  ///   - maximumIterations: at least 1.
  public init(memory: Int = 10, gradientTolerance: Double = 1e-8, maximumIterations: Int = 1_000) {
    self.memory = memory
    self.gradientTolerance = gradientTolerance
    self.maximumIterations = maximumIterations
  }

  /// Where a minimisation ended.
  public struct Result: Sendable {
    /// The variables at the end.
    public let point: [Double]
    /// The function's value there.
    public let value: Double
    /// The function's value after each step, the start first.
    public let history: [Double]
    /// Whether the gradient became as small as asked for, or as small as rounding lets it: the value falls no more, either.
    public let hasConverged: Bool
    /// How many steps were taken.
    public var iterations: Int { history.count - 1 }
  }

  /// - Parameters:
  ///   - start: where to begin.
  ///   - function: gives the value and the gradient, which is as long as `start`, at a point.
  /// - Complexity: one or a few calls of `function` and O(memory · n) a step.
  public func minimize(from start: [Double], _ function: ([Double]) -> (value: Double, gradient: [Double])) -> Result {
    var point = start
    var (value, gradient) = function(point)
    var history = [value]
    var recent = RecentSteps(capacity: max(memory, 1))
    var rounding = RoundingWatch()
    while largest(gradient) > gradientTolerance, !rounding.hasStalled, history.count <= maximumIterations {
      martlet_poll()
      let direction = recent.direction(for: gradient)
      let search = LineSearch(point: point, value: value, gradient: gradient, direction: direction)
      let firstStep = recent.isEmpty ? min(1, 1 / max(gradient.reduce(0) { $0 + abs($1) }, .leastNormalMagnitude)) : 1
      guard let step = search.run(firstStep, function) else {
        // A stale memory can point nowhere; start again along the gradient, and stop when that does not help either.
        if recent.isEmpty || rounding.isIdle { break }
        recent = RecentSteps(capacity: recent.capacity)
        continue
      }
      recent.add(
        step: zip(step.point, point).map { $0 - $1 }, change: zip(step.gradient, gradient).map { $0 - $1 })
      rounding.note(value, step.value, gradient: largest(step.gradient))
      (point, value, gradient) = (step.point, step.value, step.gradient)
      history.append(value)
    }
    return Result(
      point: point, value: value, history: history,
      hasConverged: largest(gradient) <= gradientTolerance || rounding.isIdle)
  }

  private func largest(_ gradient: [Double]) -> Double { gradient.reduce(0) { max($0, abs($1)) } }
}
