import MartletNumerics

/// What every forest has to choose, whatever its trees predict.
@dynamicMemberLookup
public struct ForestParameters: Sendable, Equatable {
  /// How many trees; at least 1. More are never worse, only slower. (scikit-learn: `n_estimators`)
  public var treeCount: Int
  /// How far each tree may grow.
  public var limits: TreeLimits
  /// Whether borders are the best or drawn at random.
  public var rule: SplitRule
  /// Whether each tree learns from samples drawn with replacement, or from all. (scikit-learn: `bootstrap`)
  public var bootstraps: Bool
  /// How many samples are drawn for each tree, as a fraction of all; above 0 and at most 1.
  /// (scikit-learn: `max_samples`)
  public var sampleFraction: Double
  /// Whether the forest is judged by the samples that its trees have not seen. (scikit-learn: `oob_score`)
  public var estimatesOutOfBag: Bool
  /// The columns that hold categories, numbered from 0.
  public var categoricalFeatures: [Int]
  /// Fixes the draws of samples, features and borders; `nil` for other draws each time.
  public var seed: UInt64?

  /// One of the trees' limits.
  public subscript<Value>(dynamicMember member: WritableKeyPath<TreeLimits, Value>) -> Value {
    get { limits[keyPath: member] }
    set { limits[keyPath: member] = newValue }
  }

  func check(_ x: Matrix) throws(FitError) {
    try TreeChecks.features(x)
    try SampleChecks.parameter(treeCount > 0, "treeCount", "of at least 1", treeCount)
    try SampleChecks.parameter(
      sampleFraction > 0 && sampleFraction <= 1, "sampleFraction", "above 0 and at most 1", sampleFraction)
    try SampleChecks.parameter(
      bootstraps || !estimatesOutOfBag, "estimatesOutOfBag", "only where trees draw their samples", "bootstraps: false")
    try SampleChecks.parameter(
      bootstraps || sampleFraction == 1, "sampleFraction", "of 1 where trees take all samples", sampleFraction)
    try limits.check(featureCount: x.shape[1])
    try TreeChecks.categories(x, categoricalFeatures)
  }
}

/// Grows the trees of a forest, several at a time.
enum ForestGrowth {
  /// - Parameters:
  ///   - weights: of the samples; `nil` for all 1.
  ///   - grow: grows a tree from weights, drawing from a stream of its own.
  /// - Returns: the trees and, where asked for, which samples each has not seen.
  static func trees(
    _ parameters: ForestParameters, count: Int, weights: [Double]?,
    grow: ([Double]?, PCG64) -> GrownTree
  ) -> (trees: [DecisionTree], unseen: [[Bool]]) {
    let seed = parameters.seed ?? Random.nextSeed()
    // One stream for each tree: the forest is the same for any number of threads.
    let streams = PCG64.streams(seed: seed, count: parameters.treeCount)
    var grown = [(tree: DecisionTree, unseen: [Bool])?](repeating: nil, count: parameters.treeCount)
    let progress = FitProgress.begin("trees", of: parameters.treeCount)
    grown.withUnsafeMutableBufferPointer { grown in
      // Each piece fills its own place.
      nonisolated(unsafe) let grown = grown
      Parallel.forEach(parameters.treeCount) { place in
        var random = streams[place]
        let drawn = parameters.bootstraps ? drawnWeights(parameters, count, weights, &random) : weights
        let result = grow(drawn, random)
        grown[place] = (result.tree, parameters.estimatesOutOfBag ? result.leaves.map { $0 < 0 } : [])
        progress?.advance()
      }
    }
    let all = grown.compactMap { $0 }
    return (all.map(\.tree), all.map(\.unseen))
  }

  /// How often each sample was drawn, times its weight.
  private static func drawnWeights(
    _ parameters: ForestParameters, _ count: Int, _ weights: [Double]?, _ random: inout PCG64
  ) -> [Double] {
    let draws = max(1, Int((parameters.sampleFraction * Double(count)).rounded()))
    var drawn = [Double](repeating: 0, count: count)
    for _ in 0..<draws { drawn[random.integer(below: count)] += 1 }
    guard let weights else { return drawn }
    let weighted = zip(drawn, weights).map { $0 * $1 }
    // A draw of nothing but samples without weight would leave no tree.
    return weighted.contains { $0 > 0 } ? weighted : weights
  }

  /// For each sample the mean answer of the trees that have not seen it; `nan` where all have.
  static func unseenAnswers(_ trees: [DecisionTree], _ unseen: [[Bool]], _ x: Matrix) -> Matrix {
    let (count, features, width) = (x.shape[0], x.shape[1], trees[0].outputCount)
    let scalars = x.scalars
    var sums = [Double](repeating: 0, count: count * width)
    sums.withUnsafeMutableBufferPointer { sums in
      // Each piece writes the places of its own rows.
      nonisolated(unsafe) let sums = sums
      Parallel.forEachRange(count, length: 512) { _, rows in
        for row in rows {
          var votes = 0.0
          for (tree, unseen) in zip(trees, unseen) where unseen[row] {
            let leaf = scalars.withUnsafeBufferPointer { scalars in
              // A row is not empty: there is at least one feature.
              tree.steps.withUnsafeBufferPointer { tree.leaf($0, scalars.baseAddress! + row * features) }
            }
            for output in 0..<width { sums[row * width + output] += tree.values[leaf * width + output] }
            votes += 1
          }
          for output in 0..<width { sums[row * width + output] /= votes }
        }
      }
    }
    return Matrix(sums, shape: [count, width])
  }

  /// The mean of the trees' answers: shape `[samples, outputs]`.
  static func answers(_ trees: [DecisionTree], _ x: Matrix) throws(FitError) -> Matrix {
    try TreeChecks.features(x, count: trees[0].featureCount)
    let width = trees[0].outputCount
    var sums = [Double](repeating: 0, count: x.shape[0] * width)
    TreeSum.add(trees, x.scalars, to: &sums, width: width)
    let count = Double(trees.count)
    for place in sums.indices { sums[place] /= count }
    return Matrix(sums, shape: [x.shape[0], width])
  }

  /// The leaf of each sample in each tree: shape `[samples, trees]`.
  static func leaves(_ trees: [DecisionTree], _ x: Matrix) throws(FitError) -> Tensor<Int> {
    try TreeChecks.features(x, count: trees[0].featureCount)
    let scalars = x.scalars
    let columns = trees.map { $0.leaves(of: scalars) }
    return Tensor(
      (0..<x.shape[0]).flatMap { row in columns.map { $0[row] } }, shape: [x.shape[0], trees.count])
  }

  /// In which share of the trees two samples end in the same leaf: shape `[samples, samples]`.
  static func proximity(_ trees: [DecisionTree], _ x: Matrix) throws(FitError) -> Matrix {
    try TreeChecks.features(x, count: trees[0].featureCount)
    let (count, scalars) = (x.shape[0], x.scalars)
    var shares = [Double](repeating: 0, count: count * count)
    for tree in trees {
      var together: [Int: [Int]] = [:]
      for (row, leaf) in tree.leaves(of: scalars).enumerated() { together[leaf, default: []].append(row) }
      for rows in together.values { for a in rows { for b in rows { shares[a * count + b] += 1 } } }
    }
    let trees = Double(trees.count)
    return Matrix(shares.map { $0 / trees }, shape: [count, count])
  }
}
