import Glibc

/// How often each of several outcomes occurs. (SciPy: `multinomial`)
public struct MultinomialDistribution: Sendable, Hashable, Codable {
  /// How many trials there are, 0 or more.
  public let trials: Int
  /// How likely each outcome is; they add up to 1.
  public let probabilities: [Double]

  /// Stops the cell where a parameter is outside its range.
  public init(trials: Int, probabilities: [Double]) {
    guard trials >= 0, abs(probabilities.reduce(0, +) - 1) < 1e-8 else {
      fatalError(
        "MultinomialDistribution needs 0 or more trials and probabilities that add up to 1; found \(trials), \(probabilities)."
      )
    }
    self.trials = trials
    self.probabilities = probabilities
  }

  /// The logarithm of the probability of these counts; −∞ where they do not add up to ``trials``.
  public func logPMF(_ counts: [Int]) -> Double {
    guard counts.count == probabilities.count, counts.reduce(0, +) == trials, counts.allSatisfy({ $0 >= 0 }) else {
      return -.infinity
    }
    return zip(counts, probabilities).reduce(logGamma(Double(trials) + 1)) { sum, outcome in
      sum + logPower(outcome.0, log(outcome.1)) - logGamma(Double(outcome.0) + 1)
    }
  }
  /// The mean of each outcome's count.
  public var mean: [Double] { probabilities.map { Double(trials) * $0 } }
  /// How the counts vary together, shape `[k, k]`.
  public var covariance: Matrix {
    let p = Matrix(probabilities)
    return (Matrix.diagonal(probabilities) - p.outer(p)) * Double(trials)
  }
  /// Counts drawn at random.
  public func sample(using random: inout some SeededGenerator) -> [Int] {
    random.multinomial(trials: trials, probabilities: probabilities)
  }
}
