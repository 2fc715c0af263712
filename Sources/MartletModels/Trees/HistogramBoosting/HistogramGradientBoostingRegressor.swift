import MartletFrames
import MartletNumerics

/// What a boosted regression minimises.
public enum BoostingLoss: Sendable, Equatable, Codable {
  /// `½ (ŷ − y)²`: predicts the mean.
  case squaredError
  /// `|ŷ − y|`: predicts the median.
  case absoluteError
  /// Predicts the quantile with this share of the targets below it, between 0 and 1.
  case quantile(Double)
  /// For counts: `ŷ − y log ŷ`; predicts the mean, above 0.
  case poisson
}

/// Predicts a number as the sum of many small trees, each of which corrects those before it.
///
/// In every round a tree is fitted to the first and second derivatives of the loss at the predictions so far. Borders are
/// looked for in histograms of at most 255 bins a feature, and a child's histogram is its parent's less its sibling's, so a
/// round takes milliseconds on 100,000 samples.
///
///     let model = try HistogramGradientBoostingRegressor(rounds: 200, learningRate: 0.05).fit(x, y)
///     try model.score(xTest, yTest)
///
/// More rounds with a smaller learning rate predict better, until they learn the noise: watch samples that are held out
/// with `earlyStoppingRounds`. What ``parameters`` holds is a property of the estimator, too. Missing values (`nan`) go to
/// the side that is better for them. Results do not depend on the number of threads.
///
/// Reference: Friedman (2001), Greedy function approximation; Chen and Guestrin (2016), XGBoost; Ke and others (2017),
/// LightGBM.
@dynamicMemberLookup
public struct HistogramGradientBoostingRegressor: WeightedEstimator {
  public typealias Features = Matrix
  public typealias Target = [Double]

  /// What is minimised.
  public var loss: BoostingLoss
  /// The rounds and the limits of the trees.
  public var parameters: BoostingParameters

  /// - Parameters:
  ///   - loss: `.squaredError`, `.absoluteError`, `.quantile` or `.poisson`.
  ///   - rounds: the most trees, at least 1.
  ///   - learningRate: how much of each tree is believed, above 0.
  ///   - maximumLeaves: of a tree, at least 2; `nil` for no limit.
  ///   - maximumDepth: at least 1; `nil` for no limit.
  ///   - minimumLeafSamples: at least 1.
  ///   - squaredPenalty: `λ`, at least 0.
  ///   - monotone: by feature, +1 or −1 where the prediction may only rise or fall with it.
  ///   - categoricalFeatures: columns of whole numbers from 0 to 65,535 with at most 255 different ones.
  ///   - earlyStoppingRounds: ends after so many rounds without progress; `nil` for all rounds.
  ///   - seed: fixes what is drawn.
  public init(
    loss: BoostingLoss = .squaredError, rounds: Int = 100, learningRate: Double = 0.1, maximumLeaves: Int? = 31,
    maximumDepth: Int? = nil, minimumLeafSamples: Int = 20, squaredPenalty: Double = 0, monotone: [Int: Int] = [:],
    categoricalFeatures: [Int] = [], earlyStoppingRounds: Int? = nil, seed: UInt64? = nil
  ) {
    self.loss = loss
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
  ///   - y: `n` targets, every one finite.
  ///   - weights: one for each sample, at least 0.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite` or `parameter`.
  /// - Complexity: O(n · d) a level of a tree.
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> Model {
    guard parameters.earlyStoppingRounds != nil else { return try fit(x, y, weights: weights, evaluation: nil) }
    let split = try TrainTestSplit(
      count: y.count, testSize: parameters.validationFraction, seed: parameters.seed.map { $0 & 0xffff_ffff })
    return try fit(
      x[rows: split.train], split.train.map { y[$0] }, weights: weights.map { all in split.train.map { all[$0] } },
      evaluation: (x[rows: split.test], split.test.map { y[$0] }))
  }

  /// Learns from samples and watches the loss on others.
  ///
  /// - Parameters:
  ///   - evaluation: samples that are not learned from; with `earlyStoppingRounds`, the trees up to the round with the
  ///     least loss on them are kept.
  ///   - onRound: called after each round with its number, from 1, and the loss on the evaluation samples.
  /// - Throws: ``FitError``.
  public func fit(
    _ x: Matrix, _ y: [Double], weights: [Double]? = nil, evaluation: (x: Matrix, y: [Double])?,
    onRound: ((Int, Double?) -> Void)? = nil
  ) throws(FitError) -> Model {
    try check(x, y, weights)
    if let evaluation {
      try TreeChecks.features(evaluation.x, count: x.shape[1])
      try check(evaluation.x, evaluation.y, nil)
    }
    func fitted(_ objective: some BoostingObjective) throws(FitError) -> BoostedTrees {
      try TreeBooster(
        objective: objective, parameters: parameters, samples: .init(x: x, targets: y, weights: weights),
        evaluation: evaluation.map { .init(x: $0.x, targets: $0.y) }, onRound: onRound
      ).fit()
    }
    let boosted: BoostedTrees
    switch loss {
    case .squaredError: boosted = try fitted(SquaredLoss())
    case .absoluteError: boosted = try fitted(QuantileLoss(quantile: 0.5, scale: 2))
    case .quantile(let quantile): boosted = try fitted(QuantileLoss(quantile: quantile))
    case .poisson: boosted = try fitted(PoissonLoss())
    }
    return Model(boosted: boosted, loss: loss)
  }

  private func check(_ x: Matrix, _ y: [Double], _ weights: [Double]?) throws(FitError) {
    try TreeChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.finite(y, "target", width: 1)
    try SampleChecks.weights(weights, count: y.count)
    try parameters.check(x)
    if case .quantile(let quantile) = loss {
      try SampleChecks.parameter(quantile > 0 && quantile < 1, "quantile", "between 0 and 1", quantile)
    }
    if loss == .poisson { try CountChecks.targets(y) }
  }

  /// What `HistogramGradientBoostingRegressor` has learned.
  public struct Model: Regressor, Codable {
    let boosted: BoostedTrees
    let loss: BoostingLoss

    /// The trees, round by round; their answers include the learning rate.
    public var trees: [DecisionTree] { boosted.trees }
    /// The score before any tree.
    public var baseline: Double { boosted.baseline[0] }
    /// The loss on the evaluation samples after each round; empty where there were none.
    public var evaluationLosses: [Double] { boosted.evaluationLosses }
    /// How many rounds were kept.
    public var roundCount: Int { boosted.roundCount }

    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func predict(_ x: Matrix) throws(FitError) -> [Double] { try predict(x, rounds: roundCount) }

    /// The predictions of the first rounds alone. (scikit-learn: `staged_predict`)
    /// - Throws: ``FitError`` of kind `shape`, `notFinite`, or `parameter` when there are not as many rounds.
    public func predict(_ x: Matrix, rounds: Int) throws(FitError) -> [Double] {
      let scores = try boosted.scores(x, rounds: rounds).scalars
      return loss == .poisson ? scores.map { exp($0) } : scores
    }

    /// The leaf of each sample in each tree: shape `[samples, trees]`.
    /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
    public func apply(_ x: Matrix) throws(FitError) -> Tensor<Int> { try boosted.apply(x) }

    /// What each feature's questions add up to over all trees.
    public func importances(_ kind: TreeImportance) -> [Double] { boosted.importances(kind) }
    /// The gain of each feature's questions, as shares that add up to 1.
    public var featureImportances: [Double] { DecisionTree.shares(importances(.gain)) }

    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      boosted = try container.decode(BoostedTrees.self, forKey: .boosted)
      loss = try container.decode(BoostingLoss.self, forKey: .loss)
      try TreeDecoding.check(boosted.outputCount == 1, "expected one output, found \(boosted.outputCount)", decoder)
    }

    init(boosted: BoostedTrees, loss: BoostingLoss) {
      self.boosted = boosted
      self.loss = loss
    }
  }
}

extension HistogramGradientBoostingRegressor.Model: ModelSummary {
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    TreeSummary.table("Gradient boosting", target ?? "target", trees, featureImportances, features)
  }
}
