import MartletNumerics

/// The rising curve with the least squared error: pools neighbours that are out of order. Between its points it is a line,
/// beyond them constant.
///
/// Reference: Barlow, Bartholomew, Bremner and Brunk (1972), Statistical inference under order restrictions.
struct IsotonicSteps {
  let x: [Double]
  let y: [Double]

  init(x: [Double], y: [Double]) {
    self.x = x
    self.y = y
  }

  /// - Parameter weights: how much each point counts; at least one counts.
  init(_ x: [Double], _ y: [Double], weights: [Double]? = nil) {
    // Equal places first become one point with their mean.
    var points: [(x: Double, sum: Double, weight: Double)] = []
    for place in Matrix(x).argSort().scalars {
      let weight = weights?[place] ?? 1
      if weight == 0 { continue }
      if let last = points.last, last.x == x[place] {
        points[points.count - 1] = (last.x, last.sum + weight * y[place], last.weight + weight)
      } else {
        points.append((x[place], weight * y[place], weight))
      }
    }
    var blocks: [(sum: Double, weight: Double, points: Int)] = []
    for point in points {
      var block = (sum: point.sum, weight: point.weight, points: 1)
      while let last = blocks.last, last.sum / last.weight >= block.sum / block.weight {
        block = (last.sum + block.sum, last.weight + block.weight, last.points + block.points)
        blocks.removeLast()
      }
      blocks.append(block)
    }
    self.x = points.map(\.x)
    self.y = blocks.flatMap { [Double](repeating: $0.sum / $0.weight, count: $0.points) }
  }

  func value(_ place: Double) -> Double {
    if place <= x[0] { return y[0] }
    if place >= x[x.count - 1] { return y[y.count - 1] }
    var (low, high) = (0, x.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if x[middle] <= place { low = middle } else { high = middle }
    }
    return y[low] + (y[high] - y[low]) * (place - x[low]) / (x[high] - x[low])
  }
}
