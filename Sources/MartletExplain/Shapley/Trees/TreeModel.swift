import MartletModels
import MartletNumerics

/// A fitted model that adds up the answers of trees: what ``TreeExplainer`` can explain.
public protocol TreeModel: Sendable {
  /// The trees and how their answers are added up.
  /// - Throws: ``FitError`` of kind `parameter` where the model was set up so that its answer is no sum over trees.
  var treeSum: AdditiveTrees { get throws(FitError) }
  /// The trees that add up to the prediction itself, a number or a probability for each class, rather than to scores: what
  /// ensembles of the model average.
  /// - Throws: ``FitError`` of kind `parameter` where the prediction is no sum over trees.
  var predictionSum: AdditiveTrees { get throws(FitError) }
}

extension TreeModel {
  /// The same as ``treeSum``.
  public var predictionSum: AdditiveTrees { get throws(FitError) { try treeSum } }
}

extension FitError {
  /// A model whose scores add up, but not its predictions.
  static func noSumOfTrees(_ model: String, _ scores: String) -> FitError {
    FitError(
      .parameter, expected: "models whose predictions are sums over trees",
      found: "\(model), of which only the \(scores) are", advice: "Explain it with KernelExplainer or ExactExplainer.")
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
  public var predictionSum: AdditiveTrees {
    get throws(FitError) { throw .noSumOfTrees("boosted trees of classes", "scores") }
  }
}

extension BoostedRegressorModel: TreeModel {
  /// The prediction; for counts its logarithm.
  public var treeSum: AdditiveTrees {
    .boosted(trees, [baseline], ["prediction"], featureCount: importances(.splits).count)
  }
  public var predictionSum: AdditiveTrees {
    get throws(FitError) {
      if isLogarithmic { throw .noSumOfTrees("boosted trees of counts", "logarithms") }
      return treeSum
    }
  }
}

extension IsolationForest.Model: TreeModel {
  /// The mean number of questions that set a sample apart: the fewer, the more unusual it is. The score is `−2^(−depth /
  /// expected depth)`.
  public var treeSum: AdditiveTrees { .mean(depthTrees, outputNames: ["depth"]) }
}
