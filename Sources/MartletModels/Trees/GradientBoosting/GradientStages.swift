import MartletNumerics

/// What first-order boosting has to choose, whatever it predicts.
public struct GradientStages: Sendable, Equatable {
  /// How many rounds, with a tree each, or one for each of more than two classes; at least 1.
  /// (scikit-learn: `n_estimators`)
  public var rounds: Int
  /// How much of each tree's answer is believed; above 0.
  public var learningRate: Double
  /// How far each tree may grow.
  public var limits: TreeLimits
  /// Which fraction of the samples, drawn without replacement, each tree learns from; above 0 and at most 1.
  /// (scikit-learn: `subsample`)
  public var sampleFraction: Double
  /// Fixes the draws of samples and features; `nil` for other draws each time.
  public var seed: UInt64?

  func parameters(_ x: Matrix, answerScale: Double) throws(FitError) -> BoostingParameters {
    try limits.check(featureCount: x.shape[1])
    var parameters = BoostingParameters()
    parameters.rounds = rounds
    parameters.learningRate = learningRate
    parameters.sampleFraction = sampleFraction
    parameters.seed = seed
    parameters.search = .exact
    parameters.firstOrder = .init(limits: limits, answerScale: answerScale)
    try parameters.check(x)
    return parameters
  }
}

extension BoostedTrees {
  /// The same trees with larger scores.
  func scaled(by factor: Double) -> BoostedTrees {
    var scaled = self
    scaled.baseline = baseline.map { $0 * factor }
    for place in trees.indices { scaled.trees[place].values = trees[place].values.map { $0 * factor } }
    return scaled
  }
}
