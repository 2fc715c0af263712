import Glibc

/// Fractions of a whole that are not known: what the beta distribution is for two, for several. (SciPy: `dirichlet`)
public struct DirichletDistribution: Sendable, Hashable, Codable {
  /// One for each fraction, above 0.
  public let concentrations: [Double]

  /// Stops the cell where a parameter is outside its range.
  public init(concentrations: [Double]) {
    guard concentrations.allSatisfy({ $0 > 0 }) else {
      fatalError("DirichletDistribution needs concentrations above 0; found \(concentrations).")
    }
    self.concentrations = concentrations
  }

  private var total: Double { concentrations.reduce(0, +) }
  /// The logarithm of the density at fractions that add up to 1.
  public func logPDF(_ fractions: [Double]) -> Double {
    guard fractions.count == concentrations.count, abs(fractions.reduce(0, +) - 1) < 1e-8,
      fractions.allSatisfy({ $0 >= 0 })
    else { return -.infinity }
    return zip(fractions, concentrations).reduce(logGamma(total)) { sum, part in
      sum + (part.1 == 1 ? 0 : (part.1 - 1) * log(part.0)) - logGamma(part.1)
    }
  }
  /// The mean fractions.
  public var mean: [Double] { concentrations.map { $0 / total } }
  /// How the fractions vary together, shape `[k, k]`.
  public var covariance: Matrix {
    let m = Matrix(mean)
    return (Matrix.diagonal(mean) - m.outer(m)) / (total + 1)
  }
  /// Fractions drawn at random.
  public func sample(using random: inout some SeededGenerator) -> [Double] { random.dirichlet(concentrations) }

  /// How each fraction varies.
  public var variance: [Double] { covariance.diagonal().scalars }
  /// The mean of `-logPDF`, in nats.
  public var entropy: Double {
    let k = Double(concentrations.count)
    let logConstant = concentrations.reduce(-logGamma(total)) { $0 + logGamma($1) }
    return concentrations.reduce(logConstant + (total - k) * digamma(total)) { $0 - ($1 - 1) * digamma($1) }
  }

  /// The most likely concentrations, by Newton's steps from those that match the moments.
  ///
  ///     try DirichletDistribution.fit([[0.2, 0.3, 0.5], [0.1, 0.5, 0.4], [0.3, 0.3, 0.4]])
  /// - Parameter rows: fractions above 0, each row adding up to 1.
  /// - Throws: ``StatisticsError`` where rows are something else, or all the same.
  ///
  /// Reference: Minka (2000), Estimating a Dirichlet distribution.
  public static func fit(_ rows: [[Double]]) throws(StatisticsError) -> DirichletDistribution {
    let width = rows.first?.count ?? 0
    try StatisticsError.require(
      rows.count >= 2 && width >= 2 && rows.contains { $0 != rows[0] },
      "DirichletDistribution.fit needs 2 or more different rows of 2 or more fractions; found \(rows.count) rows.")
    for (place, row) in rows.enumerated() {
      try StatisticsError.require(
        row.count == width && row.allSatisfy { $0 > 0 } && abs(row.reduce(0, +) - 1) < 1e-8,
        "DirichletDistribution.fit needs rows of \(width) fractions above 0 that add up to 1; row \(place) is \(row).")
    }
    let table = Matrix(rows)
    return DirichletDistribution(
      concentrations: mostLikely(
        from: start(table), meanLogarithms: table.applying(.log).mean(axis: 0).scalars))
  }

  private static func start(_ table: Matrix) -> [Double] {
    let (mean, variance) = (table.mean(axis: 0), table.variance(axis: 0))
    let widest = variance.argMax()
    let total = max(mean[widest] * (1 - mean[widest]) / variance[widest] - 1, 0.1)
    return mean.scalars.map { $0 * total }
  }

  /// The likelihood's second derivatives are a diagonal and a constant, so a step needs no matrix.
  private static func mostLikely(from start: [Double], meanLogarithms: [Double]) -> [Double] {
    var found = start
    for _ in 0..<200 {
      let total = found.reduce(0, +)
      let slopes = zip(found, meanLogarithms).map { digamma(total) - digamma($0) + $1 }
      let bends = found.map { -trigamma($0) }
      let shared =
        zip(slopes, bends).reduce(0) { $0 + $1.0 / $1.1 } / (1 / trigamma(total) + bends.reduce(0) { $0 + 1 / $1 })
      let steps = zip(slopes, bends).map { ($0 - shared) / $1 }
      // A step that leaves the range goes half of the way to its end instead.
      found = zip(found, steps).map { $1 < $0 ? $0 - $1 : $0 / 2 }
      if zip(found, steps).allSatisfy({ abs($1) <= 1e-15 * $0 }) { break }
    }
    return found
  }
}
