import MartletNumerics

/// The mean miss over that of the naive forecast within the history: below 1 is better than saying "as one season ago".
///
/// `mean|y − ŷ| / mean|h_t − h_{t−period}|`.
///
///     meanAbsoluteScaledError(predicted: [3, 5], actual: [4, 4], history: [1, 3, 2])      // 0.6666666666666666
/// - Parameters:
///   - predicted, actual: of the same length, at least 1.
///   - history: what came before; longer than the period, and not the same in every season.
///   - period: how many values make a season; 1 for none.
///
/// Reference: Hyndman and Koehler (2006), Another look at measures of forecast accuracy.
public func meanAbsoluteScaledError(
  predicted: [Double], actual: [Double], history: [Double], period: Int = 1
) -> Double {
  guard period > 0, history.count > period else {
    fatalError("meanAbsoluteScaledError needs a history longer than a period; found \(history.count) and \(period).")
  }
  let naive = mean(zip(history.dropFirst(period), history).map { abs($0 - $1) })
  return meanAbsoluteError(predicted: predicted, actual: actual) / naive
}

/// The mean of the misses as parts of the values' mean size: from 0 to 2.
///
/// `mean(2|y − ŷ| / (|y| + |ŷ|))`; where both are 0, nothing is missed. (sMAPE)
///
///     symmetricPercentageError(predicted: [1, 3], actual: [1, 1])      // 0.5
public func symmetricPercentageError(predicted: [Double], actual: [Double]) -> Double {
  MetricChecks.mean("symmetricPercentageError", predicted, actual, nil) {
    let size = abs($0) + abs($1)
    return size == 0 ? 0 : 2 * abs($0 - $1) / size
  }
}
