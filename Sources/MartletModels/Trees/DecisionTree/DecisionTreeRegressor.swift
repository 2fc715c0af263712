import MartletNumerics

/// Predicts a number by questions about one feature at a time.
///
/// Each node asks the question that lowers the impurity of its samples' targets most; a leaf answers their mean or median.
/// Between leaves the prediction jumps, and beyond the training samples it stays what it was at the edge.
///
///     let model = try DecisionTreeRegressor(maximumDepth: 3).fit(patients, target: "progression")
///     print(model.exportText())
///
/// Limit it, prune it, or use a ``RandomForestRegressor``: alone and unlimited it learns the noise.
///
/// Reference: Breiman, Friedman, Olshen and Stone (1984), Classification and regression trees.
@dynamicMemberLookup
public struct DecisionTreeRegressor: WeightedEstimator {
  public typealias Features = Matrix
  public typealias Target = [Double]

  /// What is lowered.
  public var criterion: RegressionCriterion
  /// How far the tree may grow.
  public var limits: TreeLimits
  /// Whether borders are the best or drawn at random. (scikit-learn: `splitter`)
  public var rule: SplitRule
  /// The price of a leaf; 0 for no pruning. (scikit-learn: `ccp_alpha`)
  public var pruningAlpha: Double
  /// The columns that hold categories, numbered from 0.
  public var categoricalFeatures: [Int]
  /// Draws features and borders; `nil` for other draws each time.
  public var seed: UInt64?

  /// - Parameters:
  ///   - criterion: `.squaredError`, `.absoluteError` or `.poisson`.
  ///   - maximumDepth: the most questions in a row, at least 1; `nil` for no limit.
  ///   - minimumSplitSamples: a node with fewer is not split; at least 2.
  ///   - minimumLeafSamples: at least this many samples on each side of a split; at least 1.
  ///   - minimumImpurityDecrease: the least a split must gain, in units of the criterion; at least 0.
  ///   - maximumLeaves: at least 2; `nil` for no limit.
  ///   - maximumFeatures: how many features each node draws to choose from.
  ///   - rule: `.best` or `.random` borders.
  ///   - pruningAlpha: the price of a leaf, at least 0.
  ///   - categoricalFeatures: columns of whole numbers from 0 to 65,535.
  ///   - seed: fixes what is drawn.
  public init(
    criterion: RegressionCriterion = .squaredError, maximumDepth: Int? = nil, minimumSplitSamples: Int = 2,
    minimumLeafSamples: Int = 1, minimumImpurityDecrease: Double = 0, maximumLeaves: Int? = nil,
    maximumFeatures: FeatureCount = .all, rule: SplitRule = .best, pruningAlpha: Double = 0,
    categoricalFeatures: [Int] = [], seed: UInt64? = nil
  ) {
    self.criterion = criterion
    limits = TreeLimits(
      maximumDepth: maximumDepth, minimumSplitSamples: minimumSplitSamples, minimumLeafSamples: minimumLeafSamples,
      minimumImpurityDecrease: minimumImpurityDecrease, maximumLeaves: maximumLeaves, maximumFeatures: maximumFeatures)
    self.rule = rule
    self.pruningAlpha = pruningAlpha
    self.categoricalFeatures = categoricalFeatures
    self.seed = seed
  }

  /// One of the limits.
  public subscript<Value>(dynamicMember member: WritableKeyPath<TreeLimits, Value>) -> Value {
    get { limits[keyPath: member] }
    set { limits[keyPath: member] = newValue }
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, `nan` where a value is missing.
  ///   - y: `n` targets, every one finite.
  ///   - weights: one for each sample, at least 0.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(d · n · log n · depth) at most.
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    try TreeChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    try TreeGrowth.check(y, for: criterion)
    try SampleChecks.weights(weights, count: y.count)
    try limits.check(featureCount: x.shape[1])
    try SampleChecks.parameter(pruningAlpha >= 0, "pruningAlpha", "of at least 0", pruningAlpha)
    try TreeChecks.categories(x, categoricalFeatures)
    let grown = TreeGrowth.regressor(
      RankedFeatures(x, categorical: categoricalFeatures), y, weights: weights, criterion, limits, rule,
      TreeGrowth.generator(seed))
    return Model(tree: grown.tree.pruned(alpha: pruningAlpha))
  }

  /// What `DecisionTreeRegressor` has learned.
  public struct Model: Regressor, Equatable {
    /// The questions; a leaf has one value.
    public let tree: DecisionTree

    /// The value of each sample's leaf.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predict(_ x: Matrix) throws(FitError) -> [Double] { try tree.apply(x).map { tree.values[$0] } }
  }
}

extension DecisionTreeRegressor.Model: Codable {
  private enum CodingKeys: String, CodingKey { case tree }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(tree: try container.decode(DecisionTree.self, forKey: .tree))
    try TreeDecoding.check([tree], outputs: 1, decoder)
  }
}
