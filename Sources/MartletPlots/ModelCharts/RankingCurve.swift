/// How many of each class lie at or above every score.
package struct RankingCurve: Sendable {
  /// The distinct scores, from the highest.
  package let thresholds: [Double]
  /// How many true and how many false labels have at least that score.
  package let truePositives, falsePositives: [Double]

  /// - Throws: `ChartError` unless there is a finite score for each label, and both labels occur.
  package init(_ chart: String, labels: [Bool], scores: [Double]) throws(ChartError) {
    try ChartError.requirePairs(chart, ["labels": labels.count, "scores": scores.count])
    try ChartError.require(scores.allSatisfy(\.isFinite), "\(chart) needs finite scores.")
    try ChartError.require(
      labels.contains(true) && labels.contains(false),
      "\(chart) needs labels of both kinds: all \(labels.count) are \(labels[0]).")
    var (thresholds, trues, falses): ([Double], [Double], [Double]) = ([], [], [])
    var (found, wrong) = (0.0, 0.0)
    for index in scores.indices.sorted(by: { scores[$0] > scores[$1] }) {
      if labels[index] { found += 1 } else { wrong += 1 }
      // Rows with the same score cannot be told apart: they are one point.
      if thresholds.last == scores[index] {
        (trues[trues.count - 1], falses[falses.count - 1]) = (found, wrong)
      } else {
        thresholds.append(scores[index])
        trues.append(found)
        falses.append(wrong)
      }
    }
    (self.thresholds, truePositives, falsePositives) = (thresholds, trues, falses)
  }

  private var positives: Double { truePositives[truePositives.count - 1] }
  private var negatives: Double { falsePositives[falsePositives.count - 1] }

  /// The shares of each class that are called positive, from nobody to everybody. (scikit-learn: `roc_curve` without
  /// dropping points)
  package var rates: (falsePositive: [Double], truePositive: [Double]) {
    ([0] + falsePositives.map { $0 / negatives }, [0] + truePositives.map { $0 / positives })
  }

  /// The area under the curve of ``rates``: how likely a positive row scores higher than a negative one.
  package var area: Double {
    let (x, y) = rates
    var area = 0.0
    for index in 1..<x.count { area += (x[index] - x[index - 1]) * (y[index] + y[index - 1]) / 2 }
    return area
  }

  /// Precision and recall at every score, from the highest, after recall 0 with precision 1. (scikit-learn:
  /// `precision_recall_curve`, in reverse)
  package var precisionRecall: (precision: [Double], recall: [Double]) {
    let precision: [Double] = zip(truePositives, falsePositives).map { $0 / ($0 + $1) }
    return ([1] + precision, [0] + truePositives.map { $0 / positives })
  }

  /// The mean of the precisions, each weighted by how much recall it adds.
  package var averagePrecision: Double {
    let (precision, recall) = precisionRecall
    var sum = 0.0
    for index in 1..<recall.count { sum += (recall[index] - recall[index - 1]) * precision[index] }
    return sum
  }
}
