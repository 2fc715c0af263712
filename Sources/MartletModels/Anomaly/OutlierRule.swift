import MartletNumerics

/// Simple rules for which numbers are unusually small or large.
///
///     OutlierRule.interquartile().outliers(in: [1, 2, 3, 4, 100])      // [4]
///     OutlierRule.medianDeviation().limits(of: [1, 2, 3, 4, 100])      // -2.189 to 8.189, to three digits
public enum OutlierRule: Sendable, Equatable {
  /// More than so many standard deviations (divisor `n`) from the mean. Large outliers widen the limits themselves:
  /// among `n` numbers none is more than `√(n − 1)` deviations away.
  case standardScore(Double = 3)
  /// More than so many interquartile ranges below the first quartile or above the third: the whiskers of a box plot.
  ///
  /// Reference: Tukey (1977), Exploratory data analysis.
  case interquartile(Double = 1.5)
  /// More than so many median absolute deviations, scaled to be standard deviations of normal numbers, from the median.
  ///
  /// Reference: Iglewicz and Hoaglin (1993), How to detect and handle outliers.
  case medianDeviation(Double = 3.5)

  /// The smallest and largest numbers that are not unusual.
  ///
  /// Stops the cell when there are no values.
  public func limits(of values: [Double]) -> ClosedRange<Double> {
    guard !values.isEmpty else { fatalError("OutlierRule.limits(of:) needs at least one value; found none.") }
    switch self {
    case .standardScore(let bound):
      let (middle, spread) = (mean(values), standardDeviation(values))
      return Self.range(middle - bound * spread, middle + bound * spread)
    case .interquartile(let bound):
      let quartiles = quantiles(values, [0.25, 0.75])
      let reach = bound * (quartiles[1] - quartiles[0])
      return Self.range(quartiles[0] - reach, quartiles[1] + reach)
    case .medianDeviation(let bound):
      let middle = median(values)
      let spread = median(values.map { abs($0 - middle) }) / normalQuantile(0.75)
      return Self.range(middle - bound * spread, middle + bound * spread)
    }
  }

  /// Values that are not numbers have no limits, and nothing is outside of them.
  private static func range(_ low: Double, _ high: Double) -> ClosedRange<Double> {
    low <= high ? low...high : -Double.infinity...Double.infinity
  }

  /// The places of the numbers outside the limits.
  public func outliers(in values: [Double]) -> [Int] {
    if values.isEmpty { return [] }
    let limits = limits(of: values)
    return values.indices.filter { !limits.contains(values[$0]) }
  }
}
