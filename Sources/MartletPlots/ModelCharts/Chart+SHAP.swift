import MartletNumerics

extension Chart {
  /// How every feature moves every prediction: a dot for each sample, coloured by the feature's value.
  ///
  ///     try Chart.shapBeeswarm(values: shapValues, features: xTest, names: names)
  ///
  /// Features stand in the order of their mean absolute contribution. Dots to the right raise the prediction. The colour
  /// goes from a feature's lowest (0) to its highest value (1).
  ///
  /// - Parameters:
  ///   - values: the contributions, shape `[samples, features]`.
  ///   - features: the features' values, of the same shape.
  ///   - names: of the features.
  ///   - limit: how many features to show at most; default 12.
  /// - Throws: `ChartError` when the shapes do not fit.
  ///
  /// Reference: Lundberg and Lee (2017), A unified approach to interpreting model predictions.
  public static func shapBeeswarm(
    values: Matrix, features: Matrix, names: [String], limit: Int = 12
  ) throws(ChartError) -> Chart {
    let (lines, measured) = (try values.lines("A SHAP beeswarm"), try features.lines("A SHAP beeswarm"))
    try ChartError.require(
      values.shape == features.shape && names.count == values.shape[1] && !lines.isEmpty,
      "A SHAP beeswarm needs values and features of one shape, and a name for each column: the shapes are "
        + "\(values.shape) and \(features.shape), with \(names.count) names.")
    let strengths = names.indices.map { column in mean(lines.map { abs($0[column]) }) }
    let order = names.indices.sorted { strengths[$0] > strengths[$1] }.prefix(max(limit, 1))
    let labels = HeatmapLayer.places(names)
    return try Chart(NoTable()) {
      RuleMark(x: 0)
      StripMark(
        x: PlotColumn(numbers: order.flatMap { column in lines.map { $0[column] } }, name: "contribution"),
        y: PlotColumn(categories: order.flatMap { column in lines.map { _ in labels[column] } }),
        color: PlotColumn(
          numbers: order.flatMap { column in shares(measured.map { $0[column] }) }, name: "feature's value"),
        size: lines.count > 300 ? 3.5 : 5)
    }.title("What moves the predictions").xLabel("contribution to the prediction")
      .usualSize(width: 640, height: 130 + 40 * Double(order.count))
  }

  /// Where each value lies between the lowest and the highest.
  private static func shares(_ values: [Double]) -> [Double] {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), low < high else { return values.map { _ in 0.5 } }
    return values.map { ($0 / 2 - low / 2) / (high / 2 - low / 2) }
  }

  /// How one prediction comes about: from the mean prediction, step by step, by the contribution of every feature.
  ///
  ///     try Chart.shapWaterfall(values: shapValues.row(3).scalars, base: 0.41, names: names)
  ///
  /// - Parameters:
  ///   - values: the contributions, one for each feature.
  ///   - base: the mean prediction, from which they count.
  ///   - names: of the features.
  ///   - features: what the features are in this sample, written beside their names.
  ///   - limit: how many features have a bar of their own, the strongest first; default 10. The others share one.
  /// - Throws: `ChartError` when the lists do not fit.
  public static func shapWaterfall(
    values: [Double], base: Double, names: [String], features: [Double]? = nil, limit: Int = 10
  ) throws(ChartError) -> Chart {
    let steps = try ContributionSteps("A SHAP waterfall", values, names: names, features: features, limit: limit)
    let prediction = values.reduce(base, +)
    return try Chart(NoTable()) {
      WaterfallMark(steps.labels, changes: steps.changes, start: base)
      RuleMark(x: base).dashed().color(.gray)
    }.title("How the prediction comes about")
      .subtitle("from the mean \(NumberText.significant(base)) to \(NumberText.significant(prediction))")
      .xLabel("prediction").usualSize(width: 640, height: 120 + 30 * Double(steps.labels.count))
  }
}
