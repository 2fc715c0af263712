import CMartletRuntime

/// Fits the parameters of a curve to values: the smallest sum of squared residuals of a function that is not linear.
///
///     let fit = try LevenbergMarquardt().fit(from: [1, 1]) { p in zip(x, y).map { $1 - p[0] * exp(p[1] * $0) } }
///     fit.point      // the amplitude and the rate
///
/// References: Marquardt (1963); Nielsen (1999) for how the damping changes.
public struct LevenbergMarquardt: Sendable {
  /// It has arrived when a step changes no parameter by more than this fraction.
  public var tolerance: Double
  /// The most steps it takes.
  public var maximumIterations: Int

  public init(tolerance: Double = 1e-13, maximumIterations: Int = 2_000) {
    (self.tolerance, self.maximumIterations) = (tolerance, maximumIterations)
  }

  /// - Parameters:
  ///   - start: a guess of the parameters.
  ///   - residuals: what is left of each value, as many at every point and at least as many as parameters.
  ///   - jacobian: the residuals' slopes, shape `[n, parameters]`; by differences where there is none.
  /// - Returns: `value` is the sum of the squared residuals.
  /// - Throws: ``StatisticsError`` where there are fewer residuals than parameters, or none is finite at the start.
  public func fit(
    from start: [Double], jacobian slopes: (([Double]) -> Matrix)? = nil, _ residuals: ([Double]) -> [Double]
  ) throws(StatisticsError) -> Minimization {
    var point = Matrix(start)
    var left = Matrix(residuals(start))
    try StatisticsError.require(
      left.count >= start.count && left.isFinite.allTrue,
      "A fit needs at least as many residuals as its \(start.count) parameters, and finite ones at the start.")
    var value = left.dot(left)
    var path = MinimizationPath(start, value)
    var (damping, growth, hasConverged) = (1e-3, 2.0, false)
    var needsSlopes = true
    var slope = Matrix.zeros(left.count, start.count)
    for _ in 0..<maximumIterations where !hasConverged {
      martlet_poll()
      if needsSlopes { slope = slopes?(point.scalars) ?? differences(point.scalars, residuals) }
      needsSlopes = false
      // The step by QR of the slopes with the damping below: their products would lose half of the digits.
      let sizes = slope.norms(axis: 0)
      let scale = Matrix.where(sizes .> 0, sizes, 1)
      let below = Matrix.diagonal((scale * damping.squareRoot()).scalars)
      let stacked = Matrix.concatenated([slope, below])
      let target = Matrix.concatenated([left * -1, .zeros(start.count)])
      guard let step = try? (stacked / scale).leastSquares(target, relativeTolerance: 1e-16).solution / scale else {
        break
      }
      let moved = point + step
      let trial = Matrix(residuals(moved.scalars))
      let trialValue = trial.isFinite.allTrue ? trial.dot(trial) : .infinity
      let isSmall = (abs(step) .<= tolerance * (abs(point) + tolerance)).allTrue
      if trialValue <= value {
        hasConverged = isSmall || trialValue == 0
        let expected = value - (left + slope • step).applying(.square).sum()
        let quality = expected > 0 ? (value - trialValue) / expected : 0
        let turn = 2 * quality - 1
        damping = max(damping * max(1.0 / 3, 1 - turn * turn * turn), 1e-18)
        growth = 2
        (point, left, value, needsSlopes) = (moved, trial, trialValue, true)
        path.add(point.scalars, value)
      } else {
        hasConverged = isSmall
        damping *= growth
        growth *= 2
        if damping > 1e18 { break }
      }
    }
    return path.result(point.scalars, value, hasConverged: hasConverged)
  }

  private func differences(_ point: [Double], _ residuals: ([Double]) -> [Double]) -> Matrix {
    let columns = point.indices.map { i in
      // The cube root of the rounding unit balances the two errors of a difference on both sides.
      let wanted = 6e-6 * max(abs(point[i]), 1e-4)
      var (right, left) = (point, point)
      right[i] += wanted
      left[i] -= wanted
      return (Matrix(residuals(right)) - Matrix(residuals(left))) / (right[i] - left[i])
    }
    return Matrix.stacked(columns, axis: 1)
  }
}
