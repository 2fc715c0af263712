import MartletNumerics

extension Chart {
  /// One prediction as a tug of war: contributions that raise it push from the left, others from the right.
  ///
  ///     try Chart.shapForce(values: shapValues.row(3).scalars, base: 0.41, names: names)
  ///
  /// - Parameters:
  ///   - values: the contributions, one for each feature.
  ///   - base: the mean prediction, from which they count.
  ///   - names: of the features.
  ///   - features: what the features are in this sample, written beside their names.
  ///   - limit: how many features have a piece of their own, the strongest first; default 8. The others share one.
  /// - Throws: `ChartError` when the lists do not fit.
  public static func shapForce(
    values: [Double], base: Double, names: [String], features: [Double]? = nil, limit: Int = 8
  ) throws(ChartError) -> Chart {
    let steps = try ContributionSteps("A SHAP force plot", values, names: names, features: features, limit: limit)
    let prediction = values.reduce(base, +)
    return try Chart(NoTable()) {
      ForceMark(steps.labels, changes: steps.changes, total: prediction)
      RuleMark(x: base, label: "mean").dashed().color(.gray)
      RuleMark(x: prediction).color(.gray)
    }.title("What pulls the prediction").subtitle(
      "from the mean \(NumberText.significant(base)) to \(NumberText.significant(prediction))"
    ).xLabel("prediction").yLabel("").hidingYAxis().usualSize(width: 800, height: 220)
  }

  /// How predictions come apart: a line for each sample from the mean at the bottom to its prediction at the top, moved
  /// by one feature after the other, the strongest last.
  ///
  ///     try Chart.shapDecision(values: shapValues, base: 0.41, names: names)
  ///
  /// - Parameters:
  ///   - values: the contributions, shape `[samples, features]`.
  ///   - base: the mean prediction, from which they count.
  ///   - names: of the features.
  ///   - limit: how many features have a step of their own; default 15. The weaker ones share the first.
  /// - Throws: `ChartError` when the shapes do not fit.
  public static func shapDecision(
    values: Matrix, base: Double, names: [String], limit: Int = 15
  ) throws(ChartError) -> Chart {
    let lines = try values.lines("A SHAP decision plot")
    try ChartError.require(
      !lines.isEmpty && names.count == values.shape[1],
      "A SHAP decision plot needs samples, and a name for each column: the shape is \(values.shape), with "
        + "\(names.count) names.")
    let strengths = names.indices.map { column in mean(lines.map { abs($0[column]) }) }
    let order = names.indices.sorted { strengths[$0] > strengths[$1] }
    let (shown, rest) = (order.prefix(max(limit, 1)), order.dropFirst(max(limit, 1)))
    let levels =
      HeatmapLayer.places(shown.map { names[$0] }) + (rest.isEmpty ? [] : ["\(rest.count) others"]) + ["mean"]
    let paths = lines.map { line in
      var total = base
      var places = [total]
      if !rest.isEmpty { places.append(total + rest.reduce(0) { $0 + line[$1] }) }
      total = places.last ?? base
      for feature in shown.reversed() {
        total += line[feature]
        places.append(total)
      }
      return places
    }
    let sides = paths.map { ($0.last ?? base) >= base ? "above the mean" : "below the mean" }
    return try Chart(NoTable()) {
      RuleMark(x: base).dashed().color(.gray)
      LineMark(
        x: PlotColumn(numbers: paths.flatMap { $0 }, name: "prediction"),
        y: PlotColumn(categories: paths.flatMap { _ in levels.reversed() }),
        color: PlotColumn(categories: sides.flatMap { side in levels.map { _ in side } }, name: "prediction"),
        series: PlotColumn(categories: paths.indices.flatMap { path in levels.map { _ in "sample \(path)" } })
      ).opacity(lines.count > 50 ? 0.25 : 0.7).lineWidth(1.4)
    }.title("How the predictions come about").xLabel("prediction").yDomain(levels)
      .usualSize(width: 640, height: 130 + 30 * Double(levels.count))
  }
}

/// Contributions in the order of their size, the weakest taken together.
struct ContributionSteps {
  let labels: [String]
  let changes: [Double]

  init(
    _ chart: String, _ values: [Double], names: [String], features: [Double]?, limit: Int
  ) throws(ChartError) {
    try ChartError.requirePairs(
      chart, ["values": values.count, "names": names.count, "features": features?.count ?? values.count])
    let order = values.indices.sorted { abs(values[$0]) > abs(values[$1]) }
    let (shown, rest) = (order.prefix(max(limit, 1)), order.dropFirst(max(limit, 1)))
    let own = shown.map { index in
      features.map { "\(names[index]) = \(NumberText.significant($0[index]))" } ?? names[index]
    }
    labels = HeatmapLayer.places(own + (rest.isEmpty ? [] : ["\(rest.count) others"]))
    changes = shown.map { values[$0] } + (rest.isEmpty ? [] : [rest.reduce(0) { $0 + values[$1] }])
  }
}
