import CMartletRuntime

/// A curve through the middle of points that assumes no formula: at every place a line through the nearest of them.
///
/// Weights fall with the distance as `(1 − (d / dₘ)³)³`, where `dₘ` is that of the farthest neighbour.
///
/// Reference: Cleveland (1979), Robust locally weighted regression and smoothing scatterplots.
package enum LocalRegression {
  /// The curve's heights at its places.
  ///
  /// - Parameters:
  ///   - x, y: finite values of the points.
  ///   - places: where to find the curve.
  ///   - share: of the points that count as neighbours, from 0 to 1.
  /// - Complexity: O(places · log n + neighbours).
  package static func fit(x: [Double], y: [Double], at places: [Double], share: Double) -> [Double] {
    let order = x.indices.sorted { x[$0] < x[$1] }
    let (x, y) = (order.map { x[$0] }, order.map { y[$0] })
    // As statsmodels rounds, so that both mean the same by a share.
    let count = min(x.count, max(2, Int(share * Double(x.count) + 1e-10)))
    guard x.count >= 2 else { return places.map { _ in y.first ?? .nan } }
    return places.map { place in
      martlet_poll()
      return height(at: place, neighbours(of: place, in: x, count: count), x, y)
    }
  }

  /// The nearest points, which are neighbours of each other too.
  private static func neighbours(of place: Double, in x: [Double], count: Int) -> Range<Int> {
    var first = min(max(x.firstIndex(notBelow: place) - count, 0), x.count - count)
    while first + count < x.count, x[first + count] - place < place - x[first] { first += 1 }
    return first..<first + count
  }

  /// The height of the weighted line through the neighbours; their weighted mean where they stand above each other.
  private static func height(at place: Double, _ neighbours: Range<Int>, _ x: [Double], _ y: [Double]) -> Double {
    let farthest = max(place - x[neighbours.lowerBound], x[neighbours.upperBound - 1] - place)
    let weights = neighbours.map { index -> Double in
      let distance = abs(x[index] - place) / farthest
      // Like statsmodels: what is as far as the farthest has no weight, and what is almost here has all.
      if farthest == 0 || distance <= 0.001 { return 1 }
      if distance >= 0.999 { return 0 }
      let rest = 1 - distance * distance * distance
      return rest * rest * rest
    }
    let total = weights.reduce(0, +)
    let (middleX, middleY) = (
      zip(weights, x[neighbours]).reduce(0) { $0 + $1.0 * $1.1 } / total,
      zip(weights, y[neighbours]).reduce(0) { $0 + $1.0 * $1.1 } / total
    )
    var (spread, slope) = (0.0, 0.0)
    for (weight, index) in zip(weights, neighbours) {
      spread += weight * (x[index] - middleX) * (x[index] - middleX)
      slope += weight * (x[index] - middleX) * (y[index] - middleY)
    }
    let range = x[x.count - 1] - x[0]
    return spread.squareRoot() > 0.001 * range ? middleY + (place - middleX) * slope / spread : middleY
  }
}
