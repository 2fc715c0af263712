import MartletNumerics

/// A rising curve from scores to probabilities.
struct ProbabilityCurve: Codable, Sendable, Equatable {
  /// `1 / (1 + exp(a·score + b))`, or rising steps joined by lines.
  private enum Shape: Codable, Equatable {
    case sigmoid(a: Double, b: Double)
    case steps(scores: [Double], values: [Double])
  }
  private let shape: Shape

  init(_ scores: [Double], _ positive: [Bool], _ method: CalibrationMethod) {
    switch method {
    case .sigmoid: shape = Self.sigmoid(scores, positive)
    case .isotonic:
      let steps = IsotonicSteps(scores, positive.map { $0 ? 1 : 0 })
      shape = .steps(scores: steps.x, values: steps.y)
    }
  }

  func value(_ score: Double) -> Double {
    switch shape {
    case .sigmoid(let a, let b): return SoftProbability.sigmoid(-(a * score + b))
    case .steps(let scores, let values): return IsotonicSteps(x: scores, y: values).value(score)
    }
  }

  /// Platt's fit: the targets are drawn in a little, so that separable samples have a finite slope.
  private static func sigmoid(_ scores: [Double], _ positive: [Bool]) -> Shape {
    let positives = Double(positive.count { $0 })
    let negatives = Double(positive.count) - positives
    let (high, low) = ((positives + 1) / (positives + 2), 1 / (negatives + 2))
    let targets = positive.map { $0 ? high : low }
    let largest = scores.reduce(0) { max($0, abs($1)) }
    let scale = largest > 0 ? largest : 1
    let found = LBFGS(gradientTolerance: 1e-10).minimize(from: [0, log((negatives + 1) / (positives + 1))]) { point in
      var (loss, slope) = (0.0, [0.0, 0.0])
      for (score, target) in zip(scores, targets) {
        let raw = -(point[0] * score / scale + point[1])
        loss += SoftProbability.logOnePlusExp(raw) - target * raw
        let error = target - SoftProbability.sigmoid(raw)
        slope[0] += error * score / scale
        slope[1] += error
      }
      return (loss, slope)
    }
    return .sigmoid(a: found.point[0] / scale, b: found.point[1])
  }

  init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    shape = try file.decode(Shape.self, forKey: .shape)
    if case .steps(let scores, let values) = shape {
      let isSound =
        !scores.isEmpty && scores.count == values.count && values.allSatisfy { (0...1).contains($0) }
        && zip(scores, scores.dropFirst()).allSatisfy { $0 < $1 }
      try ModelChecks.fits(isSound, file, .shape, "rising scores with probabilities")
    }
    if case .sigmoid(let a, let b) = shape {
      try ModelChecks.fits(a.isFinite && b.isFinite, file, .shape, "finite numbers")
    }
  }

  private enum CodingKeys: String, CodingKey { case shape }
}

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

  init(_ x: [Double], _ y: [Double]) {
    // Equal places first become one point with their mean.
    var points: [(x: Double, sum: Double, weight: Double)] = []
    for place in Matrix(x).argSort().scalars {
      if let last = points.last, last.x == x[place] {
        points[points.count - 1] = (last.x, last.sum + y[place], last.weight + 1)
      } else {
        points.append((x[place], y[place], 1))
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
