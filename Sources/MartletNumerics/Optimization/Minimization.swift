/// Where a minimisation went.
public struct Minimization: Sendable {
  /// The variables at the end.
  public let point: [Double]
  /// The function's value there.
  public let value: Double
  /// The best point after each step, the start first: what a plot of the way shows.
  public let path: [[Double]]
  /// The function's value after each step, the start first.
  public let history: [Double]
  /// Whether it arrived, rather than running out of steps.
  public let hasConverged: Bool
  /// How many steps were taken.
  public var iterations: Int { history.count - 1 }
}

/// Collects the way of a minimisation.
struct MinimizationPath {
  private var path: [[Double]]
  private var history: [Double]

  init(_ point: [Double], _ value: Double) { (path, history) = ([point], [value]) }

  mutating func add(_ point: [Double], _ value: Double) {
    path.append(point)
    history.append(value)
  }

  func result(_ point: [Double], _ value: Double, hasConverged: Bool) -> Minimization {
    Minimization(point: point, value: value, path: path, history: history, hasConverged: hasConverged)
  }
}
