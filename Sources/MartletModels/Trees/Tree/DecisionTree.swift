import MartletNumerics

/// A binary tree of questions about features, with an answer at each leaf: what ``DecisionTreeClassifier`` and every
/// ensemble of trees learn.
///
/// Nodes are numbered from the root, which is 0; children have larger numbers than their parent. A sample goes left when
/// its feature is at most the node's threshold (or, for a categorical feature, when its category is one of the node's).
/// A missing value (`nan`) goes to the side that was better for the missing values seen in training.
///
///     let model = try DecisionTreeClassifier<String>(maximumDepth: 2).fit(iris, target: "species")
///     model.tree.depth                  // 2
///     model.tree.leafCount              // 3
///     model.tree[0].threshold           // 0.8
public struct DecisionTree: Sendable, Equatable {
  /// A node as predictions walk over it: 32 bytes, so that a tree stays in the cache.
  struct Step: BitwiseCopyable, Sendable, Equatable {
    var threshold: Double
    /// The feature asked about; −1 at a leaf.
    var feature: Int32
    var left: Int32
    var right: Int32
    /// The place of the node's set in `categories`; −1 where the feature is a number.
    var categories: Int32
    var missingGoesLeft: Bool

    static let leaf = Step(
      threshold: 0, feature: -1, left: -1, right: -1, categories: -1, missingGoesLeft: false)
  }

  var steps: [Step]
  /// The categories that go left, one set for each categorical question.
  var categories: [CategorySet]
  /// `outputCount` numbers a node, inner nodes included.
  var values: [Double]
  var impurities: [Double]
  var gains: [Double]
  var sampleCounts: [Int]
  var weights: [Double]

  /// How many features a sample has.
  public let featureCount: Int
  /// How many numbers a leaf answers with: the number of classes, or 1.
  public let outputCount: Int

  /// How many nodes there are, leaves included.
  public var nodeCount: Int { steps.count }
  /// How many leaves there are.
  public var leafCount: Int { steps.count { $0.feature < 0 } }

  /// How many questions the longest way from the root asks; 0 when the root is a leaf.
  public var depth: Int { depths.max() ?? 0 }

  /// How many questions lie before each node.
  public var depths: [Int] {
    var depths = [Int](repeating: 0, count: steps.count)
    for (node, step) in steps.enumerated() where step.feature >= 0 {
      depths[Int(step.left)] = depths[node] + 1
      depths[Int(step.right)] = depths[node] + 1
    }
    return depths
  }

  /// What is known about one node; stops the cell when there is no such node.
  public subscript(node: Int) -> TreeNode {
    guard steps.indices.contains(node) else {
      fatalError("The tree has nodes 0 to \(steps.count - 1); there is no node \(node).")
    }
    let step = steps[node]
    let isLeaf = step.feature < 0
    return TreeNode(
      feature: isLeaf ? nil : Int(step.feature), threshold: isLeaf || step.categories >= 0 ? nil : step.threshold,
      leftCategories: step.categories < 0 ? nil : categories[Int(step.categories)].members,
      left: isLeaf ? nil : Int(step.left), right: isLeaf ? nil : Int(step.right),
      missingGoesLeft: step.missingGoesLeft,
      value: Array(values[node * outputCount..<(node + 1) * outputCount]),
      impurity: impurities[node], gain: gains[node], sampleCount: sampleCounts[node], weight: weights[node])
  }

  /// Every node, the root first.
  public var nodes: [TreeNode] { steps.indices.map { self[$0] } }
}

/// One node of a ``DecisionTree``.
public struct TreeNode: Sendable, Equatable {
  /// The feature that the node asks about; `nil` at a leaf.
  public let feature: Int?
  /// Samples with at most this value go left; `nil` at a leaf and for a categorical feature.
  public let threshold: Double?
  /// The categories that go left; `nil` unless the feature is categorical.
  public let leftCategories: [Int]?
  /// The node that samples go to for which the question holds; `nil` at a leaf.
  public let left: Int?
  /// The node that the others go to; `nil` at a leaf.
  public let right: Int?
  /// Whether a missing value goes left.
  public let missingGoesLeft: Bool
  /// The node's answer: a probability for each class, or one number.
  public let value: [Double]
  /// How mixed the targets of the node's training samples are, in units of the criterion; 0 when they are all the same.
  public let impurity: Double
  /// How much the question lowers the criterion, summed over the weights of the samples; 0 at a leaf.
  public let gain: Double
  /// How many training samples came here.
  public let sampleCount: Int
  /// The sum of their weights; in second-order boosting of their second derivatives.
  public let weight: Double
}
