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
  public typealias Model = BoostedClassifierModel<Label>

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
  public func fit(_ x: Matrix, _ y: [Label], weights: [Double]?) throws(FitError) -> BoostedClassifierModel<Label> {
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
  ) throws(FitError) -> BoostedClassifierModel<Label> {
    try TreeChecks.features(x, atLeast: 2)
    try SampleChecks.pairs(x, targets: y.count)
    try parameters.check(x)
    let weights = try classWeights.weights(of: y, and: weights)
    try SampleChecks.weights(weights, count: y.count)
    let coding = try LabelCoding(y).atLeastTwo(weights)
    let watched = try evaluation.map { (given) throws(FitError) in
      try BoostingSamples(given.x, given.y, of: coding.classes, width: x.shape[1])
    }
    let classCount = coding.classes.count
    try SampleChecks.parameter(
      classCount == 2 || parameters.monotone.isEmpty, "monotone", "only for two classes", "\(classCount) classes")
    func fitted(_ objective: some BoostingObjective) throws(FitError) -> BoostedTrees {
      try TreeBooster(
        objective: objective, parameters: parameters,
        samples: BoostingSamples(x: x, targets: coding.codes.map(Double.init), weights: weights), evaluation: watched,
        onRound: onRound
      ).fit()
    }
    return BoostedClassifierModel(
      classes: coding.classes,
      boosted: classCount == 2 ? try fitted(BinaryLogLoss()) : try fitted(MultinomialLogLoss(outputCount: classCount)))
  }
}
