import MartletFrames
import MartletNumerics

/// Trees that vote for classes: what ``RandomForestClassifier`` and ``ExtraTreesClassifier`` have learned.
public struct ForestClassifierModel<Label: Hashable & Sendable>: Classifier {
  /// The classes, in ascending order where they have one, else in order of appearance.
  public let classes: [Label]
  /// The trees; a leaf's values are the shares of the classes.
  public let trees: [DecisionTree]
  /// The fraction of training samples that are classified correctly by the trees that have not seen them; `nil` where it
  /// was not asked for. (scikit-learn: `oob_score_`)
  public let outOfBagScore: Double?
  /// What those trees answered: shape `[samples, classes]`, `nan` for samples that every tree has seen. Not kept in files.
  public let outOfBagProbabilities: Matrix?

  private enum CodingKeys: String, CodingKey { case classes, trees, outOfBagScore }

  init(
    classes: [Label], trees: [DecisionTree], outOfBagScore: Double? = nil, outOfBagProbabilities: Matrix? = nil
  ) {
    self.classes = classes
    self.trees = trees
    self.outOfBagScore = outOfBagScore
    self.outOfBagProbabilities = outOfBagProbabilities
  }

  /// The class with the largest mean share, the first where several have it.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func predict(_ x: Matrix) throws(FitError) -> [Label] {
    try predictProbabilities(x).argMax(axis: 1).scalars.map { classes[$0] }
  }

  /// The mean of the shares in each sample's leaves.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  /// - Complexity: O(samples · trees · depth).
  public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix { try ForestGrowth.answers(trees, x) }

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

extension ForestClassifierModel: Encodable where Label: Encodable {}
extension ForestClassifierModel: Decodable where Label: Decodable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      classes: try container.decode([Label].self, forKey: .classes),
      trees: try container.decode([DecisionTree].self, forKey: .trees),
      outOfBagScore: try container.decodeIfPresent(Double.self, forKey: .outOfBagScore))
    try TreeDecoding.classes(classes, decoder)
    try TreeDecoding.check(trees, outputs: classes.count, decoder)
  }
}

extension ForestClassifierModel: FeatureImportances, ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let facts = outOfBagScore.map { ["accuracy on samples out of the bag: \(FrameNumberFormat.texts([$0])[0])"] } ?? []
    return TreeSummary.table(
      "Forest", "\(target ?? "label") (\(classes.count) classes)", trees, featureImportances, features, facts: facts)
  }
}
