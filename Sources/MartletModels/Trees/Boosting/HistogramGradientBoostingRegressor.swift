import MartletNumerics

/// What a boosted regression minimises.
public enum BoostingLoss: Sendable, Equatable {
  /// `½ (ŷ − y)²`: predicts the mean.
  case squaredError
  /// `|ŷ − y|`: predicts the median.
  case absoluteError
  /// Predicts the quantile with this share of the targets below it, between 0 and 1.
  case quantile(Double)
  /// For counts: `ŷ − y log ŷ`; predicts the mean, above 0.
  case poisson
  /// Squared up to a border, linear beyond it; the border is this quantile of the distances so far, between 0 and 1.
  case huber(Double)

  func check(_ targets: [Double]) throws(FitError) {
    switch self {
    case .quantile(let share), .huber(let share):
      try SampleChecks.parameter(share > 0 && share < 1, "loss", "with a quantile between 0 and 1", share)
    case .poisson: try CountChecks.targets(targets)
    default: break
    }
  }

  /// Fits trees to the loss.
  func fit(
    _ parameters: BoostingParameters, _ samples: BoostingSamples, _ evaluation: BoostingSamples?,
    _ onRound: ((Int, Double?) -> Void)?
  ) throws(FitError) -> BoostedRegressorModel {
    func fitted(_ objective: some BoostingObjective) throws(FitError) -> BoostedTrees {
      try TreeBooster(
        objective: objective, parameters: parameters, samples: samples, evaluation: evaluation, onRound: onRound
      ).fit()
    }
    let boosted: BoostedTrees
    switch self {
    case .squaredError: boosted = try fitted(SquaredLoss())
    case .absoluteError: boosted = try fitted(QuantileLoss(quantile: 0.5, scale: 2))
    case .quantile(let quantile): boosted = try fitted(QuantileLoss(quantile: quantile))
    case .huber(let quantile): boosted = try fitted(HuberLoss(quantile: quantile))
    case .poisson: boosted = try fitted(PoissonLoss())
    }
    return BoostedRegressorModel(boosted: boosted, isLogarithmic: self == .poisson)
  }
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
  public typealias Model = BoostedRegressorModel

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
  public func fit(_ x: Matrix, _ y: [Double], weights: [Double]?) throws(FitError) -> BoostedRegressorModel {
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
  ) throws(FitError) -> BoostedRegressorModel {
    try check(x, y, weights)
    if let evaluation {
      try TreeChecks.features(evaluation.x, count: x.shape[1])
      try check(evaluation.x, evaluation.y, nil)
    }
    return try loss.fit(
      parameters, BoostingSamples(x: x, targets: y, weights: weights),
      evaluation.map { BoostingSamples(x: $0.x, targets: $0.y) }, onRound)
  }

  private func check(_ x: Matrix, _ y: [Double], _ weights: [Double]?) throws(FitError) {
    try TreeChecks.features(x)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.finite(y, "target", width: 1)
    try SampleChecks.weights(weights, count: y.count)
    try parameters.check(x)
    try loss.check(y)
  }
}
