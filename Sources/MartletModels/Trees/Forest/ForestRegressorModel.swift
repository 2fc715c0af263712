import MartletFrames
import MartletNumerics

/// Trees whose numbers are averaged: what ``RandomForestRegressor`` and ``ExtraTreesRegressor`` have learned.
public struct ForestRegressorModel: Regressor, Codable {
  /// The trees; a leaf has one value.
  public let trees: [DecisionTree]
  /// R² of the training samples as predicted by the trees that have not seen them; `nil` where it was not asked for.
  /// (scikit-learn: `oob_score_`)
  public let outOfBagScore: Double?
  /// Those predictions, `nan` for samples that every tree has seen. Not kept in files. (scikit-learn: `oob_prediction_`)
  public let outOfBagPredictions: [Double]?

  private enum CodingKeys: String, CodingKey { case trees, outOfBagScore }

  init(trees: [DecisionTree], outOfBagScore: Double? = nil, outOfBagPredictions: [Double]? = nil) {
    self.trees = trees
    self.outOfBagScore = outOfBagScore
    self.outOfBagPredictions = outOfBagPredictions
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      trees: try container.decode([DecisionTree].self, forKey: .trees),
      outOfBagScore: try container.decodeIfPresent(Double.self, forKey: .outOfBagScore))
    try TreeDecoding.check(trees, outputs: 1, decoder)
  }

  /// The mean of the trees' answers.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  /// - Complexity: O(samples · trees · depth).
  public func predict(_ x: Matrix) throws(FitError) -> [Double] { try ForestGrowth.answers(trees, x).scalars }

  /// The leaf of each sample in each tree: shape `[samples, trees]`. (scikit-learn: `apply`)
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func apply(_ x: Matrix) throws(FitError) -> Tensor<Int> { try ForestGrowth.leaves(trees, x) }

  /// In which share of the trees two samples end in the same leaf: how alike the forest finds them.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  /// - Complexity: O(samples² · trees) time, O(samples²) memory.
  public func proximity(_ x: Matrix) throws(FitError) -> Matrix { try ForestGrowth.proximity(trees, x) }

  /// The mean of the trees' ``DecisionTree/featureImportances``.
  public var featureImportances: [Double] {
    DecisionTree.meanImportances(trees, featureCount: trees[0].featureCount)
  }
}

extension ForestRegressorModel: FeatureImportances, ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let facts = outOfBagScore.map { ["R² on samples out of the bag: \(FrameNumberFormat.texts([$0])[0])"] } ?? []
    return TreeSummary.table("Forest", target ?? "target", trees, featureImportances, features, facts: facts)
  }
}
