import MartletNumerics

/// The five numbers of a box plot, and the values beyond its whiskers.
///
/// Reference: Tukey (1977), Exploratory data analysis.
package struct BoxSummary: Sendable, Hashable {
  /// The quartiles, interpolated linearly between neighbouring values.
  package let lowerQuartile, median, upperQuartile: Double
  /// The smallest and the largest value that is no further from the box than `reach` times its length.
  package let lowerWhisker, upperWhisker: Double
  /// The indices of the values beyond the whiskers.
  package let outliers: [Int]

  /// - Parameter reach: how far whiskers may reach, in lengths of the box.
  /// - Returns: `nil` where there are no values.
  package init?(_ values: [Double], reach: Double = 1.5) {
    guard !values.isEmpty else { return nil }
    let quartiles = quantiles(values, [0.25, 0.5, 0.75])
    let (low, high) = (quartiles[0], quartiles[2])
    let fence = (low - reach * (high - low))...(high + reach * (high - low))
    let inside = values.filter(fence.contains)
    (lowerQuartile, median, upperQuartile) = (low, quartiles[1], high)
    // A quartile between two distant values can have no value of its side within the fence.
    lowerWhisker = min(inside.min() ?? low, low)
    upperWhisker = max(inside.max() ?? high, high)
    outliers = values.indices.filter { !fence.contains(values[$0]) }
  }
}
