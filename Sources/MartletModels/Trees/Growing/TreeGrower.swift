import CMartletRuntime
import MartletNumerics

/// Grows a tree from its root: the deepest node first or, where the number of leaves is limited, the one with the most to
/// gain.
struct TreeGrower<Criterion: SplitCriterion> {
  private let features: RankedFeatures
  private let limits: TreeLimits
  private let minimumGain: Double
  private let rows: GrowingRows<Criterion.Observation>
  private var splitter: NodeSplitter<Criterion>
  private var criterion: Criterion
  private var random: PCG64
  private var tree: DecisionTree
  private var ranges: [Range<Int>] = []

  /// - Parameters:
  ///   - rows: the samples to learn from.
  ///   - minimumGain: the least gain of a split, in sums over weights; a split need not gain anything where it is 0.
  ///   - minimumLeafWeight: the least weight on each side of a split.
  init(
    _ features: RankedFeatures, _ rows: GrowingRows<Criterion.Observation>, criterion: Criterion, limits: TreeLimits,
    rule: SplitRule = .best, minimumGain: Double = 0, minimumLeafWeight: Double = 0, random: PCG64
  ) {
    self.features = features
    self.limits = limits
    self.criterion = criterion
    self.random = random
    self.rows = rows
    self.minimumGain = minimumGain + limits.minimumImpurityDecrease * rows.weight
    splitter = NodeSplitter(features, rows, limits, rule, minimumLeafWeight: minimumLeafWeight)
    tree = DecisionTree(featureCount: features.featureCount, outputCount: criterion.outputCount)
  }

  /// Grows the tree, and frees the memory it needed: to be called once.
  consuming func grow() -> GrownTree {
    defer {
      splitter.deallocate()
      criterion.deallocate()
      rows.deallocate()
    }
    if let maximumLeaves = limits.maximumLeaves { growBest(maximumLeaves) } else { growDeepest() }
    var leaves = [Int32](repeating: -1, count: features.sampleCount)
    for (node, step) in tree.steps.enumerated() where step.feature < 0 {
      for place in ranges[node] { leaves[Int(rows.samples[place])] = Int32(node) }
    }
    return GrownTree(tree: tree, leaves: leaves)
  }

  /// A node that is yet to be looked at.
  private struct Seedling {
    var range: Range<Int>
    var depth: Int
    var parent: Int
    var isLeft: Bool
  }

  /// A node with a question that will be worth asking.
  private struct Bud {
    var node: Int
    var depth: Int
    var choice: SplitChoice
    var gain: Double
  }

  private mutating func growDeepest() {
    var stack = [Seedling(range: 0..<rows.count, depth: 0, parent: -1, isLeft: false)]
    while let seedling = stack.popLast() {
      martlet_poll()
      guard let bud = settle(seedling) else { continue }
      let (left, right) = split(bud)
      stack.append(right)
      stack.append(left)
    }
  }

  private mutating func growBest(_ maximumLeaves: Int) {
    var buds: [Bud] = []
    if let root = settle(Seedling(range: 0..<rows.count, depth: 0, parent: -1, isLeft: false)) { buds.append(root) }
    var leaves = 1
    while leaves < maximumLeaves, let place = buds.indices.max(by: { buds[$0].gain < buds[$1].gain }) {
      martlet_poll()
      let (left, right) = split(buds.remove(at: place))
      leaves += 1
      for seedling in [left, right] { if let bud = settle(seedling) { buds.append(bud) } }
    }
  }

  /// Adds a node to the tree, as a leaf until it is split, and looks for its best question.
  private mutating func settle(_ seedling: Seedling) -> Bud? {
    let range = seedling.range
    criterion.begin(rows.observations + range.lowerBound, range.count)
    let node = tree.appendLeaf(impurity: criterion.impurity, samples: range.count, weight: criterion.weight)
    criterion.appendValue(to: &tree.values)
    ranges.append(range)
    tree.link(node, to: seedling.parent, isLeft: seedling.isLeft)
    let isDeepEnough = limits.maximumDepth.map { seedling.depth >= $0 } ?? false
    if isDeepEnough || criterion.isPure || range.count < max(limits.minimumSplitSamples, 2 * limits.minimumLeafSamples)
    {
      return nil
    }
    let unsplit = criterion.unsplitScore
    let choice = splitter.best(range, &criterion, &random)
    let gain = choice.score - unsplit
    guard choice.isFound, minimumGain == 0 || gain >= minimumGain else { return nil }
    return Bud(node: node, depth: seedling.depth, choice: choice, gain: max(0, gain))
  }

  /// Asks a node's question and sends its samples to both sides.
  private mutating func split(_ bud: Bud) -> (left: Seedling, right: Seedling) {
    let (choice, range) = (bud.choice, ranges[bud.node])
    let column = features.column(choice.feature)
    let border: Int
    if let leftRanks = choice.leftRanks {
      border = rows.partition(range) { sample in
        let rank = column[sample]
        return rank == RankedFeatures.missing ? choice.missingGoesLeft : leftRanks[Int(rank)]
      }
    } else {
      let (low, missingGoesLeft) = (choice.low, choice.missingGoesLeft)
      border = rows.partition(range) { sample in
        let rank = column[sample]
        return rank <= low || (missingGoesLeft && rank == RankedFeatures.missing)
      }
    }
    let isLeftLarger = border - range.lowerBound > range.upperBound - border
    let missingGoesLeft = choice.hasMissing ? choice.missingGoesLeft : isLeftLarger
    tree.ask(bud.node, gain: bud.gain, missingGoesLeft: missingGoesLeft, feature: choice.feature)
    if let leftRanks = choice.leftRanks {
      let values = features.distinct[choice.feature]
      tree.setCategories(CategorySet(values.indices.filter { leftRanks[$0] }.map { Int(values[$0]) }), of: bud.node)
    } else {
      tree.steps[bud.node].threshold = threshold(choice)
    }
    return (
      Seedling(range: range.lowerBound..<border, depth: bud.depth + 1, parent: bud.node, isLeft: true),
      Seedling(range: border..<range.upperBound, depth: bud.depth + 1, parent: bud.node, isLeft: false)
    )
  }

  private func threshold(_ choice: SplitChoice) -> Double {
    if let threshold = choice.threshold { return threshold }
    // Only what is missing goes right.
    if choice.high == RankedFeatures.missing { return .infinity }
    return features.threshold(choice.feature, between: choice.low, and: choice.high)
  }
}

/// A tree and where its training samples ended.
struct GrownTree {
  var tree: DecisionTree
  /// The leaf of each sample; −1 for one that was left out.
  let leaves: [Int32]
}

extension DecisionTree {
  /// A tree without nodes, to be grown.
  init(featureCount: Int, outputCount: Int) {
    self.featureCount = featureCount
    self.outputCount = outputCount
    (steps, categories, values, impurities, gains, sampleCounts, weights) = ([], [], [], [], [], [], [])
  }

  /// The caller appends the node's values.
  mutating func appendLeaf(impurity: Double, samples: Int, weight: Double) -> Int {
    steps.append(.leaf)
    impurities.append(impurity)
    gains.append(0)
    sampleCounts.append(samples)
    weights.append(weight)
    return steps.count - 1
  }

  mutating func link(_ node: Int, to parent: Int, isLeft: Bool) {
    guard parent >= 0 else { return }
    if isLeft { steps[parent].left = Int32(node) } else { steps[parent].right = Int32(node) }
  }

  mutating func ask(_ node: Int, gain: Double, missingGoesLeft: Bool, feature: Int) {
    steps[node].feature = Int32(feature)
    steps[node].missingGoesLeft = missingGoesLeft
    gains[node] = gain
  }

  mutating func setCategories(_ set: CategorySet, of node: Int) {
    steps[node].categories = Int32(categories.count)
    categories.append(set)
  }
}
