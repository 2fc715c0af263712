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
}
