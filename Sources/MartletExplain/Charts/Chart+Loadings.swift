import MartletModels
import MartletNumerics
import MartletPlots

extension Chart {
  /// How much each hidden quantity moves each feature: a row for each feature, a column for each factor, component or source.
  ///
  ///     try Chart.loadings(factors.components, names: tests)              // FactorAnalysis
  ///     try Chart.loadings(pca.loadings, names: tests)                    // PCA
  ///     try Chart.loadings(ica.mixing.transposed(), names: tests)         // FastICA
  ///
  /// - Parameters:
  ///   - loadings: shape `[factors, features]`, finite.
  ///   - names: of the features; `nil` for `feature 0`, `feature 1`, ….
  ///   - factor: what a column is called.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public static func loadings(
    _ loadings: Matrix, names: [String]? = nil, factor: String = "factor"
  ) throws(FitError) -> Chart {
    try SampleChecks.features(loadings)
    let names = try FeatureNames.checked(names, count: loadings.shape[1])
    let factors = (0..<loadings.shape[0]).map { "\(factor) \($0)" }
    return Chart { HeatmapMark(loadings.transposed().compacted(), rows: names, columns: factors).fillingPlot() }
      .title("Loadings")
  }
}
