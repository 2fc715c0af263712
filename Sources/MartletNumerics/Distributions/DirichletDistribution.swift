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
}
