import MartletNumerics

/// A curve through points, with the band that contains the true one with some confidence.
package struct RegressionBand: Sendable {
  package let places: [Double]
  package let heights: [Double]
  /// The band's edges; empty for curves without one.
  package private(set) var lower: [Double] = []
  package private(set) var upper: [Double] = []

  /// A curve without a band.
  package init(places: [Double], heights: [Double]) { (self.places, self.heights) = (places, heights) }

  /// The least-squares line: `ŷ ± t · s · √(1/n + (x − x̄)² / ∑(xᵢ − x̄)²)` for its mean.
  ///
  /// - Parameters:
  ///   - x, y: finite values.
  ///   - confidence: of the band, between 0 and 1; `nil` for no band.
  /// - Returns: `nil` unless `x` has two different values. There is no band for fewer than three points.
  package init?(lineThrough x: [Double], _ y: [Double], at places: [Double], confidence: Double?) {
    let n = Double(x.count)
    guard x.count >= 2 else { return nil }
    let (middleX, middleY) = (mean(x), mean(y))
    let spread = x.reduce(0) { $0 + ($1 - middleX) * ($1 - middleX) }
    guard spread > 0, spread.isFinite else { return nil }
    let slope = zip(x, y).reduce(0) { $0 + ($1.0 - middleX) * ($1.1 - middleY) } / spread
    let heights = places.map { middleY + slope * ($0 - middleX) }
    self.init(places: places, heights: heights)
    guard let confidence, n > 2 else { return }
    let residuals = zip(x, y).reduce(0.0) { sum, point in
      let residual = point.1 - middleY - slope * (point.0 - middleX)
      return sum + residual * residual
    }
    let t = StudentTDistribution(degreesOfFreedom: n - 2).quantile(0.5 + confidence / 2)
    let reaches = places.map { place in
      t * (residuals / (n - 2) * (1 / n + (place - middleX) * (place - middleX) / spread)).squareRoot()
    }
    lower = zip(heights, reaches).map { $0 - $1 }
    upper = zip(heights, reaches).map { $0 + $1 }
  }

  /// The least-squares polynomial, with the band of its mean: `ŷ ± t · s · √(∑ₖ pₖ(x)²)` for polynomials `pₖ` that are
  /// orthonormal over the points.
  ///
  /// - Returns: `nil` unless `x` has more than `degree` different values. There is no band for just `degree + 1` points.
  ///
  /// Reference: Forsythe (1957), Generation and use of orthogonal polynomials for data-fitting with a digital computer.
  package init?(polynomialThrough x: [Double], _ y: [Double], degree: Int, at places: [Double], confidence: Double?) {
    guard Set(x).count > degree, let lower = x.min(), let upper = x.max(), lower < upper else { return nil }
    // From -1 to 1, so that powers neither vanish nor grow.
    func scaled(_ values: [Double]) -> [Double] { values.map { (2 * $0 - lower - upper) / (upper - lower) } }
    let (points, wanted) = (scaled(x), scaled(places))
    func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let start = 1 / Double(x.count).squareRoot()
    var (current, here) = (points.map { _ in start }, wanted.map { _ in start })
    var (before, beforeHere) = (points.map { _ in 0.0 }, wanted.map { _ in 0.0 })
    var (residuals, heights, squares) = (y, wanted.map { _ in 0.0 }, wanted.map { _ in 0.0 })
    var norm = 0.0
    for power in 0...degree {
      // Of the residuals, not of y: what rounding left of earlier powers is taken off, too.
      let share = product(current, residuals)
      residuals = zip(residuals, current).map { $0 - share * $1 }
      heights = zip(heights, here).map { $0 + share * $1 }
      squares = zip(squares, here).map { $0 + $1 * $1 }
      if power == degree { break }
      let middle = product(zip(points, current).map { $0 * $1 }, current)
      let next = points.indices.map { (points[$0] - middle) * current[$0] - norm * before[$0] }
      let nextHere = wanted.indices.map { (wanted[$0] - middle) * here[$0] - norm * beforeHere[$0] }
      norm = product(next, next).squareRoot()
      guard norm > 0, norm.isFinite else { return nil }
      (before, beforeHere) = (current, here)
      (current, here) = (next.map { $0 / norm }, nextHere.map { $0 / norm })
    }
    self.init(places: places, heights: heights)
    let freedom = Double(x.count - degree - 1)
    guard let confidence, freedom > 0 else { return }
    let t = StudentTDistribution(degreesOfFreedom: freedom).quantile(0.5 + confidence / 2)
    let deviation = (product(residuals, residuals) / freedom).squareRoot()
    let reaches = squares.map { t * deviation * $0.squareRoot() }
    self.lower = zip(heights, reaches).map { $0 - $1 }
    self.upper = zip(heights, reaches).map { $0 + $1 }
  }
}
