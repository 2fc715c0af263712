extension Chart {
  /// How many of the rows that a classifier calls positive are, against how many of the positive ones it finds.
  ///
  ///     try Chart.precisionRecall(labels: yTest, scores: probabilities)
  ///
  /// The dashed line is chance: the share of positive rows.
  ///
  /// - Parameters:
  ///   - labels: whether each row is positive; both kinds must occur.
  ///   - scores: higher for what is more likely positive, in any unit; finite.
  /// - Throws: `ChartError` when the lists do not fit.
  public static func precisionRecall(labels: [Bool], scores: [Double]) throws(ChartError) -> Chart {
    try precisionRecall(labels: labels, models: ["": scores])
  }

  /// The precision–recall curves of several classifiers, by name.
  public static func precisionRecall(
    labels: [Bool], models: KeyValuePairs<String, [Double]>
  ) throws(ChartError) -> Chart {
    var marks: [any Mark] = []
    for (name, scores) in models {
      let curve = try RankingCurve("A precision–recall curve", labels: labels, scores: scores)
      let mean = "average precision \(NumberText.fixed(curve.averagePrecision, decimals: 3))"
      let (precision, recall) = curve.precisionRecall
      // The precision of a score holds from the recall before it: a stair, not slopes.
      let (x, y) = (
        recall.indices.dropFirst().flatMap { [recall[$0 - 1], recall[$0]] },
        precision.indices.dropFirst().flatMap { [precision[$0], precision[$0]] }
      )
      marks.append(LineMark(x: x, y: y, label: name.isEmpty ? mean : "\(name): \(mean)"))
    }
    let share = Double(labels.filter(\.self).count) / Double(max(labels.count, 1))
    marks.append(LineMark(x: [0, 1], y: [share, share]).dashed().color(.gray).lineWidth(1.25))
    return try Chart(NoTable()) { marks }.title("Precision and recall").xLabel("recall").yLabel("precision")
      .xDomain(0...1).yDomain(0...1).usualSize(width: 440, height: 460)
  }
}
