import MartletModels
import MartletNumerics

/// The lists that ONNX keeps trees in.
private struct TreeLists {
  private var trees: [Int] = [], nodes: [Int] = [], features: [Int] = [], yes: [Int] = [], no: [Int] = []
  private var missing: [Int] = []
  private var modes: [String] = []
  private var thresholds: [Float] = []
  private var leafTrees: [Int] = [], leafNodes: [Int] = [], targets: [Int] = []
  private var weights: [Float] = []
  private var treeCount = 0

  /// - Parameters:
  ///   - target: the sum that the answers are added to; those of several classes one each from there on.
  ///   - factor: what answers are multiplied by.
  mutating func add(_ tree: DecisionTree, target: Int = 0, factor: Double = 1) throws(ONNXError) {
    for (number, node) in tree.nodes.enumerated() {
      guard node.leftCategories == nil else {
        throw ONNXError(
          "Trees that ask about categories are not exported; fit them on one-hot columns (OneHotEncoder).")
      }
      trees.append(treeCount)
      nodes.append(number)
      features.append(node.feature ?? 0)
      modes.append(node.feature == nil ? "LEAF" : "BRANCH_LEQ")
      thresholds.append(Self.atMost(node.threshold ?? 0))
      yes.append(node.left ?? 0)
      no.append(node.right ?? 0)
      missing.append(node.missingGoesLeft ? 1 : 0)
      guard node.feature == nil else { continue }
      for (place, value) in node.value.enumerated() {
        leafTrees.append(treeCount)
        leafNodes.append(number)
        targets.append(target + place)
        weights.append(Float(value * factor))
      }
    }
    treeCount += 1
  }

  /// The largest number in single precision that is not above: features in single precision then go the same way.
  private static func atMost(_ threshold: Double) -> Float {
    let near = Float(threshold)
    return Double(near) > threshold ? near.nextDown : near
  }

  func attributes(_ prefix: String) -> [String: ONNXAttribute] {
    [
      "nodes_treeids": .integers(trees), "nodes_nodeids": .integers(nodes), "nodes_featureids": .integers(features),
      "nodes_modes": .texts(modes), "nodes_values": .numbers(thresholds), "nodes_truenodeids": .integers(yes),
      "nodes_falsenodeids": .integers(no), "nodes_missing_value_tracks_true": .integers(missing),
      prefix + "_treeids": .integers(leafTrees), prefix + "_nodeids": .integers(leafNodes),
      prefix + "_ids": .integers(targets), prefix + "_weights": .numbers(weights),
    ]
  }
}

extension _ONNXBuilder {
  fileprivate mutating func regression(
    _ lists: TreeLists, _ x: String, baseline: [Double] = [], output: String = "prediction"
  ) -> [ONNXModel.Port] {
    var attributes = lists.attributes("target")
    attributes["n_targets"] = .integer(1)
    if !baseline.isEmpty { attributes["base_values"] = .numbers(baseline.map { Float($0) }) }
    _ = classical("TreeEnsembleRegressor", [x], attributes, outputs: [output])
    return ONNXLabels.prediction
  }

  fileprivate mutating func classification<Label>(
    _ lists: TreeLists, _ x: String, _ classes: [Label], baseline: [Double] = [], transform: String = "NONE"
  ) -> [ONNXModel.Port] {
    var attributes = lists.attributes("class")
    let labels = ONNXLabels.attribute(classes)
    attributes[labels.name] = labels.value
    attributes["post_transform"] = .text(transform)
    if !baseline.isEmpty { attributes["base_values"] = .numbers(baseline.map { Float($0) }) }
    _ = classical("TreeEnsembleClassifier", [x], attributes, outputs: ["label", "probabilities"])
    return ONNXLabels.ports(classes)
  }
}

extension DecisionTreeRegressor.Model: ONNXExportable {
  public var _onnxFeatureCount: Int { tree.featureCount }
  public func _addONNX(to builder: inout _ONNXBuilder, _ x: String) throws(ONNXError) -> [ONNXModel.Port] {
    var lists = TreeLists()
    try lists.add(tree)
    return builder.regression(lists, x)
  }
}

extension DecisionTreeClassifier.Model: ONNXExportable {
  public var _onnxFeatureCount: Int { tree.featureCount }
  public func _addONNX(to builder: inout _ONNXBuilder, _ x: String) throws(ONNXError) -> [ONNXModel.Port] {
    var lists = TreeLists()
    try lists.add(tree)
    return builder.classification(lists, x, classes)
  }
}

extension ForestRegressorModel: ONNXExportable {
  public var _onnxFeatureCount: Int { trees[0].featureCount }
  public func _addONNX(to builder: inout _ONNXBuilder, _ x: String) throws(ONNXError) -> [ONNXModel.Port] {
    var lists = TreeLists()
    for tree in trees { try lists.add(tree, factor: 1 / Double(trees.count)) }
    return builder.regression(lists, x)
  }
}

extension ForestClassifierModel: ONNXExportable {
  public var _onnxFeatureCount: Int { trees[0].featureCount }
  public func _addONNX(to builder: inout _ONNXBuilder, _ x: String) throws(ONNXError) -> [ONNXModel.Port] {
    var lists = TreeLists()
    for tree in trees { try lists.add(tree, factor: 1 / Double(trees.count)) }
    return builder.classification(lists, x, classes)
  }
}

extension BoostedRegressorModel: ONNXExportable {
  public var _onnxFeatureCount: Int { get throws(ONNXError) { try trees.featureCount } }
  public func _addONNX(to builder: inout _ONNXBuilder, _ x: String) throws(ONNXError) -> [ONNXModel.Port] {
    var lists = TreeLists()
    for tree in trees { try lists.add(tree) }
    // Before any tree the prediction is the baseline, unless scores are logarithms of predictions.
    let start: [Double]
    do { start = try predict(.zeros(1, try trees.featureCount), rounds: 0) } catch { throw ONNXError("\(error)") }
    guard start != [baseline] else { return builder.regression(lists, x, baseline: [baseline]) }
    _ = builder.regression(lists, x, baseline: [baseline], output: "score")
    _ = builder.node("Exp", ["score"], outputs: ["prediction"])
    return ONNXLabels.prediction
  }
}

extension BoostedClassifierModel: ONNXExportable {
  public var _onnxFeatureCount: Int { get throws(ONNXError) { try trees.featureCount } }
  public func _addONNX(to builder: inout _ONNXBuilder, _ x: String) throws(ONNXError) -> [ONNXModel.Port] {
    var lists = TreeLists()
    for (place, tree) in trees.enumerated() { try lists.add(tree, target: place % baseline.count) }
    return builder.classification(
      lists, x, classes, baseline: baseline, transform: baseline.count == 1 ? "LOGISTIC" : "SOFTMAX")
  }
}

extension [DecisionTree] {
  fileprivate var featureCount: Int {
    get throws(ONNXError) {
      guard let first else { throw ONNXError("The model has no trees, so it does not say how many features it takes.") }
      return first.featureCount
    }
  }
}
