import CMartletRuntime
import Glibc

extension StudentTDistribution {
  /// The most likely parameters: a centre and a spread that values far out hardly move.
  ///
  ///     try StudentTDistribution.fit([4.9, 5.1, 5.0, 5.2, 9.7], degreesOfFreedom: 2)
  /// - Parameter degreesOfFreedom: where known; otherwise it is found, too, up to 10⁶, where the bell curve is as likely.
  /// - Throws: ``StatisticsError`` where values are not finite or all equal, or so many are equal that the likelihood
  ///   has no end.
  /// - Complexity: some hundred passes over the values, for each of some twenty degrees of freedom that are tried.
  ///
  /// Reference: Liu and Rubin (1995), ML estimation of the t distribution using EM and its extensions.
  public static func fit(
    _ values: [Double], degreesOfFreedom: Double? = nil
  ) throws(StatisticsError) -> StudentTDistribution {
    try FitCheck.require(values, "StudentTDistribution", differ: true)
    let start = Start(values)
    if let degreesOfFreedom {
      try StatisticsError.require(
        degreesOfFreedom > 0, "StudentTDistribution.fit needs degrees of freedom above 0; found \(degreesOfFreedom).")
      return try start.law(degreesOfFreedom).checked(values.count)
    }
    func slope(_ logarithm: Double) -> Double { start.law(exp(logarithm)).slopeOfFreedom(values) }
    let range = log(0.05)...log(1e6)
    let isNormal = slope(range.upperBound) >= 0
    let found = isNormal ? range.upperBound : findRoot(between: range, tolerance: 1e-12, slope)
    try StatisticsError.require(
      !found.isNaN, "StudentTDistribution.fit finds no most likely parameters: too many of the values are equal.")
    return try start.law(exp(found)).checked(values.count)
  }

  /// A spread of nearly nothing comes from values that are equal.
  private func checked(_ count: Int) throws(StatisticsError) -> StudentTDistribution {
    try StatisticsError.require(
      scale > max(abs(location) * 1e-14, 1e-290),
      "StudentTDistribution.fit finds no most likely spread: too many of the \(count) values are equal.")
    return self
  }

  /// How the mean logarithm of the density changes with the degrees of freedom, the other parameters at their best.
  private func slopeOfFreedom(_ values: [Double]) -> Double {
    let n = degreesOfFreedom
    let sum = values.reduce(0.0) { sum, x in
      let z = (x - location) / scale
      return sum - log1p(z * z / n) + (n + 1) * z * z / (n * (n + z * z))
    }
    return (digamma((n + 1) / 2) - digamma(n / 2) - 1 / n + sum / Double(values.count)) / 2
  }

  /// The middle of the values, from which each search begins.
  private struct Start {
    let values: [Double]
    let location, scale: Double

    init(_ values: [Double]) {
      let middle = MartletNumerics.median(values)
      let distances = values.map { abs($0 - middle) }
      let typical = MartletNumerics.median(distances)
      (self.values, location, scale) = (values, middle, typical > 0 ? typical : MartletNumerics.mean(distances))
    }

    /// Weighs each value by how near it is, and weighs again, until nothing changes.
    func law(_ n: Double) -> StudentTDistribution {
      var (location, scale) = (location, scale)
      for _ in 0..<5_000 {
        martlet_poll()
        var (whole, sum) = (0.0, 0.0)
        let weights = values.map { x in
          let z = (x - location) / scale
          let weight = (n + 1) / (n + z * z)
          whole += weight
          sum += weight * x
          return weight
        }
        let centre = sum / whole
        let squares = zip(values, weights).reduce(0) { $0 + $1.1 * ($1.0 - centre) * ($1.0 - centre) }
        let spread = max((squares / whole).squareRoot(), 1e-300)
        let isSame =
          abs(centre - location) <= 1e-15 * abs(centre) + 1e-14 * spread && abs(spread - scale) <= 1e-14 * spread
        (location, scale) = (centre, spread)
        if isSame || spread <= 1e-290 { break }
      }
      return StudentTDistribution(degreesOfFreedom: n, location: location, scale: scale)
    }
  }
}
