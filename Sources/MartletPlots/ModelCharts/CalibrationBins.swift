/// Predicted probabilities in bins, with how often they came true.
package struct CalibrationBins: Sendable {
  /// The mean prediction, the share of positive labels and the number of rows of each bin that has some.
  package let predicted, observed: [Double]
  package let counts: [Int]

  /// - Parameter count: of bins of equal width from 0 to 1; every one contains its upper end. (scikit-learn:
  ///   `calibration_curve`, strategy `uniform`)
  /// - Throws: `ChartError` when the lists do not fit or a probability is outside 0...1.
  package init(labels: [Bool], probabilities: [Double], count: Int) throws(ChartError) {
    try ChartError.requirePairs(
      "A calibration curve", ["labels": labels.count, "probabilities": probabilities.count])
    try ChartError.require(
      probabilities.allSatisfy((0...1).contains),
      "A calibration curve needs probabilities from 0 to 1; \(probabilities.first { !(0...1).contains($0) } ?? 0) is none."
    )
    let count = max(1, count)
    var sums = Array(repeating: (predicted: 0.0, positive: 0.0, rows: 0), count: count)
    let edges = (1..<max(count, 2)).map { Double($0) / Double(count) }
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
