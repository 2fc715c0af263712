import MartletNumerics

/// Trees whose answers add up to scores of classes: what ``HistogramGradientBoostingClassifier`` and
/// ``GradientBoostingClassifier`` have learned.
public struct BoostedClassifierModel<Label: Hashable & Sendable>: Classifier {
  /// The classes, in ascending order where they have one, else in order of appearance.
  public let classes: [Label]
  let boosted: BoostedTrees

  private enum CodingKeys: String, CodingKey { case classes, boosted }

  init(classes: [Label], boosted: BoostedTrees) {
    self.classes = classes
    self.boosted = boosted
  }

  /// The trees, round by round, in each one for each class, or one for two classes; their answers include the learning
  /// rate.
  public var trees: [DecisionTree] { boosted.trees }
  /// The scores before any tree: one for each class, or one for two classes.
  public var baseline: [Double] { boosted.baseline }
  /// The log-loss on the evaluation samples after each round; empty where there were none.
  public var evaluationLosses: [Double] { boosted.evaluationLosses }
  /// How many rounds were kept.
  public var roundCount: Int { boosted.roundCount }

  /// The sums of the trees' answers: shape `[samples, classes]`, or `[samples, 1]` for two classes.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func decisionFunction(_ x: Matrix) throws(FitError) -> Matrix { try boosted.scores(x) }

  /// The most probable class of each sample.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func predict(_ x: Matrix) throws(FitError) -> [Label] {
    try predictProbabilities(x).argMax(axis: 1).scalars.map { classes[$0] }
  }

  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
    try predictProbabilities(x, rounds: roundCount)
  }

  /// The probabilities after the first rounds alone. (scikit-learn: `staged_predict_proba`)
  /// - Throws: ``FitError`` of kind `shape`, `notFinite`, or `parameter` when there are not as many rounds.
  public func predictProbabilities(_ x: Matrix, rounds: Int) throws(FitError) -> Matrix {
    SoftProbability.matrix(scores: try boosted.scores(x, rounds: rounds))
  }

  /// The leaf of each sample in each tree: shape `[samples, trees]`.
  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func apply(_ x: Matrix) throws(FitError) -> Tensor<Int> { try boosted.apply(x) }

  /// What each feature's questions add up to over all trees.
  public func importances(_ kind: TreeImportance) -> [Double] { boosted.importances(kind) }
  /// The gain of each feature's questions, as shares that add up to 1.
  public var featureImportances: [Double] { DecisionTree.shares(importances(.gain)) }
}

extension BoostedClassifierModel: Encodable where Label: Encodable {}
extension BoostedClassifierModel: Decodable where Label: Decodable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      classes: try container.decode([Label].self, forKey: .classes),
      boosted: try container.decode(BoostedTrees.self, forKey: .boosted))
    try TreeDecoding.classes(classes, decoder)
    let outputs = classes.count == 2 ? 1 : classes.count
    try TreeDecoding.check(
      boosted.outputCount == outputs && classes.count > 1,
      "expected \(outputs) scores for \(classes.count) classes, found \(boosted.outputCount)", decoder)
  }
}

extension BoostedClassifierModel: FeatureImportances, ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    TreeSummary.table(
      "Gradient boosting", "\(target ?? "label") (\(classes.count) classes)", trees, featureImportances, features)
  }
}
