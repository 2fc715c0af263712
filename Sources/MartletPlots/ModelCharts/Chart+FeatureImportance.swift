extension Chart {
  /// What a model relies on: a bar for each feature, the most important at the top.
  ///
  ///     try Chart.featureImportance(names, importances, errors: standardDeviations)
  ///
  /// - Parameters:
  ///   - names: of the features.
  ///   - importances: one for each, in any one unit.
  ///   - errors: how far each could be off, drawn as a line; `nil` for none.
  ///   - limit: how many to show at most; default 20.
  /// - Throws: `ChartError` when the lists do not fit.
  public static func featureImportance(
    _ names: [String], _ importances: [Double], errors: [Double]? = nil, limit: Int = 20
  ) throws(ChartError) -> Chart {
    try ChartError.requirePairs(
      "Feature importance",
      ["names": names.count, "importances": importances.count, "errors": errors?.count ?? names.count])
    let order = importances.indices.sorted { importances[$0] > importances[$1] }.prefix(max(limit, 1))
    let shown = HeatmapLayer.places(order.map { names[$0] })
    let hidden = names.count - shown.count
    let chart = try Chart(NoTable()) {
      BarMark(x: order.map { importances[$0] }, y: shown)
      if let errors { ErrorBarMark(x: order.map { importances[$0] }, y: shown, error: order.map { errors[$0] }) }
    }.title("Feature importance").xLabel("importance").usualSize(width: 640, height: 110 + 24 * Double(shown.count))
    return hidden > 0 ? chart.subtitle("\(hidden) less important ones are not shown") : chart
  }
}
