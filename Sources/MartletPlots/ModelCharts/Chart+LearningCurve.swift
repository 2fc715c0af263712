import MartletNumerics

extension Chart {
  /// Whether more data would help: the scores on training and on validation data, by the number of training rows.
  ///
  ///     try Chart.learningCurve(sizes: [50, 100, 200], training: trainingScores, validation: validationScores)
  ///
  /// Where the curves have met, more data will not help, but a richer model may; where validation still rises towards
  /// training, more data will. The bands go one standard deviation (n in its divisor) up and down.
  ///
  /// - Parameters:
  ///   - sizes: how many rows were learned from, one for each row of scores.
  ///   - training, validation: for each size the scores of all repetitions, at least one.
  ///   - score: what the scores are called.
  /// - Throws: `ChartError` when the lists do not fit.
  public static func learningCurve(
    sizes: [Int], training: [[Double]], validation: [[Double]], score: String = "score"
  ) throws(ChartError) -> Chart {
    try scoreCurves("A learning curve", sizes.map(Double.init), training, validation)
      .title("Learning curve").xLabel("training rows").yLabel(score)
  }

  /// Which value of a hyper-parameter suits the data: the scores on training and on validation data for each.
  ///
  ///     try Chart.validationCurve("depth", values: [1, 2, 4, 8], training: trainingScores, validation: validationScores)
  ///
  /// To the side where both scores are low the model is too simple; where they part, it learns the training data by heart.
  /// The bands go one standard deviation (n in its divisor) up and down; the upright line is the best validation score.
  ///
  /// - Parameters:
  ///   - parameter: the hyper-parameter's name.
  ///   - values: one for each row of scores.
  ///   - training, validation: for each value the scores of all repetitions, at least one.
  ///   - isLogarithmic: whether equal ratios of the parameter have equal distances; its values must then be positive.
  ///   - score: what the scores are called. Higher is better.
  /// - Throws: `ChartError` when the lists do not fit.
  public static func validationCurve(
    _ parameter: String, values: [Double], training: [[Double]], validation: [[Double]], isLogarithmic: Bool = false,
    score: String = "score"
  ) throws(ChartError) -> Chart {
    let means = validation.map { mean($0) }
    let best = zip(values, means).max { $0.1 < $1.1 }?.0
    let rule = best.map { RuleMark(x: $0).dashed().color(.gray) }
    return try scoreCurves("A validation curve", values, training, validation, marks: rule.map { [$0] } ?? [])
      .title("Validation curve").subtitle("best at \(parameter) = \(NumberText.short(best ?? .nan))").xLabel(parameter)
      .yLabel(score).xScale(isLogarithmic ? .log : .linear)
  }

  private static func scoreCurves(
    _ chart: String, _ places: [Double], _ training: [[Double]], _ validation: [[Double]], marks: [any Mark] = []
  ) throws(ChartError) -> Chart {
    try ChartError.requirePairs(
      chart, ["places": places.count, "training": training.count, "validation": validation.count])
    try ChartError.require(
      (training + validation).allSatisfy { !$0.isEmpty }, "\(chart) needs at least one score for each place.")
    let series = [("training", training), ("validation", validation)]
    return try Chart(NoTable()) {
      for (name, scores) in series {
        let (means, spreads) = (scores.map { mean($0) }, scores.map { standardDeviation($0) })
        AreaMark(
          x: places, y: zip(means, spreads).map { $0 + $1 }, from: zip(means, spreads).map { $0 - $1 }, label: name
        ).opacity(0.2)
        LineMark(x: places, y: means, label: name)
        PointMark(x: places, y: means, label: name)
      }
      marks
    }
  }
}
