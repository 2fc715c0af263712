import MartletNumerics

/// Trees whose answers add up to a number: what ``HistogramGradientBoostingRegressor`` and ``GradientBoostingRegressor``
/// have learned.
public struct BoostedRegressorModel: Regressor, Codable {
  let boosted: BoostedTrees
  /// Whether scores are logarithms of predictions.
  package let isLogarithmic: Bool

  private enum CodingKeys: String, CodingKey { case boosted, isLogarithmic }

  init(boosted: BoostedTrees, isLogarithmic: Bool) {
    self.boosted = boosted
    self.isLogarithmic = isLogarithmic
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    boosted = try container.decode(BoostedTrees.self, forKey: .boosted)
    isLogarithmic = try container.decode(Bool.self, forKey: .isLogarithmic)
    try TreeDecoding.check(boosted.outputCount == 1, "expected one output, found \(boosted.outputCount)", decoder)
  }

  /// The trees, round by round; their answers include the learning rate.
  public var trees: [DecisionTree] { boosted.trees }
  /// The score before any tree: for counts, the logarithm of the prediction.
  public var baseline: Double { boosted.baseline[0] }
  /// The loss on the evaluation samples after each round; empty where there were none.
  public var evaluationLosses: [Double] { boosted.evaluationLosses }
  /// How many rounds were kept.
  public var roundCount: Int { boosted.roundCount }

  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func predict(_ x: Matrix) throws(FitError) -> [Double] { try predict(x, rounds: roundCount) }

  /// The predictions of the first rounds alone. (scikit-learn: `staged_predict`)
  /// - Throws: ``FitError`` of kind `shape`, `notFinite`, or `parameter` when there are not as many rounds.
  public func predict(_ x: Matrix, rounds: Int) throws(FitError) -> [Double] {
    let scores = try boosted.scores(x, rounds: rounds).scalars
    return isLogarithmic ? scores.map { exp($0) } : scores
  }

  /// The leaf of each sample in each tree: shape `[samples, trees]`.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func apply(_ x: Matrix) throws(FitError) -> Tensor<Int> { try boosted.apply(x) }

  /// What each feature's questions add up to over all trees.
  public func importances(_ kind: TreeImportance) -> [Double] { boosted.importances(kind) }
  /// The gain of each feature's questions, as shares that add up to 1.
  public var featureImportances: [Double] { DecisionTree.shares(importances(.gain)) }
}

extension BoostedRegressorModel: FeatureImportances, ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    TreeSummary.table("Gradient boosting", target ?? "target", trees, featureImportances, features)
  }
}
