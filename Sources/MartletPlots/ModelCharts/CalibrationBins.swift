import MartletNumerics

/// How a calibration curve divides the predicted probabilities.
public struct CalibrationIntervals: Hashable, Sendable {
  private let name: String
  /// Intervals of equal width from 0 to 1. (scikit-learn: `uniform`)
  public static let equalWidth = CalibrationIntervals(name: "equalWidth")
  /// Intervals with about as many rows each, for probabilities that lie close together. (scikit-learn: `quantile`)
  public static let equalCount = CalibrationIntervals(name: "equalCount")
}

/// Predicted probabilities in bins, with how often they came true.
package struct CalibrationBins: Sendable {
  /// The mean prediction, the share of positive labels and the number of rows of each bin that has some.
  package let predicted, observed: [Double]
  package let counts: [Int]

  /// - Parameters:
  ///   - count: how many bins; every one contains its upper end. (scikit-learn: `calibration_curve`)
  ///   - intervals: what the bins have in common.
  /// - Throws: `ChartError` when the lists do not fit or a probability is outside 0...1.
  package init(
    labels: [Bool], probabilities: [Double], count: Int, intervals: CalibrationIntervals = .equalWidth
  ) throws(ChartError) {
    try ChartError.requirePairs(
      "A calibration curve", ["labels": labels.count, "probabilities": probabilities.count])
    try ChartError.require(
      probabilities.allSatisfy((0...1).contains),
      "A calibration curve needs probabilities from 0 to 1; \(probabilities.first { !(0...1).contains($0) } ?? 0) is none."
    )
    let count = max(1, count)
    var sums = Array(repeating: (predicted: 0.0, positive: 0.0, rows: 0), count: count)
    let inner = (1..<max(count, 2)).map { Double($0) / Double(count) }
    let edges = intervals == .equalWidth ? inner : quantiles(probabilities, inner)
    for (label, probability) in zip(labels, probabilities) {
      let bin = count == 1 ? 0 : edges.firstIndex(notBelow: probability)
      sums[bin] = (sums[bin].predicted + probability, sums[bin].positive + (label ? 1 : 0), sums[bin].rows + 1)
    }
    let filled = sums.filter { $0.rows > 0 }
    predicted = filled.map { $0.predicted / Double($0.rows) }
    observed = filled.map { $0.positive / Double($0.rows) }
    counts = filled.map(\.rows)
  }
}
