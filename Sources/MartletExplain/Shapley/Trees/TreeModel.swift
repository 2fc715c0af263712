import MartletModels
import MartletNumerics

/// A fitted model that adds up the answers of trees: what ``TreeExplainer`` can explain.
public protocol TreeModel: Predictor where Features == Matrix {
  /// The trees and how their answers are added up.
  var treeSum: AdditiveTrees { get }
}

/// Trees whose answers are added up: `baseline + scale · ∑ answers`, for each output.
public struct AdditiveTrees: Sendable {
  /// The trees, all with the same features.
  public let trees: [DecisionTree]
  /// What each tree's answer is multiplied by: one over their number where answers are averaged.
  public let scale: Double
  /// What there is before any tree, one for each output.
  public let baseline: [Double]
  /// The outputs' names.
  public let outputNames: [String]
  /// How many features a sample has.
  public let featureCount: Int
  /// Whether a tree answers for one output alone, the trees taking turns.
  let takesTurns: Bool

  /// - Parameters:
  ///   - trees: all with the same features; each answers for all outputs, or for one, the trees taking turns.
  ///   - scale: what each tree's answer is multiplied by.
  ///   - baseline: what there is before any tree, one for each output.
  ///   - outputNames: the outputs' names.
  ///   - featureCount: how many features a sample has.
  public init(
    trees: [DecisionTree], scale: Double = 1, baseline: [Double], outputNames: [String], featureCount: Int
  ) {
    self.trees = trees
    self.scale = scale
    self.baseline = baseline
    self.outputNames = outputNames
    self.featureCount = featureCount
    takesTurns = trees.first.map { $0.outputCount == 1 && baseline.count > 1 } ?? false
  }

  var outputCount: Int { baseline.count }

  /// The first output that a tree answers for.
  func firstOutput(of tree: Int) -> Int { takesTurns ? tree % outputCount : 0 }

  /// The mean of the trees' answers.
  static func mean(_ trees: [DecisionTree], outputNames: [String]) -> AdditiveTrees {
    AdditiveTrees(
      trees: trees, scale: 1 / Double(trees.count), baseline: outputNames.map { _ in 0 }, outputNames: outputNames,
      featureCount: trees[0].featureCount)
  }

  /// Scores: of each class, or of the second of two.
  static func boosted(
    _ trees: [DecisionTree], _ baseline: [Double], _ names: [String], featureCount: Int
  ) -> AdditiveTrees {
    AdditiveTrees(
      trees: trees, baseline: baseline, outputNames: baseline.count == 1 ? [names.last ?? "output"] : names,
      featureCount: featureCount)
  }
}

extension DecisionTreeClassifier.Model: TreeModel {
  /// The shares of the classes in the leaves.
  public var treeSum: AdditiveTrees { .mean([tree], outputNames: classes.map { "\($0)" }) }
}

extension DecisionTreeRegressor.Model: TreeModel {
  /// The one tree.
  public var treeSum: AdditiveTrees { .mean([tree], outputNames: ["prediction"]) }
}

extension ForestClassifierModel: TreeModel {
  /// The mean of the shares of the classes.
  public var treeSum: AdditiveTrees { .mean(trees, outputNames: classes.map { "\($0)" }) }
}

extension ForestRegressorModel: TreeModel {
  /// The mean of the trees.
  public var treeSum: AdditiveTrees { .mean(trees, outputNames: ["prediction"]) }
}

extension BoostedClassifierModel: TreeModel {
  /// Scores before they become probabilities: log-odds of the second of two classes, or one score for each class.
  public var treeSum: AdditiveTrees {
    .boosted(trees, baseline, classes.map { "\($0)" }, featureCount: importances(.splits).count)
  }
}

extension BoostedRegressorModel: TreeModel {
  /// The prediction; for counts its logarithm.
  public var treeSum: AdditiveTrees {
    .boosted(trees, [baseline], ["prediction"], featureCount: importances(.splits).count)
  }
}
