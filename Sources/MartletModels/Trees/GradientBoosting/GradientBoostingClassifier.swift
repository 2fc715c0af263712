import MartletNumerics

/// What boosted trees minimise when they tell classes apart.
public enum BoostingClassificationLoss: Sendable, Equatable {
  /// `−log p`.
  case logLoss
  /// `exp(−score)`, as AdaBoost; for two classes. Mislabelled samples pull hard.
  case exponential
}

/// Tells classes apart by the sum of small trees, each fitted to the slope of the loss of those before it, with the best of
/// all borders.
///
///     let model = try GradientBoostingClassifier<Int>(rounds: 50, seed: 0).fit(xTrain, yTrain)
///     try model.score(xTest, yTest)
///
/// On more than some thousand samples ``HistogramGradientBoostingClassifier`` is as good and many times faster.
///
/// Reference: Friedman (2001), Greedy function approximation: a gradient boosting machine.
public struct GradientBoostingClassifier<Label: Hashable & Sendable>: WeightedEstimator {
  public typealias Features = Matrix
  public typealias Target = [Label]
  public typealias Model = BoostedClassifierModel<Label>

  /// What is minimised.
  public var loss: BoostingClassificationLoss
  /// The rounds and the trees' limits.
  public var stages: GradientStages

  /// - Parameters:
  ///   - loss: `.logLoss`, or `.exponential` for two classes.
  ///   - rounds: at least 1. (scikit-learn: `n_estimators`)
  ///   - learningRate: how much of each tree is believed, above 0.
  ///   - maximumDepth: the most questions in a row, at least 1; `nil` for no limit.
  ///   - minimumLeafSamples: at least 1.
  ///   - maximumFeatures: how many features each node draws to choose from.
  ///   - sampleFraction: which fraction of the samples each tree learns from. (scikit-learn: `subsample`)
  ///   - seed: fixes what is drawn.
  public init(
    loss: BoostingClassificationLoss = .logLoss, rounds: Int = 100, learningRate: Double = 0.1,
    maximumDepth: Int? = 3, minimumLeafSamples: Int = 1, maximumFeatures: FeatureCount = .all,
    sampleFraction: Double = 1, seed: UInt64? = nil
  ) {
    self.loss = loss
    stages = GradientStages(
      rounds: rounds, learningRate: learningRate,
      limits: TreeLimits(
        maximumDepth: maximumDepth, minimumLeafSamples: minimumLeafSamples, maximumFeatures: maximumFeatures),
      sampleFraction: sampleFraction, seed: seed)
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, `nan` where a value is missing.
  ///   - y: `n` labels of at least two classes.
  ///   - weights: one for each sample, at least 0.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite` or `parameter`.
  /// - Complexity: O(rounds · d · n · log n · depth) for each class.
  public func fit(_ x: Matrix, _ y: [Label], weights: [Double]?) throws(FitError) -> BoostedClassifierModel<Label> {
    try TreeChecks.features(x, atLeast: 2)
    try SampleChecks.pairs(x, targets: y.count)
    try SampleChecks.weights(weights, count: y.count)
    let coding = try LabelCoding(y).atLeastTwo(weights)
    let count = coding.classes.count
    try SampleChecks.parameter(
      loss == .logLoss || count == 2, "loss", "of .logLoss for more than two classes", "\(loss) for \(count) classes")
    let parameters = try stages.parameters(x, answerScale: count == 2 ? 1 : Double(count - 1) / Double(count))
    let samples = BoostingSamples(x: x, targets: coding.codes.map(Double.init), weights: weights)
    func fitted(_ objective: some BoostingObjective) throws(FitError) -> BoostedTrees {
      try TreeBooster(objective: objective, parameters: parameters, samples: samples, evaluation: nil, onRound: nil)
        .fit()
    }
    let boosted: BoostedTrees
    switch (loss, count) {
    // Twice the score of the exponential loss is the logarithm of the odds.
    case (.exponential, _): boosted = try fitted(ExponentialLoss()).scaled(by: 2)
    case (.logLoss, 2): boosted = try fitted(BinaryLogLoss())
    case (.logLoss, _): boosted = try fitted(MultinomialLogLoss(outputCount: count))
    }
    return BoostedClassifierModel(classes: coding.classes, boosted: boosted)
  }
}
