import CMartletRuntime

/// Finds a minimum from values alone, by a simplex that turns, stretches and shrinks its way downhill.
///
///     let found = NelderMead().minimize(from: [-1.2, 1]) { x in
///       let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
///       return a * a + 100 * b * b
///     }
///     found.point      // [1.0, 1.0], to four digits
///
/// For few variables (up to about ten) and functions without a gradient; ``BFGS`` is faster where there is one.
///
/// Reference: Nelder and Mead (1965), A simplex method for function minimization; sizes after Gao and Han (2012).
public struct NelderMead: Sendable {
  /// It has arrived when the simplex's corners are no further apart than this…
  public var pointTolerance: Double
  /// …and their values neither.
  public var valueTolerance: Double
  /// The most steps it takes; 200 for each variable by default.
  public var maximumIterations: Int?

  public init(pointTolerance: Double = 1e-4, valueTolerance: Double = 1e-4, maximumIterations: Int? = nil) {
    (self.pointTolerance, self.valueTolerance) = (pointTolerance, valueTolerance)
    self.maximumIterations = maximumIterations
  }

  /// - Complexity: one or two calls of `function` a step.
  public func minimize(from start: [Double], _ function: ([Double]) -> Double) -> Minimization {
    let n = start.count
    guard n > 0 else { fatalError("A minimisation needs at least one variable.") }
    var corners = [start]
    for i in 0..<n {
      var corner = start
      corner[i] = corner[i] == 0 ? 0.00025 : corner[i] * 1.05
      corners.append(corner)
    }
    var simplex = corners.map { (point: $0, value: function($0)) }
    var path = MinimizationPath(start, simplex[0].value)
    let most = maximumIterations ?? 200 * n
    var hasConverged = false
    for _ in 0..<most {
      martlet_poll()
      simplex.sort { $0.value < $1.value }
      let best = simplex[0]
      hasConverged = simplex.allSatisfy { corner in
        abs(corner.value - best.value) <= valueTolerance
          && zip(corner.point, best.point).allSatisfy { abs($0 - $1) <= pointTolerance }
      }
      if hasConverged { break }
      step(&simplex, function)
      let leader = simplex.min { $0.value < $1.value }!  // not nil: a simplex has corners
      path.add(leader.point, leader.value)
    }
    simplex.sort { $0.value < $1.value }
    return path.result(simplex[0].point, simplex[0].value, hasConverged: hasConverged)
  }

  private func step(_ simplex: inout [(point: [Double], value: Double)], _ function: ([Double]) -> Double) {
    let n = simplex.count - 1
    let worst = simplex[n]
    let centre = (0..<n).map { j in simplex.prefix(n).reduce(0) { $0 + $1.point[j] } / Double(n) }
    func corner(_ factor: Double) -> (point: [Double], value: Double) {
      let point = centre.indices.map { centre[$0] + factor * (centre[$0] - worst.point[$0]) }
      return (point, function(point))
    }
    let mirrored = corner(1)
    if mirrored.value < simplex[0].value {
      let stretched = corner(2)
      simplex[n] = stretched.value < mirrored.value ? stretched : mirrored
    } else if mirrored.value < simplex[n - 1].value {
      simplex[n] = mirrored
    } else {
      let isOutside = mirrored.value < worst.value
      let shrunk = corner(isOutside ? 0.5 : -0.5)
      if shrunk.value < (isOutside ? mirrored.value : worst.value) {
        simplex[n] = shrunk
      } else {
        for i in 1...n {
          let point = zip(simplex[i].point, simplex[0].point).map { $1 + 0.5 * ($0 - $1) }
          simplex[i] = (point, function(point))
        }
      }
    }
  }
}
