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
  /// Whether features are moved to a mean of 0. (scikit-learn: `with_mean`)
  public var centres: Bool
  /// Whether features are scaled. (scikit-learn: `with_std`)
  public var scales: Bool

  /// - Parameters:
  ///   - centres: `false` leaves features where they are: what is zero stays zero.
  ///   - scales: `false` leaves their spread.
  public init(centres: Bool = true, scales: Bool = true) {
    self.centres = centres
    self.scales = scales
  }

  /// - Parameter x: shape `[n, d]`, finite; NaN stands for a missing value, which is passed over and stays.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples` or `notFinite`.
  /// - Complexity: O(n · d).
  public func fit(_ x: Matrix) throws(FitError) -> Model {
    try SampleChecks.features(x, allowingMissing: true)
    if !x.sum().isNaN { return model(x.mean(axis: 0).scalars, x.variance(axis: 0).scalars, count: x.shape[0]) }
    let columns = PresentValues.columns(x)
    return model(
      columns.map { $0.isEmpty ? 0 : mean($0) }, columns.map { $0.isEmpty ? 1 : variance($0, degreesOfFreedom: 0) },
      count: x.shape[0])
  }

  /// The same with samples of which each counts as much as its weight.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(_ x: Matrix, weights: [Double]?) throws(FitError) -> Model {
    guard let weights else { return try fit(x) }
    try SampleChecks.features(x, allowingMissing: true)
    try SampleChecks.weights(weights, count: x.shape[0])
    let moments = (0..<x.shape[1]).map { feature in
      let column = x.column(feature).scalars
      let present = column.indices.filter { !column[$0].isNaN && weights[$0] > 0 }
      let (values, counts) = (present.map { column[$0] }, present.map { weights[$0] })
      return values.isEmpty ? (0, 1) : (WeightedMeans.mean(values, counts), WeightedMeans.spread(values, counts))
    }
    return model(moments.map { $0.0 }, moments.map { $0.1 }, count: x.shape[0])
  }

  private func model(_ means: [Double], _ variances: [Double], count: Int) -> Model {
    let deviations = zip(means, variances).map { mean, variance in
      // What rounding alone makes of a constant feature is not a spread (scikit-learn's bound).
      let rounding = Double(count) * .ulpOfOne
      return variance <= rounding * variance + (rounding * mean) * (rounding * mean) ? 1 : variance.squareRoot()
    }
    return Model(
      means: centres ? means : means.map { _ in 0 }, scales: scales ? deviations : deviations.map { _ in 1 })
  }

  /// What `StandardScaler` has learned.
  public struct Model: Transformer, Codable, Equatable {
    /// The mean of each feature, which is taken away; 0 without centring.
    public let means: [Double]
    /// The standard deviation of each feature (divisor `n`), which it is divided by; 1 for one that does not vary, and
    /// without scaling.
    public let scales: [Double]

    /// `(x − means) / scales`.
    /// - Parameter x: shape `[n, d]` with the `d` features of fitting.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func transform(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: means.count, allowingMissing: true)
      return (x - Matrix(means)) / Matrix(scales)
    }

    /// `x · scales + means`: takes scaled features back to their own units.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func inverseTransform(_ x: Matrix) throws(FitError) -> Matrix {
      try SampleChecks.features(x, count: means.count, allowingMissing: true)
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

/// What is there of columns in which NaN stands for what is missing.
enum PresentValues {
  static func columns(_ x: Matrix) -> [[Double]] {
    (0..<x.shape[1]).map { x.column($0).scalars.filter { !$0.isNaN } }
  }
}
