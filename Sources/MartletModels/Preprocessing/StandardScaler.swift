import MartletFrames
import MartletNumerics

/// Shifts and scales each feature to mean 0 and standard deviation 1.
///
///     let scaler = try StandardScaler().fit(xTrain)
///     let scaled = try scaler.transform(xTest)          // with the means and scales of xTrain
///
/// Fit it on the training samples only: what it learns from the test samples would leak into the test.
/// A feature that does not vary is only shifted.
public struct StandardScaler: UnsupervisedEstimator {
  /// A scaler with nothing to choose.
  public init() {}

  /// - Parameter x: shape `[n, d]`, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples` or `notFinite`.
  /// - Complexity: O(n · d).
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.features(x)
    let means = x.mean(axis: 0).scalars
    let variances = x.variance(axis: 0).scalars
    let scales = zip(means, variances).map { mean, variance in
      // What rounding alone makes of a constant feature is not a spread (scikit-learn's bound).
      let rounding = Double(x.shape[0]) * .ulpOfOne
      return variance <= rounding * variance + (rounding * mean) * (rounding * mean) ? 1 : variance.squareRoot()
    }
    return Model(means: means, scales: scales)
  }

  /// What `StandardScaler` has learned.
  public struct Model: Transformer, Codable, Equatable {
    /// The mean of each feature.
    public let means: [Double]
    /// The standard deviation of each feature (divisor `n`); 1 for one that does not vary.
    public let scales: [Double]

    /// `(x − means) / scales`.
    /// - Parameter x: shape `[n, d]` with the `d` features of fitting.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: means.count)
      return (x - Matrix(means)) / Matrix(scales)
    }

    /// `x · scales + means`: takes scaled features back to their own units.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func inverseTransform(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: means.count)
      return x * Matrix(scales) + Matrix(means)
    }
  }
}

extension StandardScaler.Model {
  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    means = try ModelChecks.numbers(file, .means)
    scales = try ModelChecks.numbers(file, .scales, count: means.count)
  }
}

extension StandardScaler.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let names = features ?? means.indices.map { "feature \($0)" }
    let columns = [FrameNumberFormat.texts(means), FrameNumberFormat.texts(scales)]
    return ModelTable(
      title: "Standard scaler", facts: ["\(means.count) features"], header: ["feature", "mean", "standard deviation"],
      rows: names.indices.map { [names[$0], columns[0][$0], columns[1][$0]] })
  }
}
