import CMartletRuntime
import MartletNumerics

/// Turns white samples until each direction is as far from normal as it gets; the iterations of ``FastICA``.
///
/// Reference: Hyvärinen (1999), Fast and robust fixed-point algorithms for independent component analysis.
struct FixedPointRotation {
  /// One a column: shape `[components, n]`.
  let samples: Matrix
  let contrast: FastICA.Contrast
  let maximumIterations: Int
  let tolerance: Double

  struct Result {
    /// Orthonormal rows: shape `[components, components]`.
    let directions: Matrix
    /// Of all directions together, or the most of one.
    let iterations: Int
    let hasConverged: Bool
  }

  /// All directions at once.
  func together(from start: Matrix) throws(FitError) -> Result {
    var directions = try orthonormal(start)
    let progress = FitProgress.begin("iterations", of: maximumIterations)
    for iteration in 1...maximumIterations {
      martlet_poll()
      defer { progress?.advance() }
      let next = try orthonormal(moved(directions))
      let turns = (next * directions).sum(axis: 1).scalars.map { abs(abs($0) - 1) }
      directions = next
      if turns.allSatisfy({ $0 < tolerance }) {
        return Result(directions: directions, iterations: iteration, hasConverged: true)
      }
    }
    return Result(directions: directions, iterations: maximumIterations, hasConverged: false)
  }

  /// One direction after the other, each orthogonal to those before.
  func oneByOne(from start: Matrix) throws(FitError) -> Result {
    var found = Matrix.zeros(0, samples.shape[0])
    var (most, hasConverged) = (0, true)
    let progress = FitProgress.begin("components", of: start.shape[0])
    for component in 0..<start.shape[0] {
      defer { progress?.advance() }
      var direction = try unit(start[component..<component + 1, .all])
      var (iterations, hasSettled) = (0, false)
      while iterations < maximumIterations, !hasSettled {
        martlet_poll()
        iterations += 1
        let step = moved(direction)
        let next = try unit(step - (step • found.transposed()) • found)
        hasSettled = abs(abs((next * direction).sum()) - 1) < tolerance
        direction = next
      }
      found = Matrix.concatenated([found, direction], axis: 0)
      most = max(most, iterations)
      hasConverged = hasConverged && hasSettled
    }
    return Result(directions: found, iterations: most, hasConverged: hasConverged)
  }

  /// `E[x g(wᵀx)] − E[g′(wᵀx)] w` for each row `w`.
  private func moved(_ directions: Matrix) -> Matrix {
    let projected = directions • samples
    let (slopes, curvatures) = derivatives(projected)
    return (slopes • samples.transposed()) / Double(samples.shape[1]) - curvatures.reshaped(-1, 1) * directions
  }

  /// `g` of every element, and the mean of `g′` of every row.
  private func derivatives(_ u: Matrix) -> (Matrix, Matrix) {
    switch contrast {
    case .logCosh(let scale):
      let bent = tanh(u * scale)
      return (bent, scale * (1 - (bent * bent).mean(axis: 1)))
    case .exponential:
      let squares = u * u
      let bell = exp(squares * -0.5)
      return (u * bell, ((1 - squares) * bell).mean(axis: 1))
    case .cube:
      let squares = u * u
      return (squares * u, 3 * squares.mean(axis: 1))
    }
  }

  /// `(W Wᵀ)^(−½) W`: rows made orthonormal, none before the others.
  private func orthonormal(_ rows: Matrix) throws(FitError) -> Matrix {
    let eigen = try SampleChecks.algebra("orthonormal directions") { () throws(LinearAlgebraError) in
      try (rows • rows.transposed()).symmetricEigen()
    }
    let scales = Matrix(eigen.values.map { 1 / max($0, .leastNormalMagnitude).squareRoot() })
    return (eigen.vectors * scales) • eigen.vectors.transposed() • rows
  }

  private func unit(_ row: Matrix) throws(FitError) -> Matrix {
    let length = row.norm()
    guard length > 0, length.isFinite else {
      throw FitError(
        .notConverged, expected: "a direction for every component", found: "one that lies along those before",
        advice: "Start elsewhere, with another seed or start.")
    }
    return row / length
  }
}
