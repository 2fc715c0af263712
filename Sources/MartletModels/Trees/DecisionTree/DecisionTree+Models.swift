import MartletDisplay
import MartletFrames

extension DecisionTreeClassifier.Model: FeatureImportances, ModelSummary {
  /// The impurity that each feature's questions take away, as shares that add up to 1.
  public var featureImportances: [Double] { tree.featureImportances }

  /// The questions as text; see ``DecisionTree/exportText(features:classes:categories:maximumDepth:decimals:)``.
  public func exportText(features: [String]? = nil, categories: [Int: [String]] = [:]) -> String {
    tree.exportText(features: features, classes: classes.map { "\($0)" }, categories: categories)
  }

  /// The tree as a picture; see ``DecisionTree/picture(features:classes:categories:maximumDepth:sample:)``.
  /// - Throws: ``FitError`` when the sample does not fit the tree.
  public func picture(
    features: [String]? = nil, categories: [Int: [String]] = [:], maximumDepth: Int = 4, sample: [Double]? = nil
  ) throws(FitError) -> SVG {
    try tree.picture(
      features: features, classes: classes.map { "\($0)" }, categories: categories, maximumDepth: maximumDepth,
      sample: sample)
  }

  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    TreeSummary.table(
      "Decision tree", "\(target ?? "label") (\(classes.count) classes)", [tree], tree.featureImportances, features)
  }
}

extension DecisionTreeRegressor.Model: FeatureImportances, ModelSummary {
  /// The impurity that each feature's questions take away, as shares that add up to 1.
  public var featureImportances: [Double] { tree.featureImportances }

  /// The questions as text; see ``DecisionTree/exportText(features:classes:categories:maximumDepth:decimals:)``.
  public func exportText(features: [String]? = nil, categories: [Int: [String]] = [:]) -> String {
    tree.exportText(features: features, categories: categories)
  }

  /// The tree as a picture; see ``DecisionTree/picture(features:classes:categories:maximumDepth:sample:)``.
  /// - Throws: ``FitError`` when the sample does not fit the tree.
  public func picture(
    features: [String]? = nil, categories: [Int: [String]] = [:], maximumDepth: Int = 4, sample: [Double]? = nil
  ) throws(FitError) -> SVG {
    try tree.picture(features: features, categories: categories, maximumDepth: maximumDepth, sample: sample)
  }

  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    TreeSummary.table("Decision tree", target ?? "target", [tree], tree.featureImportances, features)
  }
}

/// How models of trees introduce themselves.
enum TreeSummary {
  /// The features, the most important first.
  static func table(
    _ title: String, _ target: String, _ trees: [DecisionTree], _ importances: [Double], _ features: [String]?,
    facts: [String] = []
  ) -> ModelTable {
    let names = features ?? importances.indices.map { "feature \($0)" }
    let order = importances.indices.sorted { (-importances[$0], $0) < (-importances[$1], $1) }
    let shares = FrameNumberFormat.texts(order.map { importances[$0] })
    let leaves = trees.reduce(0) { $0 + $1.leafCount }
    let depth = trees.map(\.depth).max() ?? 0
    // A tree of a forest counts only the samples that it drew.
    let fact =
      trees.count == 1
      ? "\(target) from \(trees[0].sampleCounts.first ?? 0) samples, depth \(depth), \(leaves) leaves"
      : "\(target) by \(trees.count) trees, \(leaves) leaves, depth up to \(depth)"
    return ModelTable(
      title: title, facts: [fact] + facts, header: ["feature", "importance"],
      rows: order.enumerated().map { [names[$1], shares[$0]] })
  }
}
