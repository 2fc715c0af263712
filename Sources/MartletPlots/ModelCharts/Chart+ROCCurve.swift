extension Chart {
  /// How many of the positive rows a classifier finds for how many false alarms: the ROC curve, and the area under it.
  ///
  ///     try Chart.rocCurve(labels: yTest, scores: probabilities)
  ///
  /// Chance is the diagonal, with an area of 0.5. Where positives are rare, ``precisionRecall(labels:scores:)`` tells
  /// more.
  ///
  /// - Parameters:
  ///   - labels: whether each row is positive; both kinds must occur.
  ///   - scores: higher for what is more likely positive, in any unit; finite.
  /// - Throws: `ChartError` when the lists do not fit.
  public static func rocCurve(labels: [Bool], scores: [Double]) throws(ChartError) -> Chart {
    try rocCurve(labels: labels, models: ["": scores])
  }

  /// The ROC curves of several classifiers, by name.
  ///
  ///     try Chart.rocCurve(labels: yTest, models: ["logistic": first, "forest": second])
  public static func rocCurve(
    labels: [Bool], models: KeyValuePairs<String, [Double]>
  ) throws(ChartError) -> Chart {
    var marks: [any Mark] = [LineMark(x: [0, 1], y: [0, 1]).dashed().color(.gray).lineWidth(1.25)]
    for (name, scores) in models {
      let curve = try RankingCurve("An ROC curve", labels: labels, scores: scores)
      let area = "area \(NumberText.fixed(curve.area, decimals: 3))"
      marks.append(
        LineMark(
          x: curve.rates.falsePositive, y: curve.rates.truePositive, label: name.isEmpty ? area : "\(name): \(area)"))
    }
    return try Chart(NoTable()) { marks }.title("ROC curve").xLabel("false positive rate").yLabel("true positive rate")
      .xDomain(0...1).yDomain(0...1).usualSize(width: 440, height: 460)
  }
}
