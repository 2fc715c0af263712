import MartletNumerics

/// Boosted trees as another program's file has them, checked and turned into ours.
struct ForeignForest {
  /// What scores stand for.
  enum Link: Equatable {
    /// They are the prediction.
    case identity
    /// They are its logarithm.
    case logarithm
    /// The sigmoid of one score, or the softmax of several, gives probabilities.
    case probabilities
  }

  /// A node of a tree, wherever it stands in the file.
  struct Node {
    /// `nil` at a leaf.
    var question: (feature: Int, threshold: Double, left: Int, right: Int, missingGoesLeft: Bool)?
    var value: Double
    var gain = 0.0
    var weight = 0.0
    var count = 0
  }

  let baseline: [Double]
  /// Round by round, in each a tree for each output.
  let trees: [DecisionTree]
  let featureCount: Int
  let link: Link

  var boosted: BoostedTrees { BoostedTrees(baseline: baseline, trees: trees, featureCount: featureCount) }

  /// The tree below node 0, its nodes renumbered so that children come after their parents.
  static func tree(_ nodes: [Node], featureCount: Int, _ name: String) throws(ModelFileError) -> DecisionTree {
    var tree = DecisionTree(featureCount: featureCount, outputCount: 1)
    var open = [(node: 0, parent: -1, isLeft: false)]
    while let next = open.popLast() {
      guard nodes.indices.contains(next.node), tree.steps.count < nodes.count else {
        throw ModelFileError("\(name) is damaged: node \(next.node) of \(nodes.count) is no child that can be.")
      }
      let (node, place) = (nodes[next.node], Int32(tree.steps.count))
      if next.parent >= 0 {
        if next.isLeft { tree.steps[next.parent].left = place } else { tree.steps[next.parent].right = place }
      }
      guard node.value.isFinite else { throw ModelFileError("\(name) is damaged: a value is \(node.value).") }
      var step = DecisionTree.Step.leaf
      if let question = node.question {
        guard (0..<featureCount).contains(question.feature), !question.threshold.isNaN else {
          throw ModelFileError("\(name) is damaged: it asks about feature \(question.feature) of \(featureCount).")
        }
        step.feature = Int32(question.feature)
        step.threshold = question.threshold
        step.missingGoesLeft = question.missingGoesLeft
        open.append((question.right, Int(place), false))
        open.append((question.left, Int(place), true))
      }
      tree.steps.append(step)
      tree.values.append(node.value)
      tree.impurities.append(0)
      tree.gains.append(node.gain.isFinite ? max(node.gain, 0) : 0)
      tree.sampleCounts.append(max(node.count, 0))
      tree.weights.append(node.weight.isFinite ? max(node.weight, 0) : 0)
    }
    return tree
  }
}

extension BoostedClassifierModel {
  fileprivate init(_ forest: ForeignForest, _ classes: [Label], _ name: String) throws(ModelFileError) {
    guard forest.link == .probabilities else {
      throw ModelFileError("\(name) predicts numbers, not classes. Load it as a BoostedRegressorModel.")
    }
    let expected = forest.baseline.count == 1 ? 2 : forest.baseline.count
    guard classes.count == expected, Set(classes).count == expected else {
      throw ModelFileError(
        "\(name) knows \(expected) classes; \(classes.count) different ones are needed, found \(classes).")
    }
    self.init(classes: classes, boosted: forest.boosted)
  }

  /// The classifier of an XGBoost file in JSON: `booster.save_model("model.json")`.
  ///
  ///     let model = try BoostedClassifierModel(xgboost: "churn.json", classes: [false, true])
  /// - Parameters:
  ///   - path: the file.
  ///   - classes: the classes in the order of XGBoost's codes 0, 1, 2, ….
  /// - Throws: ``ModelFileError`` when it cannot be read, is damaged, or has what is not known here: categorical splits,
  ///   leaves of several values, linear boosters.
  public init(xgboost path: String, classes: [Label]) throws(ModelFileError) {
    try self.init(try XGBoostFile.forest(path), classes, path)
  }

  /// The classifier of a LightGBM text file: `booster.save_model("model.txt")`.
  /// - Parameters:
  ///   - path: the file.
  ///   - classes: the classes in the order of LightGBM's codes 0, 1, 2, ….
  /// - Throws: ``ModelFileError`` when it cannot be read, is damaged, or has what is not known here: categorical splits,
  ///   linear leaves, zeros as missing values.
  public init(lightGBM path: String, classes: [Label]) throws(ModelFileError) {
    try self.init(try LightGBMFile.forest(path), classes, path)
  }
}

extension BoostedRegressorModel {
  fileprivate init(_ forest: ForeignForest, _ name: String) throws(ModelFileError) {
    guard forest.link != .probabilities, forest.baseline.count == 1 else {
      throw ModelFileError("\(name) predicts classes, not a number. Load it as a BoostedClassifierModel.")
    }
    self.init(boosted: forest.boosted, isLogarithmic: forest.link == .logarithm)
  }

  /// The predictor of an XGBoost file in JSON: `booster.save_model("model.json")`.
  /// - Throws: ``ModelFileError``; see ``BoostedClassifierModel/init(xgboost:classes:)``.
  public init(xgboost path: String) throws(ModelFileError) { try self.init(try XGBoostFile.forest(path), path) }

  /// The predictor of a LightGBM text file: `booster.save_model("model.txt")`.
  /// - Throws: ``ModelFileError``; see ``BoostedClassifierModel/init(lightGBM:classes:)``.
  public init(lightGBM path: String) throws(ModelFileError) { try self.init(try LightGBMFile.forest(path), path) }
}
