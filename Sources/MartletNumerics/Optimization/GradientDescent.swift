import CMartletRuntime

/// Steps downhill along the gradient: the plainest way to a minimum, and what networks are trained by.
///
/// `v ← momentum · v − learningRate · ∇f`, `x ← x + v`.
///
///     let found = GradientDescent(learningRate: 0.1).minimize(from: [4]) { x in [2 * x[0]] } value: { x in x[0] * x[0] }
///     found.point      // near [0.0]
public struct GradientDescent: Sendable {
  /// The length of a step for a gradient of 1; too large a one runs away.
  public var learningRate: Double
  /// How much of the last step is kept, from 0 (nothing) to below 1.
  public var momentum: Double
  /// Whether the gradient is taken where the momentum leads, which overshoots less. (Nesterov 1983)
  public var usesNesterov: Bool
  /// It has arrived when no component of the gradient is larger than this.
  public var gradientTolerance: Double
  /// The most steps it takes.
  public var maximumIterations: Int

  public init(
    learningRate: Double = 0.01, momentum: Double = 0, usesNesterov: Bool = false, gradientTolerance: Double = 1e-8,
    maximumIterations: Int = 10_000
  ) {
    (self.learningRate, self.momentum, self.usesNesterov) = (learningRate, momentum, usesNesterov)
    (self.gradientTolerance, self.maximumIterations) = (gradientTolerance, maximumIterations)
  }

  /// - Parameters:
  ///   - start: where to begin.
  ///   - gradient: the slopes at a point, as many as `start` has numbers.
  ///   - value: the function itself, for the history.
  public func minimize(
    from start: [Double], gradient: ([Double]) -> [Double], value: ([Double]) -> Double
  ) -> Minimization {
    var (point, velocity) = (start, start.map { _ in 0.0 })
    var path = MinimizationPath(start, value(start))
    var hasConverged = false
    for _ in 0..<maximumIterations {
      martlet_poll()
      let place = usesNesterov ? zip(point, velocity).map { $0 + momentum * $1 } : point
      let slope = gradient(place)
      hasConverged = slope.allSatisfy { abs($0) <= gradientTolerance }
      if hasConverged || !slope.allSatisfy(\.isFinite) { break }
      velocity = zip(velocity, slope).map { momentum * $0 - learningRate * $1 }
      point = zip(point, velocity).map { $0 + $1 }
      path.add(point, value(point))
    }
    return path.result(point, value(point), hasConverged: hasConverged)
  }
}
