import CMartletRuntime
import MartletNumerics

/// The weights with the least `∑ᵢ vᵢ ρ(yᵢ − xᵢw)`, where `ρ(e)` is `qᵢ e` above and `(qᵢ − 1) e` below zero.
///
/// Its dual asks for the largest `a · y` with `Xᵀa = Xᵀ((1 − q) v)` and `0 ≤ a ≤ v`. Steps stay inside these bounds, aim at
/// the middle between them first (predictor) and then ever closer to the optimum (corrector). A corner of the program has as
/// many samples on the line as there are weights: in the end those that are inside their bounds give the weights exactly.
///
/// Reference: Portnoy and Koenker (1997), The Gaussian hare and the Laplacian tortoise; Mehrotra (1992), On the
/// implementation of a primal-dual interior point method.
struct QuantileProgram {
  private var rows: [Double]
  private var y: [Double]
  private var quantiles: [Double]
  private var limits: [Double]
  private let width: Int
  private static let maximumSteps = 100

  init(x: Matrix, y: [Double], quantiles: [Double], weights: [Double]) {
    rows = x.scalars
    width = x.shape[1]
    self.y = y
    self.quantiles = quantiles
    limits = weights
    // A sample without weight has no room between its bounds.
    let kept = weights.indices.filter { weights[$0] > 0 }
    if kept.count < weights.count {
      rows = x[rows: kept].scalars
      self.y = kept.map { y[$0] }
      self.quantiles = kept.map { quantiles[$0] }
      limits = kept.map { weights[$0] }
    }
  }

  /// One more sample, at zero, that sees one weight alone.
  mutating func add(column: Int, weight: Double) {
    rows += (0..<width).map { $0 == column ? 1 : 0 }
    y.append(0)
    quantiles.append(0.5)
    limits.append(weight)
  }

  /// - Throws: ``FitError`` of kind `notConverged`.
  func solved() throws(FitError) -> [Double] {
    let x = Matrix(rows, shape: [y.count, width])
    let total = limits.reduce(0, +)
    let (costs, bounds) = (Matrix(y) * -1.0, Matrix(limits))
    let start = zip(limits, quantiles).map { $0 * (1 - $1) }
    var inner = Matrix(start)
    var slack = bounds - inner
    let goal = inner • x
    var weights = try Self.leastSquares(x, costs)
    var reduced = costs - x • weights
    reduced = Matrix.where(reduced .== 0, Matrix.full(0.001, y.count), reduced)
    var lower = Matrix.maximum(reduced, Matrix(scalar: 0))
    var upper = lower - reduced
    let margin = Matrix.full(1e-3, y.count)
    (lower, upper) = (lower + margin, upper + margin)
    for _ in 0..<Self.maximumSteps {
      martlet_poll()
      let gap = costs.dot(inner) - weights.dot(goal) + upper.dot(bounds)
      if abs(gap) < 1e-12 * (1 + total) { break }
      let scale = 1.0 / (lower / inner + upper / slack)
      let weighted = x.transposed() * scale
      let products = weighted • x
      let rest = costs - x • weights
      func step(_ shift: Matrix) throws(FitError) -> (inner: Matrix, weights: Matrix) {
        let move = try Self.solve(products, weighted • (rest - shift))
        return (scale * (x • move - rest + shift), move)
      }
      let zero = Matrix.zeros(y.count)
      var (direction, turn) = try step(zero)
      var lowerMove = -1.0 * lower * (1.0 + direction / inner)
      var upperMove = -1.0 * upper * (1.0 - direction / slack)
      var (primal, dual) = Self.lengths(inner, slack, lower, upper, direction, lowerMove, upperMove)
      if min(primal, dual) < 1 {
        let mean = lower.dot(inner) + upper.dot(slack)
        let after =
          (lower + lowerMove * dual).dot(inner + direction * primal)
          + (upper + upperMove * dual).dot(slack - direction * primal)
        let target = mean * (after / mean) * (after / mean) * (after / mean) / (2 * Double(y.count))
        let lowerProduct = direction * lowerMove
        let upperProduct = -1.0 * direction * upperMove
        let shift = target / inner - target / slack - lowerProduct / inner + upperProduct / slack
        (direction, turn) = try step(shift)
        lowerMove = target / inner - lower - lower * direction / inner - lowerProduct / inner
        upperMove = target / slack - upper + upper * direction / slack - upperProduct / slack
        (primal, dual) = Self.lengths(inner, slack, lower, upper, direction, lowerMove, upperMove)
      }
      // Rounding may end the way when the bounds are as near as numbers can be.
      guard turn.scalars.allSatisfy(\.isFinite), direction.scalars.allSatisfy(\.isFinite) else { break }
      inner = inner + direction * primal
      slack = slack - direction * primal
      weights = weights + turn * dual
      lower = lower + lowerMove * dual
      upper = upper + upperMove * dual
    }
    let found = weights * -1.0
    guard found.scalars.allSatisfy(\.isFinite) else {
      throw FitError(
        .notConverged, expected: "finite weights", found: "\(found.scalars)",
        advice: "Scale the features, and drop those that repeat others.")
    }
    return corner(x, found, inner, slack)
  }

  /// How far a step may go without leaving the bounds: at most 1.
  private static func lengths(
    _ inner: Matrix, _ slack: Matrix, _ lower: Matrix, _ upper: Matrix, _ direction: Matrix, _ lowerMove: Matrix,
    _ upperMove: Matrix
  ) -> (Double, Double) {
    func limit(_ place: Matrix, _ move: Matrix) -> Double {
      zip(place.scalars, move.scalars).reduce(Double.infinity) { $1.1 < 0 ? min($0, -$1.0 / $1.1) : $0 }
    }
    let primal = min(limit(inner, direction), limit(slack, direction * -1.0))
    let dual = min(limit(lower, lowerMove), limit(upper, upperMove))
    return (min(0.9995 * primal, 1), min(0.9995 * dual, 1))
  }

  /// The weights for which as many samples as there are weights lie exactly on the line, if that is no worse.
  private func corner(_ x: Matrix, _ weights: Matrix, _ inner: Matrix, _ slack: Matrix) -> [Double] {
    let room = zip(zip(inner.scalars, slack.scalars), limits).map { min($0.0, $0.1) / $1 }
    let rough = cost(x, weights)
    var (best, least) = (weights, rough)
    let order = room.indices.sorted { (-room[$0], $0) < (-room[$1], $1) }
    let chosen = Array(order.prefix(width))
    if chosen.count == width, let exact = try? x[rows: chosen].solve(Matrix(chosen.map { y[$0] })),
      exact.scalars.allSatisfy(\.isFinite)
    {
      let value = cost(x, exact)
      if value <= least * (1 + 1e-9) + 1e-15 { (best, least) = (exact, value) }
    }
    return best.scalars
  }

  private func cost(_ x: Matrix, _ weights: Matrix) -> Double {
    let fitted = (x • weights).scalars
    return y.indices.reduce(0) { sum, sample in
      let miss = y[sample] - fitted[sample]
      return sum + limits[sample] * (miss > 0 ? quantiles[sample] : quantiles[sample] - 1) * miss
    }
  }

  private static func solve(_ products: Matrix, _ right: Matrix) throws(FitError) -> Matrix {
    if let exact = try? products.solvePositiveDefinite(right) { return exact }
    return try leastSquares(products, right)
  }

  private static func leastSquares(_ x: Matrix, _ y: Matrix) throws(FitError) -> Matrix {
    try SampleChecks.algebra("weights of the least squares") { () throws(LinearAlgebraError) in
      try x.leastSquares(y)
    }.solution
  }
}
