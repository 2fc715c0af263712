import MartletModels
import MartletNumerics
import MartletPlots

extension Chart {
  /// Which of several models differ by more than chance over several data sets: mean ranks, and bars that join models which
  /// cannot be told apart.
  ///
  ///     Chart.criticalDifference(["tree", "forest", "boosting"], scores: scores)
  ///
  /// - Parameters:
  ///   - names: of the models, at least two.
  ///   - scores: shape `[models, data sets]`. Not of folds of one data set: their training samples are nearly the same.
  ///   - greaterIsBetter: whether a larger score is a better one.
  ///   - significance: how often models that are equally good may be told apart, between 0 and 1.
  /// - Throws: ``FitError`` of kind `shape` when there is not a row of scores for each of at least two names.
  ///
  /// Reference: Demšar (2006), Statistical comparisons of classifiers over multiple data sets.
  public static func criticalDifference(
    _ names: [String], scores: Matrix, greaterIsBetter: Bool = true, significance: Double = 0.05
  ) throws(FitError) -> Chart {
    guard names.count > 1, scores.rank == 2, scores.shape[0] == names.count, scores.shape[1] > 0 else {
      throw FitError(
        .shape, expected: "scores of shape [\(names.count), data sets] for at least two models",
        found: "\(names.count) names and scores of shape \(scores.shape)",
        advice: "Give one row of scores for each model.")
    }
    let ranks = ComparisonTest.meanRanks(scores, greaterIsBetter: greaterIsBetter)
    let difference = ComparisonTest.nemenyiCriticalDifference(
      models: names.count, dataSets: scores.shape[1], significance: significance)
    let order = names.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }
    let sorted = order.map { ranks[$0] }
    let heights = order.indices.map { Double(-$0) }
    let bars = RankGroups.indistinguishable(sorted, difference)
    let title = "Critical difference \(String(format: "%.2f", difference))"
    let chart = Chart {
      LineMark(x: [1, 1 + difference], y: [1.2, 1.2]).lineWidth(2)
      TextMark(x: [1 + difference / 2], y: [1.6], text: [title])
      for (place, bar) in bars.enumerated() {
        let height = 0.6 - 0.25 * Double(place)
        LineMark(x: [sorted[bar.lowerBound], sorted[bar.upperBound]], y: [height, height]).lineWidth(5).color(.gray)
      }
      PointMark(x: sorted, y: heights)
      TextMark(x: sorted, y: heights.map { $0 - 0.4 }, text: order.map { names[$0] })
    }
    return chart.xLabel("mean rank, 1 is best").hidingYAxis().xDomain(0.5...Double(names.count) + 0.5)
  }
}

/// Models side by side in the order of their ranks that cannot be told apart.
package enum RankGroups {
  /// The longest runs of at least two ranks, in ascending order, that lie no further apart than the difference.
  package static func indistinguishable(_ ranks: [Double], _ difference: Double) -> [ClosedRange<Int>] {
    var groups: [ClosedRange<Int>] = []
    for first in ranks.indices {
      // Ranks ascend, so there is one, the first itself.
      let last = ranks.lastIndex { $0 - ranks[first] <= difference } ?? first
      if last > first, last > groups.last?.upperBound ?? -1 { groups.append(first...last) }
    }
    return groups
  }
}
