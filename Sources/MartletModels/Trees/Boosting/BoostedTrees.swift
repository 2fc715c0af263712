import MartletNumerics

/// What boosting has learned: trees whose answers add up to scores.
struct BoostedTrees: Sendable, Codable {
  /// The scores before any tree, one for each output.
  var baseline: [Double]
  /// Round by round, in each a tree for each output; answers include the learning rate.
  var trees: [DecisionTree]
  var featureCount: Int
  /// The loss on samples that were held out, after each round.
  var evaluationLosses: [Double]

  private enum CodingKeys: String, CodingKey { case baseline, trees, featureCount, evaluationLosses }

  init(baseline: [Double], trees: [DecisionTree] = [], featureCount: Int, evaluationLosses: [Double] = []) {
    self.baseline = baseline
    self.trees = trees
    self.featureCount = featureCount
    self.evaluationLosses = evaluationLosses
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      baseline: try container.decode([Double].self, forKey: .baseline),
      trees: try container.decode([DecisionTree].self, forKey: .trees),
      featureCount: try container.decode(Int.self, forKey: .featureCount),
      evaluationLosses: try container.decode([Double].self, forKey: .evaluationLosses))
    try TreeDecoding.check(!baseline.isEmpty, "expected at least one baseline score, found none", decoder)
    try TreeDecoding.check(featureCount > 0, "expected at least one feature, found \(featureCount)", decoder)
    try TreeDecoding.check(
      trees.count % baseline.count == 0,
      "expected a tree for each of \(baseline.count) scores in each round, found "
        + "\(trees.count) trees", decoder)
    if !trees.isEmpty { try TreeDecoding.check(trees, outputs: 1, decoder) }
    try TreeDecoding.check(
      trees.allSatisfy { $0.featureCount == featureCount },
      "expected trees of \(featureCount) features, found \(trees.first?.featureCount ?? 0)", decoder)
  }

  var outputCount: Int { baseline.count }
  var roundCount: Int { trees.count / outputCount }

  /// The scores of each sample: shape `[samples, outputs]`.
  func scores(_ x: Matrix, rounds: Int? = nil) throws(FitError) -> Matrix {
    try TreeChecks.features(x, count: featureCount)
    let used = try self.rounds(rounds)
    var scores = [Double](repeating: 0, count: x.shape[0] * outputCount)
    for place in scores.indices { scores[place] = baseline[place % outputCount] }
    let outputs = outputCount
    TreeSum.add(Array(trees.prefix(used * outputs)), x.scalars, to: &scores, width: outputs) { $0 % outputs }
    return Matrix(scores, shape: [x.shape[0], outputs])
  }

  private func rounds(_ wanted: Int?) throws(FitError) -> Int {
    guard let wanted else { return roundCount }
    try SampleChecks.parameter(0...roundCount ~= wanted, "rounds", "from 0 to \(roundCount)", wanted)
    return wanted
  }

  func apply(_ x: Matrix) throws(FitError) -> Tensor<Int> {
    try TreeChecks.features(x, count: featureCount)
    guard !trees.isEmpty else { return Tensor([], shape: [x.shape[0], 0]) }
    return try ForestGrowth.leaves(trees, x)
  }

  func importances(_ kind: TreeImportance) -> [Double] {
    DecisionTree.sumOfImportances(trees, kind, featureCount: featureCount)
  }
}
