import MartletModels
import MartletNumerics
import MartletPlots

extension Chart {
  /// Samples along the first two principal components, with an arrow for each feature: where it grows.
  ///
  ///     let pca = try PCA(components: 2).fit(scaled)
  ///     try Chart.biplot(pca, scaled, names: names, color: species)
  ///
  /// Arrows are the features' loadings, lengthened together to fit the samples: those that point the same way go along with each
  /// other, long ones are told well by the two components.
  ///
  /// - Parameters:
  ///   - model: of at least two components.
  ///   - x: the samples, shape `[n, features]`.
  ///   - names: of the features; `nil` for `feature 0`, `feature 1`, ….
  ///   - color: colours the samples.
  /// - Throws: ``FitError`` of kind `parameter` for fewer than two components, `shape` or `notFinite` for samples or names that
  ///   do not fit.
  ///
  /// Reference: Gabriel (1971), The biplot graphic display of matrices with application to principal component analysis.
  public static func biplot(
    _ model: PCA.Model, _ x: Matrix, names: [String]? = nil, color: (any PlotChannel)? = nil
  ) throws(FitError) -> Chart {
    let count = model.components.shape[0]
    try SampleChecks.parameter(count > 1, "components", "at least 2 for a biplot", count)
    let names = try FeatureNames.checked(names, count: model.components.shape[1])
    let coordinates = try model.transform(x)
    let (first, second) = (coordinates.column(0).scalars, coordinates.column(1).scalars)
    let loadings = model.loadings
    let reach = (first + second).reduce(0) { max($0, abs($1)) }
    let length = names.indices.reduce(0) { max($0, abs(loadings[0, $1]), abs(loadings[1, $1])) }
    let scale = length > 0 && reach > 0 ? 0.9 * reach / length : 1
    let tips = (names.indices.map { loadings[0, $0] * scale }, names.indices.map { loadings[1, $0] * scale })
    let zeros = names.map { _ in 0.0 }
    let shares = model.explainedVarianceRatio.prefix(2).map { "\((1_000 * $0).rounded() / 10) %" }
    let chart: Chart
    if let color {
      chart = Chart {
        PointMark(x: first, y: second, color: color)
        ArrowMark(x: zeros, y: zeros, toX: tips.0, toY: tips.1)
        TextMark(x: tips.0, y: tips.1, text: names)
      }
    } else {
      chart = Chart {
        PointMark(x: first, y: second)
        ArrowMark(x: zeros, y: zeros, toX: tips.0, toY: tips.1)
        TextMark(x: tips.0, y: tips.1, text: names)
      }
    }
    return chart.title("Samples and features").xLabel("component 1 (\(shares[0]))")
      .yLabel("component 2 (\(shares[1]))")
  }
}
