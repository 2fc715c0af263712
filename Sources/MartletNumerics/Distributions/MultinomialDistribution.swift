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

  /// The mean of `-logPMF`, in nats.
  /// - Complexity: O(``trials`` · outcomes).
  public var entropy: Double {
    let n = Double(trials)
    return probabilities.reduce(-logGamma(n + 1)) { sum, p in
      let outcome = BinomialDistribution(trials: trials, probability: min(p, 1))
      let surprise = p > 0 ? -n * p * log(p) : 0
      return sum + surprise + (0...trials).reduce(0) { $0 + outcome.pmf($1) * logGamma(Double($1) + 1) }
    }
  }

  /// The most likely probabilities: the outcomes' fractions in all rows of counts together.
  /// - Throws: ``StatisticsError`` where rows differ in length or in their sum, or a count is below 0.
  public static func fit(_ rows: [[Int]]) throws(StatisticsError) -> MultinomialDistribution {
    guard let first = rows.first, !first.isEmpty, first.reduce(0, +) > 0 else {
      throw StatisticsError(
        "MultinomialDistribution.fit needs rows of counts, some of them above 0; found \(rows.count) rows.")
    }
    let trials = first.reduce(0, +)
    var totals = first.map { _ in 0 }
    for (place, row) in rows.enumerated() {
      try StatisticsError.require(
        row.count == first.count && row.reduce(0, +) == trials && row.allSatisfy { $0 >= 0 },
        "MultinomialDistribution.fit needs rows of \(first.count) counts that add up to \(trials); row \(place) is \(row)."
      )
      for (i, count) in row.enumerated() { totals[i] += count }
    }
    let whole = Double(trials * rows.count)
    return MultinomialDistribution(trials: trials, probabilities: totals.map { Double($0) / whole })
  }
}
