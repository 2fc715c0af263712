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
  /// - Returns: `nil` where there are no values, or too large ones to calculate with.
  package init?(_ values: [Double], reach: Double = 1.5) {
    let quartiles = quantiles(values, [0.25, 0.5, 0.75])
    let (low, high) = (quartiles[0], quartiles[2])
    guard quartiles.allSatisfy(\.isFinite) else { return nil }
    // No length times an infinite reach would be no number.
    let room = reach.isInfinite ? reach : reach * (high - low)
    let (lowest, highest) = (low - room, high + room)
    let inside = values.filter { $0 >= lowest && $0 <= highest }
    (lowerQuartile, median, upperQuartile) = (low, quartiles[1], high)
    // A quartile between two distant values can have no value of its side within reach.
    lowerWhisker = min(inside.min() ?? low, low)
    upperWhisker = max(inside.max() ?? high, high)
    outliers = values.indices.filter { values[$0] < lowest || values[$0] > highest }
  }
}
