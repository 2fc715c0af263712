import MartletModels

/// Trees whose answers are added up: `baseline + ∑ weight · answer`, for each output.
public struct AdditiveTrees: Sendable {
  /// One tree, and where its answers go.
  public struct Part: Sendable {
    /// The tree.
    public let tree: DecisionTree
    /// What its answers are multiplied by.
    public var weight: Double
    /// The sample's column for each of the tree's features; `nil` where they are the same.
    public var features: [Int]?
    /// The output that each of the tree's answers goes to; `nil` where they are the same.
    public var outputs: [Int]?
    /// Whether the tree gives a whole vote to its largest answer, the first of equals, rather than its answers.
    public var isVote: Bool

    /// - Parameters:
    ///   - tree: the tree.
    ///   - weight: what its answers are multiplied by.
    ///   - features: the sample's column for each of the tree's features.
    ///   - outputs: the output that each of the tree's answers goes to.
    ///   - isVote: whether the tree gives a whole vote to its largest answer.
    public init(
      _ tree: DecisionTree, weight: Double = 1, features: [Int]? = nil, outputs: [Int]? = nil, isVote: Bool = false
    ) {
      (self.tree, self.weight, self.features, self.outputs, self.isVote) = (tree, weight, features, outputs, isVote)
    }

    /// The answers of a node, as they are added up.
    func answers(_ node: TreeNode) -> [Double] {
      guard isVote, let most = node.value.max() else { return node.value.map { $0 * weight } }
      let first = node.value.firstIndex(of: most)
      return node.value.indices.map { $0 == first ? weight : 0 }
    }
  }

  /// The trees.
  public let parts: [Part]
  /// What there is before any tree, one for each output.
  public let baseline: [Double]
  /// The outputs' names.
  public let outputNames: [String]
  /// How many features a sample has.
  public let featureCount: Int

  /// - Parameters:
  ///   - parts: the trees.
  ///   - baseline: what there is before any tree, one for each output.
  ///   - outputNames: the outputs' names.
  ///   - featureCount: how many features a sample has.
  public init(parts: [Part], baseline: [Double], outputNames: [String], featureCount: Int) {
    (self.parts, self.baseline, self.outputNames, self.featureCount) = (parts, baseline, outputNames, featureCount)
  }

  /// - Parameters:
  ///   - trees: all with the same features; each answers for all outputs, or for one, the trees taking turns.
  ///   - scale: what each tree's answer is multiplied by: one over their number where answers are averaged.
  ///   - baseline: what there is before any tree, one for each output.
  ///   - outputNames: the outputs' names.
  ///   - featureCount: how many features a sample has.
  public init(
    trees: [DecisionTree], scale: Double = 1, baseline: [Double], outputNames: [String], featureCount: Int
  ) {
    let takesTurns = baseline.count > 1 && trees.first?.outputCount == 1
    let parts = trees.enumerated().map { place, tree in
      Part(tree, weight: scale, outputs: takesTurns ? [place % baseline.count] : nil)
    }
    self.init(parts: parts, baseline: baseline, outputNames: outputNames, featureCount: featureCount)
  }

  /// The trees.
  public var trees: [DecisionTree] { parts.map(\.tree) }

  var outputCount: Int { baseline.count }

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

extension AdditiveTrees {
  /// The same trees as a share of an ensemble's answer.
  ///
  /// - Parameters:
  ///   - weight: the share.
  ///   - features: the ensemble's columns that the trees take; `nil` for all.
  ///   - outputs: the ensemble's outputs that the trees answer for; `nil` for the same.
  func share(_ weight: Double, features: [Int]? = nil, outputs: [Int]? = nil) -> [Part] {
    parts.map { part in
      var part = part
      part.weight *= weight
      if let features { part.features = part.features.map { $0.map { features[$0] } } ?? features }
      if let outputs { part.outputs = part.outputs.map { $0.map { outputs[$0] } } ?? outputs }
      return part
    }
  }

  /// The vote of a single tree; several trees decide together, so that no sum over trees tells their vote.
  /// - Throws: ``FitError`` of kind `parameter` for more than one tree.
  func vote() throws(FitError) -> AdditiveTrees {
    guard parts.count == 1 else {
      throw FitError(
        .parameter, expected: "votes of single trees, which add up", found: "votes of \(parts.count) trees each",
        advice: "Explain it with KernelExplainer or PermutationExplainer, or let probabilities be averaged.")
    }
    var voting = parts[0]
    voting.isVote = true
    return AdditiveTrees(parts: [voting], baseline: baseline, outputNames: outputNames, featureCount: featureCount)
  }
}
