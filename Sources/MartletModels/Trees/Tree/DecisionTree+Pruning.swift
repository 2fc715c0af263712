import CMartletRuntime

/// The trees between a whole tree and its root alone that are best for some price of a leaf.
public struct PruningPath: Sendable, Equatable, Codable {
  /// From which price of a leaf on each tree is the best; ascending, the whole tree's is 0. (scikit-learn: `ccp_alphas`)
  public let alphas: [Double]
  /// The summed impurity of each tree's leaves, as a share of the samples. (scikit-learn: `impurities`)
  public let impurities: [Double]
}

extension DecisionTree {
  /// Cuts back what costs more than it is worth: of all subtrees, the smallest with the least
  /// `impurity of the leaves + alpha · leaves`.
  ///
  /// Reference: Breiman and others (1984), Classification and regression trees, chapter 3.
  /// - Parameter alpha: the price of a leaf, at least 0, in units of the criterion. (scikit-learn: `ccp_alpha`)
  public func pruned(alpha: Double) -> DecisionTree {
    guard alpha > 0 else { return self }
    var pruning = CostComplexity(self)
    while let weakest = pruning.weakest(), weakest.alpha <= alpha { pruning.cut(weakest.node) }
    return pruning.result
  }

  /// Every tree that ``pruned(alpha:)`` can give. (scikit-learn: `cost_complexity_pruning_path`)
  ///
  ///     let path = model.tree.pruningPath
  ///     path.alphas       // from which alpha on the tree gets smaller
  /// - Complexity: O(nodes²).
  public var pruningPath: PruningPath {
    var pruning = CostComplexity(self)
    var (alphas, impurities) = ([0.0], [pruning.impurity])
    while let weakest = pruning.weakest() {
      pruning.cut(weakest.node)
      alphas.append(max(weakest.alpha, alphas.last ?? 0))
      impurities.append(pruning.impurity)
    }
    return PruningPath(alphas: alphas, impurities: impurities)
  }
}

/// Cuts the weakest link again and again: the inner node whose impurity as a leaf grows least for each leaf that is saved.
private struct CostComplexity {
  private var tree: DecisionTree
  private var parents: [Int]
  /// The share of the samples times the impurity, were the node a leaf.
  private let own: [Double]
  /// The same summed over the leaves below, and their number.
  private var below: [Double]
  private var leaves: [Int]

  init(_ tree: DecisionTree) {
    self.tree = tree
    let total = tree.weights[0]
    own = zip(tree.impurities, tree.weights).map { $0 * $1 / total }
    below = own
    leaves = [Int](repeating: 1, count: tree.nodeCount)
    parents = [Int](repeating: -1, count: tree.nodeCount)
    for (node, step) in tree.steps.enumerated().reversed() where step.feature >= 0 {
      let (left, right) = (Int(step.left), Int(step.right))
      below[node] = below[left] + below[right]
      leaves[node] = leaves[left] + leaves[right]
      parents[left] = node
      parents[right] = node
    }
  }

  var impurity: Double { below[0] }

  func weakest() -> (node: Int, alpha: Double)? {
    martlet_poll()
    var found: (node: Int, alpha: Double)?
    for node in reachable where tree.steps[node].feature >= 0 {
      let alpha = (own[node] - below[node]) / Double(leaves[node] - 1)
      if alpha < found?.alpha ?? .infinity { found = (node, alpha) }
    }
    return found
  }

  mutating func cut(_ node: Int) {
    let (impurity, count) = (own[node] - below[node], leaves[node] - 1)
    tree.steps[node] = .leaf
    tree.gains[node] = 0
    var above = node
    while above >= 0 {
      below[above] += impurity
      leaves[above] -= count
      above = parents[above]
    }
  }

  private var reachable: [Int] {
    var (stack, found) = ([0], [Int]())
    while let node = stack.popLast() {
      found.append(node)
      let step = tree.steps[node]
      if step.feature >= 0 { stack += [Int(step.right), Int(step.left)] }
    }
    return found
  }

  /// The tree with only the nodes that are left, in their old order.
  var result: DecisionTree {
    let kept = reachable.sorted()
    let places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, Int32($0)) })
    var smaller = tree
    smaller.steps = kept.map { node in
      var step = tree.steps[node]
      // Children of what is kept are kept.
      (step.left, step.right) = (places[Int(step.left)] ?? -1, places[Int(step.right)] ?? -1)
      return step
    }
    smaller.values = kept.flatMap { tree.values[$0 * tree.outputCount..<($0 + 1) * tree.outputCount] }
    smaller.impurities = kept.map { tree.impurities[$0] }
    smaller.gains = kept.map { tree.gains[$0] }
    smaller.sampleCounts = kept.map { tree.sampleCounts[$0] }
    smaller.weights = kept.map { tree.weights[$0] }
    return smaller
  }
}
