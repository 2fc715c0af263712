import CMartletRuntime

/// Finds a minimum of a smooth function plus a penalty on absolute values, which sets many variables to exactly zero.
///
/// Minimises `f(x) + ∑ᵢ λᵢ|xᵢ|`. Within an orthant, where no variable changes its sign, the penalty is smooth too: each step is
/// one of ``LBFGS`` that ends at the orthant's border.
///
///     let found = OrthantWiseLBFGS().minimize(from: [0, 0], penalties: [1, 1]) { x in
///       let (a, b) = (x[0] - 3, x[1] - 0.5)
///       return (a * a / 2 + b * b / 2, [a, b])
///     }
///     found.point      // [2.0, 0.0]
///
/// Reference: Andrew and Gao (2007), Scalable training of L1-regularized log-linear models.
public struct OrthantWiseLBFGS: Sendable {
  /// How many steps are remembered.
  public var memory: Int
  /// It has arrived when no component of the gradient, as far as the penalty leaves it, is larger than this.
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

  /// - Parameters:
  ///   - start: where to begin.
  ///   - penalties: one for each variable, at least 0; 0 leaves a variable free.
  ///   - function: the smooth part's value and gradient at a point.
  /// - Returns: where it ended; values include the penalty.
  /// - Complexity: one or a few calls of `function` and O(memory · n) a step.
  public func minimize(
    from start: [Double], penalties: [Double], _ function: ([Double]) -> (value: Double, gradient: [Double])
  ) -> LBFGS.Result {
    let penalty = AbsolutePenalty(weights: penalties)
    var point = start
    var (value, gradient) = function(point)
    value += penalty.value(point)
    var history = [value]
    var recent = RecentSteps(capacity: max(memory, 1))
    var slope = penalty.slope(gradient, at: point)
    var rounding = RoundingWatch()
    while largest(slope) > gradientTolerance, !rounding.hasStalled, history.count <= maximumIterations {
      martlet_poll()
      let descent = penalty.aligned(recent.direction(for: slope), with: slope)
      let step = search(point, value, slope, descent, penalty, isFirst: recent.isEmpty, function)
      guard let step else {
        // A stale memory can point nowhere; start again along the gradient, and stop when that does not help either.
        if recent.isEmpty || rounding.isIdle { break }
        recent = RecentSteps(capacity: recent.capacity)
        continue
      }
      recent.add(step: zip(step.point, point).map { $0 - $1 }, change: zip(step.gradient, gradient).map { $0 - $1 })
      let before = value
      (point, value, gradient) = step
      slope = penalty.slope(gradient, at: point)
      rounding.note(before, value, gradient: largest(slope))
      history.append(value)
    }
    return LBFGS.Result(
      point: point, value: value, history: history,
      hasConverged: largest(slope) <= gradientTolerance || rounding.isIdle)
  }

  private func largest(_ slope: [Double]) -> Double { slope.reduce(0) { max($0, abs($1)) } }

  /// Halves the step until the value falls in proportion to it.
  private func search(
    _ point: [Double], _ value: Double, _ slope: [Double], _ direction: [Double], _ penalty: AbsolutePenalty,
    isFirst: Bool, _ function: ([Double]) -> (value: Double, gradient: [Double])
  ) -> (point: [Double], value: Double, gradient: [Double])? {
    var length = isFirst ? min(1, 1 / max(slope.reduce(0) { $0 + abs($1) }, .leastNormalMagnitude)) : 1
    // Near the minimum values differ by less than their rounding.
    let rounding = 1e-15 * abs(value)
    for _ in 0..<50 {
      let moved = penalty.moved(point, along: direction, by: length, slope: slope)
      let expected = zip(slope, zip(moved, point)).reduce(0) { $0 + $1.0 * ($1.1.0 - $1.1.1) }
      guard expected < 0 else { return nil }
      let (smooth, gradient) = function(moved)
      let total = smooth + penalty.value(moved)
      if total <= value + 1e-4 * expected + rounding { return (moved, total, gradient) }
      length /= 2
    }
    return nil
  }
}

/// `∑ᵢ λᵢ|xᵢ|`, and how it bends the search for a minimum.
private struct AbsolutePenalty {
  let weights: [Double]

  func value(_ point: [Double]) -> Double { zip(weights, point).reduce(0) { $0 + $1.0 * abs($1.1) } }

  /// The slope of the whole: of its two sides at zero the one that leads down, or none.
  func slope(_ gradient: [Double], at point: [Double]) -> [Double] {
    gradient.indices.map { i in
      let (slope, weight) = (gradient[i], weights[i])
      if point[i] != 0 { return slope + (point[i] < 0 ? -weight : weight) }
      return slope + weight < 0 ? slope + weight : slope - weight > 0 ? slope - weight : 0
    }
  }

  /// The direction without what leads up.
  func aligned(_ direction: [Double], with slope: [Double]) -> [Double] {
    zip(direction, zip(slope, weights)).map { $1.1 > 0 && $0 * $1.0 >= 0 ? 0 : $0 }
  }

  /// The point after a step; a penalised variable that would change its sign stays at zero.
  func moved(_ point: [Double], along direction: [Double], by length: Double, slope: [Double]) -> [Double] {
    point.indices.map { i in
      let moved = point[i] + length * direction[i]
      if weights[i] == 0 { return moved }
      let sign = point[i] != 0 ? point[i] : -slope[i]
      return moved * sign > 0 ? moved : 0
    }
  }
}
