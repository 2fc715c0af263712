import MartletNumerics

/// What every choice of features has learned: which are kept.
public struct FeatureSelection: Transformer, Codable, Equatable {
  /// How many features there were.
  public let featureCount: Int
  /// The places of those that are kept, in order.
  public let kept: [Int]
  /// What the choice was made by: a score, variance or importance for each feature, where there is one.
  public let scores: [Double]
  /// The rank of each feature, 1 for those that are kept; empty where features are not ranked.
  public let ranking: [Int]

  init(featureCount: Int, kept: [Int], scores: [Double] = [], ranking: [Int] = []) throws(FitError) {
    guard !kept.isEmpty else {
      throw FitError(
        .parameter, expected: "at least one feature to keep", found: "none", advice: "Ask for less of them.")
    }
    self.featureCount = featureCount
    self.kept = kept.sorted()
    self.scores = scores
    self.ranking = ranking
  }

  /// - Throws: ``FitError`` of kind `shape` or `notFinite`.
  public func transform(_ x: Matrix) throws(FitError) -> Matrix {
    try SampleChecks.features(x, count: featureCount)
    let scalars = x.scalars
    let chosen = (0..<x.shape[0]).flatMap { row in kept.map { scalars[row * featureCount + $0] } }
    return Matrix(chosen, shape: [x.shape[0], kept.count])
  }
}

extension FeatureSelection: FeatureNaming {
  public func outputNames(for inputs: [String]) -> [String] { kept.map { inputs[$0] } }

  /// Reads what was encoded; throws `DecodingError` where its parts do not fit together.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    featureCount = try file.decode(Int.self, forKey: .featureCount)
    kept = try file.decode([Int].self, forKey: .kept)
    scores = try file.decode([Double].self, forKey: .scores)
    ranking = try file.decode([Int].self, forKey: .ranking)
    let isSound = !kept.isEmpty && kept == Set(kept).sorted() && kept.allSatisfy { $0 >= 0 && $0 < featureCount }
    try ModelChecks.fits(isSound, file, .kept, "places of \(featureCount) features in order")
  }
}

/// Drops features that hardly vary. (scikit-learn: `VarianceThreshold`)
public struct VarianceThreshold: UnsupervisedEstimator {
  public typealias Model = FeatureSelection
  /// Features with a variance up to this are dropped, in squared units of the feature; at least 0.
  public var threshold: Double
  /// - Parameter threshold: 0 drops what never varies.
  public init(_ threshold: Double = 0) { self.threshold = threshold }

  /// - Parameter x: shape `[n, d]`, every value finite.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `notFinite`, or `parameter` when nothing is left.
  public func fit(_ x: Matrix) throws(FitError) -> FeatureSelection {
    try SampleChecks.parameter(threshold >= 0, "threshold", "of at least 0", threshold)
    try SampleChecks.features(x, atLeast: 2)
    // The range tells a constant feature from rounding in its variance.
    let spreads = x.variance(axis: 0).scalars.enumerated().map { feature, variance in
      threshold == 0 ? min(variance, x.column(feature).max() - x.column(feature).min()) : variance
    }
    return try FeatureSelection(
      featureCount: x.shape[1], kept: spreads.indices.filter { spreads[$0] > threshold }, scores: spreads)
  }
}

/// Keeps the features that say most about the answers, each taken alone. (scikit-learn: `SelectKBest`)
///
///     let method = SelectKBest<String>(k: 2).then(LogisticRegression<String>())
public struct SelectKBest<Answer: Hashable & Sendable>: SupervisedPreprocessor {
  public typealias Model = FeatureSelection
  /// What says how much a feature tells.
  public enum Score: Sendable, Equatable {
    /// For labels the analysis of variance, for numbers the straight line; see ``FeatureScores``.
    case fTest
    /// χ² of counts and labels.
    case chiSquare
    /// Mutual information.
    case mutualInformation(neighbors: Int, seed: UInt64?)
  }

  /// How many features to keep; at least 1.
  public var k: Int
  /// What says how much a feature tells. (scikit-learn: `score_func`)
  public var score: Score

  /// - Parameters:
  ///   - k: at most the number of features.
  ///   - score: what says how much a feature tells.
  public init(k: Int = 10, score: Score = .fTest) {
    self.k = k
    self.score = score
  }

  /// - Parameters:
  ///   - x: shape `[n, d]`, every value finite.
  ///   - y: an answer for each row: labels, or numbers of type `Double`.
  /// - Throws: ``FitError`` of kind `shape`, `tooFewSamples`, `tooFewClasses`, `notFinite` or `parameter`.
  public func fit(_ x: Matrix, _ y: [Answer]) throws(FitError) -> FeatureSelection {
    try SampleChecks.features(x)
    try SampleChecks.parameter(
      k > 0 && k <= x.shape[1], "k", "from 1 to the number of features, \(x.shape[1])", k)
    let scores = try scores(x, y).scores
    let order = scores.indices.sorted { (rank(scores[$0]), -$0) < (rank(scores[$1]), -$1) }
    return try FeatureSelection(featureCount: x.shape[1], kept: Array(order.suffix(k)), scores: scores)
  }

  /// A feature without a score comes last.
  private func rank(_ score: Double) -> Double { score.isNaN ? -.infinity : score }

  private func scores(_ x: Matrix, _ y: [Answer]) throws(FitError) -> FeatureScores {
    switch (score, y as? [Double]) {
    case (.fTest, let numbers?): return try FeatureScores.line(x, numbers)
    case (.fTest, nil): return try FeatureScores.variance(x, y)
    case (.chiSquare, _): return try FeatureScores.chiSquare(x, y)
    case (.mutualInformation(let neighbors, let seed), let numbers?):
      return try FeatureScores.mutualInformation(x, numbers, neighbors: neighbors, seed: seed)
    case (.mutualInformation(let neighbors, let seed), nil):
      return try FeatureScores.mutualInformation(x, y, neighbors: neighbors, seed: seed)
    }
  }
}

/// Keeps the features that matter to a model. (scikit-learn: `SelectFromModel`)
public struct SelectFromModel<Estimator: SupervisedEstimator>: SupervisedPreprocessor
where Estimator.Features == Matrix, Estimator.Model: FeatureImportances {
  public typealias Model = FeatureSelection
  public typealias Target = Estimator.Target
  /// From which importance on a feature is kept.
  public enum Threshold: Sendable, Equatable {
    /// A multiple of the mean importance.
    case mean(times: Double)
    /// A multiple of the median importance.
    case median(times: Double)
    /// An importance itself.
    case value(Double)
  }

  /// The model that is asked.
  public var estimator: Estimator
  /// From which importance on a feature is kept.
  public var threshold: Threshold

  /// - Parameters:
  ///   - estimator: the model that is asked.
  ///   - threshold: from which importance on a feature is kept.
  public init(_ estimator: Estimator, threshold: Threshold = .mean(times: 1)) {
    self.estimator = estimator
    self.threshold = threshold
  }

  /// - Throws: ``FitError`` when the model cannot learn, of kind `parameter` when nothing is left.
  public func fit(_ x: Matrix, _ y: Estimator.Target) throws(FitError) -> FeatureSelection {
    let importances = try estimator.fit(x, y).featureImportances
    let least =
      switch threshold {
      case .mean(let times): times * mean(importances)
      case .median(let times): times * median(importances)
      case .value(let value): value
      }
    return try FeatureSelection(
      featureCount: x.shape[1], kept: importances.indices.filter { importances[$0] >= least }, scores: importances)
  }
}

/// Drops the feature that matters least, fits again, and so on. (scikit-learn: `RFE`)
///
/// Reference: Guyon, Weston, Barnhill and Vapnik (2002), Gene selection for cancer classification using support vector
/// machines.
public struct RecursiveElimination<Estimator: SupervisedEstimator>: SupervisedPreprocessor
where Estimator.Features == Matrix, Estimator.Model: FeatureImportances {
  public typealias Model = FeatureSelection
  public typealias Target = Estimator.Target
  /// The model that is asked.
  public var estimator: Estimator
  /// How many features to keep; at least 1. (scikit-learn: `n_features_to_select`)
  public var keeping: Int
  /// How many are dropped at a time; at least 1.
  public var step: Int

  /// - Parameters:
  ///   - estimator: the model that is asked.
  ///   - keeping: at least 1.
  ///   - step: at least 1.
  public init(_ estimator: Estimator, keeping: Int, step: Int = 1) {
    self.estimator = estimator
    self.keeping = keeping
    self.step = step
  }

  /// - Throws: ``FitError`` when the model cannot learn, or of kind `parameter`.
  /// - Complexity: d / step fits.
  public func fit(_ x: Matrix, _ y: Estimator.Target) throws(FitError) -> FeatureSelection {
    try SampleChecks.features(x)
    try SampleChecks.parameter(
      keeping > 0 && keeping <= x.shape[1], "keeping", "from 1 to the number of features, \(x.shape[1])", keeping)
    try SampleChecks.parameter(step > 0, "step", "above 0", step)
    var left = Array(0..<x.shape[1])
    var ranking = [Int](repeating: 1, count: x.shape[1])
    while left.count > keeping {
      let part = try FeatureSelection(featureCount: x.shape[1], kept: left).transform(x)
      let importances = try estimator.fit(part, y).featureImportances
      let order = importances.indices.sorted { (importances[$0], $0) < (importances[$1], $1) }
      let dropped = Set(order.prefix(min(step, left.count - keeping)).map { left[$0] })
      left.removeAll(where: dropped.contains)
      for feature in ranking.indices where !left.contains(feature) { ranking[feature] += 1 }
    }
    return try FeatureSelection(featureCount: x.shape[1], kept: left, ranking: ranking)
  }
}

/// Adds the feature with which the model validates best, and so on; or drops the one it misses least. (scikit-learn:
/// `SequentialFeatureSelector`)
public struct SequentialSelection<Estimator: SupervisedEstimator>: SupervisedPreprocessor
where Estimator.Features == Matrix, Estimator.Target: SampleCollection & Sendable {
  public typealias Model = FeatureSelection
  public typealias Target = Estimator.Target
  /// The model that is validated.
  public var estimator: Estimator
  /// How many features to keep; at least 1 and fewer than there are.
  public var keeping: Int
  /// Whether features are dropped from all, not added to none. (scikit-learn: `direction="backward"`)
  public var isBackward: Bool
  /// How validation cuts the samples. (scikit-learn: `cv`)
  public var folds: any Splitter
  /// What is measured.
  public var scoring: Scorer<Estimator.Model, Estimator.Target>

  /// - Parameters:
  ///   - estimator: the model that is validated.
  ///   - keeping: at least 1.
  ///   - isBackward: drops from all.
  ///   - folds: how validation cuts the samples.
  ///   - scoring: what is measured.
  public init(
    _ estimator: Estimator, keeping: Int, isBackward: Bool = false, folds: any Splitter,
    scoring: Scorer<Estimator.Model, Estimator.Target>
  ) {
    self.estimator = estimator
    self.keeping = keeping
    self.isBackward = isBackward
    self.folds = folds
    self.scoring = scoring
  }

  /// - Throws: ``FitError`` when the model cannot learn, or of kind `parameter`.
  /// - Complexity: O(d²) cross-validations.
  public func fit(_ x: Matrix, _ y: Estimator.Target) throws(FitError) -> FeatureSelection {
    try SampleChecks.features(x)
    let all = Array(0..<x.shape[1])
    try SampleChecks.parameter(
      keeping > 0 && keeping < all.count, "keeping", "from 1 to one fewer than the features, \(all.count)", keeping)
    var chosen: [Int] = []
    while chosen.count < (isBackward ? all.count - keeping : keeping) {
      var (best, merit): (Int?, Double) = (nil, -.infinity)
      for feature in all where !chosen.contains(feature) {
        let trial = isBackward ? all.filter { !(chosen + [feature]).contains($0) } : (chosen + [feature]).sorted()
        let part = try FeatureSelection(featureCount: all.count, kept: trial).transform(x)
        let result = try crossValidate(estimator, part, y, folds: folds, scoring: [scoring])
        let own = scoring.merit(result.scores.mean())
        if best == nil || own > merit { (best, merit) = (feature, own) }
      }
      if let best { chosen.append(best) }
    }
    return try FeatureSelection(
      featureCount: all.count, kept: isBackward ? all.filter { !chosen.contains($0) } : chosen)
  }
}
