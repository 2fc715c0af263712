import Glibc

/// How many subjects an experiment needs, and what it would find with so many.
public enum SampleSize {
  /// For each of two groups, to tell their rates apart: two-sided, by the normal approximation.
  ///
  ///     SampleSize.proportions(0.10, 0.12)      // 3841 in each group
  /// - Parameters:
  ///   - significance: how often there may be a false alarm.
  ///   - power: how often the difference is to be found.
  public static func proportions(
    _ first: Double, _ second: Double, significance: Double = 0.05, power: Double = 0.8
  ) -> Int {
    let pooled = (first + second) / 2
    let reach =
      normalQuantile(1 - significance / 2) * (2 * pooled * (1 - pooled)).squareRoot()
      + normalQuantile(power) * (first * (1 - first) + second * (1 - second)).squareRoot()
    return Int((reach * reach / ((first - second) * (first - second))).rounded(.up))
  }

  /// For each of two groups, to tell means apart that differ by `effect` standard deviations: two-sided, by the normal
  /// approximation. (statsmodels: `NormalIndPower`)
  public static func means(effect: Double, significance: Double = 0.05, power: Double = 0.8) -> Int {
    let reach = (normalQuantile(1 - significance / 2) + normalQuantile(power)) / effect
    return Int((2 * reach * reach).rounded(.up))
  }

  /// How often `count` subjects in each of two groups find means that differ by `effect` standard deviations.
  public static func power(count: Int, effect: Double, significance: Double = 0.05) -> Double {
    let (edge, shift) = (normalQuantile(1 - significance / 2), effect * (Double(count) / 2).squareRoot())
    return normalCDF(shift - edge) + normalCDF(-shift - edge)
  }
}
