import MartletNumerics

/// A rising curve from scores to probabilities.
struct ProbabilityCurve: Codable, Sendable, Equatable {
  /// `1 / (1 + exp(a·score + b))`, or rising steps joined by lines.
  private enum Shape: Codable, Equatable {
    case sigmoid(a: Double, b: Double)
    case steps(scores: [Double], values: [Double])
  }
  private let shape: Shape

  init(_ scores: [Double], _ positive: [Bool], weights: [Double]? = nil, _ method: CalibrationMethod) {
    switch method {
    case .sigmoid: shape = Self.sigmoid(scores, positive, weights ?? positive.map { _ in 1 })
    case .isotonic:
      let steps = IsotonicSteps(scores, positive.map { $0 ? 1 : 0 }, weights: weights)
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
  private static func sigmoid(_ scores: [Double], _ positive: [Bool], _ weights: [Double]) -> Shape {
    let positives = zip(positive, weights).reduce(0) { $0 + ($1.0 ? $1.1 : 0) }
    let negatives = weights.reduce(0, +) - positives
    let (high, low) = ((positives + 1) / (positives + 2), 1 / (negatives + 2))
    let targets = positive.map { $0 ? high : low }
    let largest = scores.reduce(0) { max($0, abs($1)) }
    let scale = largest > 0 ? largest : 1
    let found = LBFGS(gradientTolerance: 1e-10).minimize(from: [0, log((negatives + 1) / (positives + 1))]) { point in
      var (loss, slope) = (0.0, [0.0, 0.0])
      for place in scores.indices {
        let (score, target, weight) = (scores[place], targets[place], weights[place])
        let raw = -(point[0] * score / scale + point[1])
        loss += weight * (SoftProbability.logOnePlusExp(raw) - target * raw)
        let error = weight * (target - SoftProbability.sigmoid(raw))
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
