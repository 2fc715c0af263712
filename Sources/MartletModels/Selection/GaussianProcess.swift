import MartletNumerics

/// A smooth guess of a function from a few of its values, with how unsure it is everywhere: what Bayesian optimisation
/// looks at. Inputs are from 0 to 1 in every dimension, values are standardised.
///
/// A Matérn kernel of smoothness 5/2 with a length for each dimension; lengths and noise are those of the largest
/// likelihood, by a grid for all dimensions together and then steps in each.
///
/// Reference: Rasmussen and Williams (2006), Gaussian Processes for Machine Learning, algorithm 2.1.
struct GaussianProcess {
  private let points: [[Double]]
  private let level: Double
  private let spread: Double
  private let lengths: [Double]
  /// The lower triangle of the kernel's Cholesky factor, row by row.
  private let factor: [Double]
  private let weights: Matrix

  /// - Parameters:
  ///   - points: at least one.
  ///   - values: one for each point, finite.
  init?(_ points: [[Double]], _ values: [Double]) {
    let level = mean(values)
    let deviation = standardDeviation(values, degreesOfFreedom: 0)
    let spread = deviation > 0 ? deviation : 1
    let target = Matrix(values.map { ($0 - level) / spread })
    var best: Candidate?
    func consider(_ lengths: [Double], _ noise: Double) {
      guard let own = Candidate(points, target, lengths, noise), own.likelihood > best?.likelihood ?? -.infinity else {
        return
      }
      best = own
    }
    for length in [0.05, 0.1, 0.2, 0.35, 0.6, 1, 2, 4] {
      for noise in [1e-6, 1e-4, 1e-2, 1e-1] { consider(points[0].map { _ in length }, noise) }
    }
    for _ in 0..<3 {
      for dimension in points[0].indices {
        for factor in [0.5, 0.7, 1.4, 2] {
          guard var lengths = best?.lengths, let noise = best?.noise else { continue }
          lengths[dimension] *= factor
          if (0.02...20).contains(lengths[dimension]) { consider(lengths, noise) }
        }
      }
    }
    guard let best else { return nil }
    self.points = points
    self.level = level
    self.spread = spread
    (lengths, factor, weights) = (best.lengths, best.factor.scalars, best.weights)
  }

  /// Lengths and a noise, and how likely they make the values.
  private struct Candidate {
    let lengths: [Double]
    let noise: Double
    let factor: Matrix
    let weights: Matrix
    let likelihood: Double

    init?(_ points: [[Double]], _ target: Matrix, _ lengths: [Double], _ noise: Double) {
      let kernel = GaussianProcess.kernel(points, points, lengths) + Matrix.eye(points.count) * noise
      guard let factor = try? kernel.cholesky(), let weights = try? kernel.solvePositiveDefinite(target) else {
        return nil
      }
      self.lengths = lengths
      self.noise = noise
      self.factor = factor
      self.weights = weights
      likelihood = -0.5 * target.dot(weights) - (0..<points.count).reduce(0) { $0 + log(factor[$1, $1]) }
    }
  }

  /// The guess at a point, and its standard deviation.
  func guess(at point: [Double]) -> (mean: Double, deviation: Double) {
    let row = Self.kernel([point], points, lengths).row(0)
    // Forward substitution in the lower triangle: v = L⁻¹ k.
    var solved: [Double] = []
    for i in 0..<points.count {
      let start = i * points.count
      var value = row[i]
      for j in 0..<i { value -= factor[start + j] * solved[j] }
      solved.append(value / factor[start + i])
    }
    let variance = max(1 - solved.reduce(0) { $0 + $1 * $1 }, 1e-12)
    return (level + spread * row.dot(weights), spread * variance.squareRoot())
  }

  /// How much a point promises against the best value, when larger is better.
  func merit(at point: [Double], over best: Double, _ strategy: SearchStrategy) -> Double {
    let (mean, deviation) = guess(at: point)
    let z = (mean - best) / deviation
    switch strategy {
    case .expectedImprovement, .parzenEstimator:
      return (mean - best) * normalCDF(z) + deviation * exp(-z * z / 2) * 0.3989422804014327
    case .probabilityOfImprovement: return z
    case .upperConfidenceBound(let weight): return mean + weight * deviation
    }
  }

  private static func kernel(_ a: [[Double]], _ b: [[Double]], _ lengths: [Double]) -> Matrix {
    var scalars: [Double] = []
    scalars.reserveCapacity(a.count * b.count)
    for first in a {
      for second in b {
        var square = 0.0
        for dimension in lengths.indices {
          let step = (first[dimension] - second[dimension]) / lengths[dimension]
          square += step * step
        }
        let distance = (5 * square).squareRoot()
        scalars.append((1 + distance + distance * distance / 3) * exp(-distance))
      }
    }
    return Matrix(scalars, shape: [a.count, b.count])
  }
}
