import MartletNumerics

/// Tells classes apart by questions about one feature at a time.
///
/// Each node asks the question that lowers the impurity of its samples most, weighted by their numbers; a leaf answers
/// the shares of its classes. Grown without limits it learns its samples by heart: limit ``TreeLimits/maximumDepth`` or
/// ``TreeLimits/minimumLeafSamples``, prune it with ``pruningAlpha``, or use a ``RandomForestClassifier``.
///
///     let model = try DecisionTreeClassifier<String>(maximumDepth: 2).fit(iris, target: "species")
///     print(model.exportText())          // the questions
///     try model.score(iris)              // 0.96
///
/// Features need no scaling. A missing value is `nan`. What ``limits`` holds is a property of the estimator, too:
/// `estimator.maximumDepth = 3`.
///
/// Reference: Breiman, Friedman, Olshen and Stone (1984), Classification and regression trees.
@dynamicMemberLookup
public struct DecisionTreeClassifier<Label: Hashable & Sendable>: WeightedEstimator {
  public typealias Features = Matrix
  public typealias Target = [Label]

  /// What is lowered: ``ClassificationCriterion/gini`` or ``ClassificationCriterion/entropy``.
  public var criterion: ClassificationCriterion
  /// How far the tree may grow.
  public var limits: TreeLimits
  /// Whether borders are the best or drawn at random. (scikit-learn: `splitter`)
  public var rule: SplitRule
  /// How much each class counts. (scikit-learn: `class_weight`)
  public var classWeights: ClassWeights<Label>
  /// The price of a leaf: what costs more than it is worth is cut back; 0 for no pruning. (scikit-learn: `ccp_alpha`)
  public var pruningAlpha: Double
  /// The columns that hold categories, numbered from 0: their questions are about sets of categories.
  public var categoricalFeatures: [Int]
  /// Draws features and borders; `nil` for other draws each time.
  public var seed: UInt64?

  /// - Parameters:
  ///   - criterion: `.gini` or `.entropy`.
  ///   - maximumDepth: the most questions in a row, at least 1; `nil` for no limit.
  ///   - minimumSplitSamples: a node with fewer is not split; at least 2.
  ///   - minimumLeafSamples: at least this many samples on each side of a split; at least 1.
  ///   - minimumImpurityDecrease: the least a split must gain; at least 0.
  ///   - maximumLeaves: at least 2; `nil` for no limit.
  ///   - maximumFeatures: how many features each node draws to choose from.
  ///   - rule: `.best` or `.random` borders.
  ///   - classWeights: `.equal`, `.balanced` or `.given`.
  ///   - pruningAlpha: the price of a leaf, at least 0.
  ///   - categoricalFeatures: columns of whole numbers from 0 to 65,535.
  ///   - seed: fixes what is drawn.
  public init(
    criterion: ClassificationCriterion = .gini, maximumDepth: Int? = nil, minimumSplitSamples: Int = 2,
    minimumLeafSamples: Int = 1, minimumImpurityDecrease: Double = 0, maximumLeaves: Int? = nil,
    maximumFeatures: FeatureCount = .all, rule: SplitRule = .best, classWeights: ClassWeights<Label> = .equal,
    pruningAlpha: Double = 0, categoricalFeatures: [Int] = [], seed: UInt64? = nil
  ) {
    self.criterion = criterion
    limits = TreeLimits(
      maximumDepth: maximumDepth, minimumSplitSamples: minimumSplitSamples, minimumLeafSamples: minimumLeafSamples,
      minimumImpurityDecrease: minimumImpurityDecrease, maximumLeaves: maximumLeaves, maximumFeatures: maximumFeatures)
    self.rule = rule
    self.classWeights = classWeights
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
  ///   - y: `n` labels of one or more classes.
  ///   - weights: one for each sample, at least 0.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(d · n · log n · depth) at most.
  public func fit(_ x: Matrix, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    try TreeChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    try limits.check(featureCount: x.shape[1])
    try SampleChecks.parameter(pruningAlpha >= 0, "pruningAlpha", "of at least 0", pruningAlpha)
    try TreeChecks.categories(x, categoricalFeatures)
    let weights = try classWeights.weights(of: y, and: weights)
    try SampleChecks.weights(weights, count: y.count)
    let coding = LabelCoding(y)
    let grown = TreeGrowth.classifier(
      RankedFeatures(x, categorical: categoricalFeatures), coding.codes.map(Int32.init),
      classCount: coding.classes.count, weights: weights, criterion, limits, rule, TreeGrowth.generator(seed))
    return Model(classes: coding.classes, tree: grown.tree.pruned(alpha: pruningAlpha))
  }

  /// What `DecisionTreeClassifier` has learned.
  public struct Model: Classifier {
    /// The classes, in ascending order where they have one, else in order of appearance.
    public let classes: [Label]
    /// The questions; a leaf's values are the shares of the classes.
    public let tree: DecisionTree

    private enum CodingKeys: String, CodingKey { case classes, tree }

    /// The class with the largest share in each sample's leaf, the first where several have it.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predict(_ x: Matrix) throws(FitError) -> [Label] {
      try predictProbabilities(x).argMax(axis: 1).scalars.map { classes[$0] }
    }

    /// The shares of the classes in each sample's leaf.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
      let leaves = try tree.apply(x)
      let width = classes.count
      return Matrix(leaves.flatMap { tree.values[$0 * width..<($0 + 1) * width] }, shape: [leaves.count, width])
    }
  }
}

extension DecisionTreeClassifier.Model: Encodable where Label: Encodable {}
extension DecisionTreeClassifier.Model: Decodable where Label: Decodable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      classes: try container.decode([Label].self, forKey: .classes),
      tree: try container.decode(DecisionTree.self, forKey: .tree))
    try TreeDecoding.classes(classes, decoder)
    try TreeDecoding.check([tree], outputs: classes.count, decoder)
  }
}
