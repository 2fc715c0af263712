import MartletNumerics

/// Turns decision values into probabilities `1 / (1 + exp(slope · value + offset))`.
///
/// Reference: Lin, Lin and Weng (2007), A note on Platt's probabilistic outputs for support vector machines.
struct PlattScaling: Sendable, Codable, Equatable {
  let slope: Double
  let offset: Double

  init(slope: Double, offset: Double) {
    self.slope = slope
    self.offset = offset
  }

  /// The likeliest link, by Newton's steps. Targets are drawn in from 0 and 1, so that none becomes certain.
  init(_ decisions: [Double], _ isFirst: [Bool]) {
    let first = Double(isFirst.count { $0 })
    let second = Double(isFirst.count) - first
    let targets = isFirst.map { $0 ? (first + 1) / (first + 2) : 1 / (second + 2) }
    func loss(_ slope: Double, _ offset: Double) -> Double {
      zip(decisions, targets).reduce(0) { sum, pair in
        let value = slope * pair.0 + offset
        return sum + pair.1 * value + SoftProbability.logOnePlusExp(-value)
      }
    }
    var (slope, offset) = (0.0, log((second + 1) / (first + 1)))
    var current = loss(slope, offset)
    for _ in 0..<100 {
      // Slightly more than the second derivatives, so that they can be divided by.
      var (h11, h22, h21, g1, g2) = (1e-12, 1e-12, 0.0, 0.0, 0.0)
      for (decision, target) in zip(decisions, targets) {
        let probability = SoftProbability.sigmoid(-(slope * decision + offset))
        let curvature = probability * (1 - probability)
        h11 += decision * decision * curvature
        h22 += curvature
        h21 += decision * curvature
        g1 += decision * (target - probability)
        g2 += target - probability
      }
      if abs(g1) < 1e-5 && abs(g2) < 1e-5 { break }
      let determinant = h11 * h22 - h21 * h21
      let (step1, step2) = (-(h22 * g1 - h21 * g2) / determinant, -(h11 * g2 - h21 * g1) / determinant)
      let slant = g1 * step1 + g2 * step2
      var length = 1.0
      while length >= 1e-10 {
        let next = loss(slope + length * step1, offset + length * step2)
        if next < current + 1e-4 * length * slant { break }
        length /= 2
      }
      if length < 1e-10 { break }
      (slope, offset) = (slope + length * step1, offset + length * step2)
      current = loss(slope, offset)
    }
    self.slope = slope
    self.offset = offset
  }

  /// The probability of the first class, kept from 0 and 1.
  func probability(_ decision: Double) -> Double {
    min(max(SoftProbability.sigmoid(-(slope * decision + offset)), 1e-7), 1 - 1e-7)
  }

  /// Probabilities of all classes from those of each against each other.
  ///
  /// Reference: Wu, Lin and Weng (2004), Probability estimates for multi-class classification by pairwise coupling,
  /// second method.
  /// - Parameter pairs: `pairs[i][j]` is the probability of class `i` when it is `i` or `j`.
  static func coupled(_ pairs: [[Double]]) -> [Double] {
    let count = pairs.count
    var q = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    for t in 0..<count {
      for j in 0..<count where j != t {
        q[t][t] += pairs[j][t] * pairs[j][t]
        q[t][j] = -pairs[j][t] * pairs[t][j]
      }
    }
    var p = [Double](repeating: 1 / Double(count), count: count)
    for _ in 0..<max(100, count) {
      var products = q.map { row in zip(row, p).reduce(0) { $0 + $1.0 * $1.1 } }
      var square = zip(p, products).reduce(0) { $0 + $1.0 * $1.1 }
      if products.allSatisfy({ abs($0 - square) < 0.005 / Double(count) }) { break }
      for t in 0..<count {
        let change = (square - products[t]) / q[t][t]
        p[t] += change
        square = (square + change * (change * q[t][t] + 2 * products[t])) / (1 + change) / (1 + change)
        for j in 0..<count {
          products[j] = (products[j] + change * q[t][j]) / (1 + change)
          p[j] /= 1 + change
        }
      }
    }
    return p
  }
}
