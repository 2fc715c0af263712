import MartletModels
import MartletNumerics
import MartletPlots

extension Chart {
  /// How several estimators did on the same folds: a dot for each fold, and the mean with its standard error; the best is at the
  /// top.
  ///
  ///     Chart.comparison(try compare(["line": …, "forest": …], x, y, folds: StratifiedKFold(10, seed: 0), scoring: .accuracy))
  ///
  /// Whether a difference is more than chance is in the comparison's table; for several data sets see
  /// ``criticalDifference(_:scores:greaterIsBetter:significance:)``.
  public static func comparison(_ comparison: ModelComparison) -> Chart {
    let rows = comparison.names.indices.map { comparison.scores.row($0).scalars }
    let errors = rows.map { standardDeviation($0, degreesOfFreedom: 1) / Double($0.count).squareRoot() }
    let folds = comparison.scores.shape[1]
    return Chart {
      StripMark(x: rows.flatMap { $0 }, y: comparison.names.flatMap { Array(repeating: $0, count: folds) }, size: 5)
        .color(.gray)
      ErrorBarMark(x: rows.map { mean($0) }, y: comparison.names, error: errors).color(.blue).lineWidth(3)
    }.title("\(comparison.metric) on \(folds) folds").subtitle("means with standard errors").xLabel(comparison.metric)
      .yLabel("").usualSize(width: 640, height: 130 + 44 * Double(rows.count))
  }

  /// Why predictors are wrong: because they are too rigid, because they follow accidents of their samples, or because nobody can
  /// know better.
  ///
  ///     Chart.biasVariance(["tree": ofTree, "bagged trees": ofBagging])
  public static func biasVariance(_ parts: KeyValuePairs<String, BiasVariance>) -> Chart {
    let names = parts.map(\.key)
    let values = parts.flatMap { [$0.value.squaredBias, $0.value.variance, $0.value.noise] }
    let kinds = ["bias²", "variance", "noise"]
    return Chart {
      BarMark(
        x: names.flatMap { Array(repeating: $0, count: 3) }, y: values,
        color: PlotColumn(categories: names.flatMap { _ in kinds }, name: "part"))
    }.title("Why predictions are wrong").yLabel("squared error").xLabel("").colorDomain(kinds)
  }
}
