import MartletFrames
import MartletNumerics

/// Tells classes apart by sums of many small trees, each of which corrects those before it.
///
/// In every round a tree (for more than two classes one for each) is fitted to the first and second derivatives of the
/// log-loss at the scores so far; see ``HistogramGradientBoostingRegressor`` for how. On tables it is often the best method.
///
///     let model = try HistogramGradientBoostingClassifier<Int>().fit(xTrain, yTrain)
///     try model.score(xTest, yTest)
///
/// What ``parameters`` holds is a property of the estimator, too. XGBoost's trees are had with
/// `order = .levelByLevel`, `maximumDepth = 6`, `maximumLeaves = nil`, `squaredPenalty = 1`, `minimumLeafSamples = 1`,
/// `minimumLeafWeight = 1` and `learningRate = 0.3`.
///
/// Reference: Friedman (2001), Greedy function approximation; Chen and Guestrin (2016), XGBoost; Ke and others (2017),
/// LightGBM.
@dynamicMemberLookup
public struct HistogramGradientBoostingClassifier<Label: Hashable & Sendable>: WeightedEstimator {
  public typealias Features = Matrix
  public typealias Target = [Label]

  /// The rounds and the limits of the trees.
  public var parameters: BoostingParameters
  /// How much each class counts. (scikit-learn: `class_weight`)
  public var classWeights: ClassWeights<Label>

  /// - Parameters:
  ///   - rounds: at least 1.
  ///   - learningRate: how much of each tree is believed, above 0.
  ///   - maximumLeaves: of a tree, at least 2; `nil` for no limit.
  ///   - maximumDepth: at least 1; `nil` for no limit.
  ///   - minimumLeafSamples: at least 1.
  ///   - squaredPenalty: `λ`, at least 0.
  ///   - monotone: by feature, +1 or −1 where the second of two classes may only get more or less probable with it.
  ///   - categoricalFeatures: columns of whole numbers from 0 to 65,535 with at most 255 different ones.
  ///   - classWeights: `.equal`, `.balanced` or `.given`.
  ///   - earlyStoppingRounds: ends after so many rounds without progress; `nil` for all rounds.
  ///   - seed: fixes what is drawn.
  public init(
    rounds: Int = 100, learningRate: Double = 0.1, maximumLeaves: Int? = 31, maximumDepth: Int? = nil,
    minimumLeafSamples: Int = 20, squaredPenalty: Double = 0, monotone: [Int: Int] = [:],
    categoricalFeatures: [Int] = [], classWeights: ClassWeights<Label> = .equal, earlyStoppingRounds: Int? = nil,
    seed: UInt64? = nil
  ) {
    self.classWeights = classWeights
    parameters = BoostingParameters()
    parameters.rounds = rounds
    parameters.learningRate = learningRate
    parameters.maximumLeaves = maximumLeaves
    parameters.maximumDepth = maximumDepth
    parameters.minimumLeafSamples = minimumLeafSamples
    parameters.squaredPenalty = squaredPenalty
    parameters.monotone = monotone
    parameters.categoricalFeatures = categoricalFeatures
    parameters.earlyStoppingRounds = earlyStoppingRounds
    parameters.seed = seed
  }

  /// One of the parameters.
  public subscript<Value>(dynamicMember member: WritableKeyPath<BoostingParameters, Value>) -> Value {
    get { parameters[keyPath: member] }
    set { parameters[keyPath: member] = newValue }
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, `nan` where a value is missing.
  ///   - y: `n` labels of at least two classes.
  ///   - weights: one for each sample, at least 0.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite` or `parameter`.
  /// - Complexity: O(n · d) a level of a tree.
  public func fit(_ x: Matrix, _ y: [Label], weights: [Double]?) throws(FitError) -> Model {
    guard parameters.earlyStoppingRounds != nil else { return try fit(x, y, weights: weights, evaluation: nil) }
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.weights(weights, count: y.count)
    let split = try TrainTestSplit(
      stratifiedBy: y, testSize: parameters.validationFraction, seed: parameters.seed.map { $0 & 0xffff_ffff })
    return try fit(
      x[rows: split.train], split.train.map { y[$0] }, weights: weights.map { all in split.train.map { all[$0] } },
      evaluation: (x[rows: split.test], split.test.map { y[$0] }))
  }

  /// Learns from samples and watches the loss on others.
  ///
  /// - Parameters:
  ///   - evaluation: samples that are not learned from, of classes that are; with `earlyStoppingRounds`, the trees up to
  ///     the round with the least loss on them are kept.
  ///   - onRound: called after each round with its number, from 1, and the loss on the evaluation samples.
  /// - Throws: ``FitError``.
  public func fit(
    _ x: Matrix, _ y: [Label], weights: [Double]? = nil, evaluation: (x: Matrix, y: [Label])?,
    onRound: ((Int, Double?) -> Void)? = nil
  ) throws(FitError) -> Model {
    try TreeChecks.features(x, atLeast: 2)
    try SampleChecks.pairs(x, targets: y.count)
    try parameters.check(x)
    let weights = try classWeights.weights(of: y, and: weights)
    try SampleChecks.weights(weights, count: y.count)
    let coding = try LabelCoding(y).atLeastTwo(weights)
    let watched = try evaluation.map { (given) throws(FitError) in
      try Self.samples(given.x, given.y, coding.classes, width: x.shape[1])
    }
    let classCount = coding.classes.count
    try SampleChecks.parameter(
      classCount == 2 || parameters.monotone.isEmpty, "monotone", "only for two classes", "\(classCount) classes")
    func fitted<Objective: BoostingObjective>(_ objective: Objective) throws(FitError) -> BoostedTrees {
      try TreeBooster(
        objective: objective, parameters: parameters,
        samples: .init(x: x, targets: coding.codes.map(Double.init), weights: weights),
        evaluation: watched.map { .init(x: $0.x, targets: $0.targets) }, onRound: onRound
      ).fit()
    }
    return Model(
      classes: coding.classes,
      boosted: classCount == 2 ? try fitted(BinaryLogLoss()) : try fitted(MultinomialLogLoss(outputCount: classCount)))
  }

  private static func samples(
    _ x: Matrix, _ y: [Label], _ classes: [Label], width: Int
  ) throws(FitError) -> (x: Matrix, targets: [Double]) {
    try TreeChecks.features(x, count: width)
    try SampleChecks.pairs(x, targets: y.count)
    let codes = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, Double($0)) })
    if let stranger = y.first(where: { codes[$0] == nil }) {
      throw FitError(
        .parameter, expected: "evaluation samples of the classes \(classes)", found: "class \(stranger)",
        advice: "Learn from samples of every class.")
    }
    return (x, y.map { codes[$0] ?? 0 })
  }

  /// What `HistogramGradientBoostingClassifier` has learned.
  public struct Model: Classifier {
    /// The classes, in ascending order where they have one, else in order of appearance.
    public let classes: [Label]
    let boosted: BoostedTrees

    private enum CodingKeys: String, CodingKey { case classes, boosted }

    init(classes: [Label], boosted: BoostedTrees) {
      self.classes = classes
      self.boosted = boosted
    }

    /// The trees, round by round, in each one for each class, or one for two classes; their answers include the learning
    /// rate.
    public var trees: [DecisionTree] { boosted.trees }
    /// The scores before any tree: one for each class, or one for two classes.
    public var baseline: [Double] { boosted.baseline }
    /// The log-loss on the evaluation samples after each round; empty where there were none.
    public var evaluationLosses: [Double] { boosted.evaluationLosses }
    /// How many rounds were kept.
    public var roundCount: Int { boosted.roundCount }

    /// The sums of the trees' answers: shape `[samples, classes]`, or `[samples, 1]` for two classes.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func decisionFunction(_ x: Matrix) throws(FitError) -> Matrix { try boosted.scores(x) }

    /// The most probable class of each sample.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predict(_ x: Matrix) throws(FitError) -> [Label] {
      try predictProbabilities(x).argMax(axis: 1).scalars.map { classes[$0] }
    }

    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predictProbabilities(_ x: Matrix) throws(FitError) -> Matrix {
      try predictProbabilities(x, rounds: roundCount)
    }

    /// The probabilities after the first rounds alone. (scikit-learn: `staged_predict_proba`)
    /// - Throws: ``FitError`` of kind `shape`, `notFinite`, or `parameter` when there are not as many rounds.
    public func predictProbabilities(_ x: Matrix, rounds: Int) throws(FitError) -> Matrix {
      SoftProbability.matrix(scores: try boosted.scores(x, rounds: rounds))
    }

    /// The leaf of each sample in each tree: shape `[samples, trees]`.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func apply(_ x: Matrix) throws(FitError) -> Tensor<Int> { try boosted.apply(x) }

    /// What each feature's questions add up to over all trees.
    public func importances(_ kind: TreeImportance) -> [Double] { boosted.importances(kind) }
    /// The gain of each feature's questions, as shares that add up to 1.
    public var featureImportances: [Double] { DecisionTree.shares(importances(.gain)) }
  }
}

extension HistogramGradientBoostingClassifier.Model: Encodable where Label: Encodable {}
extension HistogramGradientBoostingClassifier.Model: Decodable where Label: Decodable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      classes: try container.decode([Label].self, forKey: .classes),
      boosted: try container.decode(BoostedTrees.self, forKey: .boosted))
    try TreeDecoding.classes(classes, decoder)
    let outputs = classes.count == 2 ? 1 : classes.count
    try TreeDecoding.check(
      boosted.outputCount == outputs && classes.count > 1,
      "expected \(outputs) scores for \(classes.count) classes, found \(boosted.outputCount)", decoder)
  }
}

extension HistogramGradientBoostingClassifier.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    TreeSummary.table(
      "Gradient boosting", "\(target ?? "label") (\(classes.count) classes)", trees, featureImportances, features)
  }
}
