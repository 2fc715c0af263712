import MartletNumerics

/// Predicts a number as the sum of small trees, each fitted to the slope of the loss of those before it, with the best of all
/// borders.
///
///     let model = try GradientBoostingRegressor(rounds: 200, seed: 0).fit(x, y)
///     let staged = try (1...200).map { try r2Score(predicted: model.predict(xTest, rounds: $0), actual: yTest) }
///
/// On more than some thousand samples ``HistogramGradientBoostingRegressor`` is as good and many times faster.
///
/// Reference: Friedman (2001), Greedy function approximation: a gradient boosting machine.
public struct GradientBoostingRegressor: WeightedEstimator {
  public typealias Features = Matrix
  public typealias Target = [Double]
  public typealias Model = BoostedRegressorModel

  /// What is minimised.
  public var loss: BoostingLoss
  /// The rounds and the trees' limits.
  public var stages: GradientStages

  /// - Parameters:
  ///   - loss: `.squaredError`, `.absoluteError`, `.huber`, `.quantile` or `.poisson`.
  ///   - rounds: at least 1. (scikit-learn: `n_estimators`)
  ///   - learningRate: how much of each tree is believed, above 0.
  ///   - maximumDepth: the most questions in a row, at least 1; `nil` for no limit.
  ///   - minimumLeafSamples: at least 1.
  ///   - maximumFeatures: how many features each node draws to choose from.
  ///   - sampleFraction: which fraction of the samples each tree learns from. (scikit-learn: `subsample`)
  ///   - seed: fixes what is drawn.
  public init(
    loss: BoostingLoss = .squaredError, rounds: Int = 100, learningRate: Double = 0.1, maximumDepth: Int? = 3,
    minimumLeafSamples: Int = 1, maximumFeatures: FeatureCount = .all, sampleFraction: Double = 1,
    seed: UInt64? = nil
  ) {
    self.loss = loss
    stages = GradientStages(
      rounds: rounds, learningRate: learningRate,
      limits: TreeLimits(
        maximumDepth: maximumDepth, minimumLeafSamples: minimumLeafSamples, maximumFeatures: maximumFeatures),
      sampleFraction: sampleFraction, seed: seed)
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, `nan` where a value is missing.
  ///   - y: `n` targets, every one finite.
  ///   - weights: one for each sample, at least 0.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(rounds · d · n · log n · depth).
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> BoostedRegressorModel {
    try TreeChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.finite(y, "target", width: 1)
    try SampleChecks.weights(weights, count: y.count)
    try loss.check(y)
    return try loss.fit(
      try stages.parameters(x, answerScale: 1), BoostingSamples(x: x, targets: y, weights: weights), nil, nil)
  }
}
