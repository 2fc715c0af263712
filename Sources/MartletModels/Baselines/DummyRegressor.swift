import MartletNumerics

/// Always predicts the same number: what any predictor of numbers has to beat. (scikit-learn: `DummyRegressor`)
public struct DummyRegressor: WeightedEstimator {
  /// What is answered.
  public enum Strategy: Sendable, Equatable {
    /// The mean of the targets.
    case mean
    /// Their median.
    case median
    /// The value below which a fraction of them lies, from 0 to 1.
    case quantile(Double)
    /// A number of your own.
    case constant(Double)
  }

  /// What is answered.
  public var strategy: Strategy
  /// - Parameter strategy: what is answered.
  public init(_ strategy: Strategy = .mean) { self.strategy = strategy }

  /// - Parameters:
  ///   - x: shape `[n, d]`; only its shape matters.
  ///   - y: `n` targets, every one finite.
  ///   - weights: how much each sample counts.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try SampleChecks.features(x, allowingMissing: true)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.finite(y, "target", width: 1)
    try SampleChecks.weights(weights, count: y.count)
    let answer: Double
    switch strategy {
    case .mean: answer = WeightedMeans.mean(y, weights)
    case .median: answer = weights.map { WeightedQuantile.of(y, $0, 0.5) } ?? MartletNumerics.median(y)
    case .quantile(let fraction):
      try SampleChecks.parameter((0...1).contains(fraction), "quantile", "from 0 to 1", fraction)
      answer = weights.map { WeightedQuantile.of(y, $0, fraction) } ?? MartletNumerics.quantile(y, fraction)
    case .constant(let value):
      try SampleChecks.parameter(value.isFinite, "constant", "that is finite", value)
      answer = value
    }
    return Model(answer: answer, featureCount: x.shape[1])
  }

  /// What `DummyRegressor` has learned.
  public struct Model: Regressor, Codable, Equatable {
    /// The number that is always predicted.
    public let answer: Double
    /// How many features there are.
    public let featureCount: Int

    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predict(_ x: Matrix) throws(FitError) -> [Double] {
      try SampleChecks.features(x, count: featureCount, allowingMissing: true)
      return [Double](repeating: answer, count: x.shape[0])
    }
  }
}
