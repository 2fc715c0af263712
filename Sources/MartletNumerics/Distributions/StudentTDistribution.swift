import Glibc

/// The mean of few normal values in units of its estimated error. (SciPy: `t`)
public struct StudentTDistribution: ContinuousDistribution {
  /// How many values there are, less one; above 0.
  public let degreesOfFreedom: Double
  /// The centre.
  public let location: Double
  /// The spread, above 0.
  public let scale: Double

  /// Stops the cell where a parameter is outside its range.
  public init(degreesOfFreedom: Double, location: Double = 0, scale: Double = 1) {
    guard degreesOfFreedom > 0, scale > 0 else {
      fatalError(
        "StudentTDistribution needs degrees of freedom and a scale above 0; found \(degreesOfFreedom), \(location), \(scale)."
      )
    }
    self.degreesOfFreedom = degreesOfFreedom
    self.location = location
    self.scale = scale
  }

  public var support: ClosedRange<Double> { -Double.infinity...Double.infinity }
  public func logPDF(_ x: Double) -> Double {
    let (z, n) = ((x - location) / scale, degreesOfFreedom)
    return -logBeta(n / 2, 0.5) - 0.5 * log(n) - (n + 1) / 2 * log1p(z * z / n) - log(scale)
  }
  /// The smaller side: what lies beyond a distance from the centre.
  private func tail(_ z: Double) -> Double {
    let (n, square) = (degreesOfFreedom, z * z)
    return 0.5 * IncompleteBeta(n / 2, 0.5, n / (n + square), complement: square / (n + square)).lower
  }
  public func cdf(_ x: Double) -> Double {
    let z = (x - location) / scale
    return z < 0 ? tail(z) : 1 - tail(z)
  }
  public func survival(_ x: Double) -> Double {
    let z = (x - location) / scale
    return z > 0 ? tail(z) : 1 - tail(z)
  }
  public func quantile(_ p: Double) -> Double {
    guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
    let standard = StudentTDistribution(degreesOfFreedom: degreesOfFreedom)
    let start = normalQuantile(p)
    return location + scale * (p == 0.5 ? 0 : standard.searchedQuantile(p, from: start))
  }
  public var mean: Double { degreesOfFreedom > 1 ? location : .nan }
  public var variance: Double {
    let n = degreesOfFreedom
    return n > 2 ? scale * scale * n / (n - 2) : n > 1 ? .infinity : .nan
  }
  public var entropy: Double {
    let n = degreesOfFreedom
    return (n + 1) / 2 * (digamma((n + 1) / 2) - digamma(n / 2)) + 0.5 * log(n) + logBeta(n / 2, 0.5) + log(scale)
  }
  public func sample(using random: inout some SeededGenerator) -> Double {
    location + scale * random.studentT(degreesOfFreedom: degreesOfFreedom)
  }
}
