import MartletNumerics

/// Drops the features that matter least as long as a validated score does not suffer. (scikit-learn: `RFECV`)
///
/// In each fold, ``RecursiveElimination`` drops features from the training samples, and every stage is measured on the
/// others. The number of features with the best mean score, of equal ones the smallest, is then kept of all samples.
///
///     let model = try RecursiveEliminationCV(LogisticRegression<Int>(), folds: StratifiedKFold(5), scoring: .accuracy)
///       .fit(x, y)
///     model.kept
public struct RecursiveEliminationCV<Estimator: SupervisedEstimator>: SupervisedPreprocessor
where
  Estimator.Features == Matrix, Estimator.Target: SampleCollection & Sendable, Estimator.Model: FeatureImportances
{
  public typealias Model = FeatureSelection
  public typealias Target = Estimator.Target
  /// The model that is asked.
  public var estimator: Estimator
  /// The fewest features that may be left; at least 1. (scikit-learn: `min_features_to_select`)
  public var minimum: Int
  /// How many are dropped at a time; at least 1.
  public var step: Int
  /// How validation cuts the samples.
  public var folds: any Splitter
  /// What is measured.
  public var scoring: Scorer<Estimator.Model, Estimator.Target>

  /// - Parameters:
  ///   - estimator: the model that is asked.
  ///   - minimum: at least 1.
  ///   - step: at least 1.
  ///   - folds: how validation cuts the samples.
  ///   - scoring: what is measured.
  public init(
    _ estimator: Estimator, minimum: Int = 1, step: Int = 1, folds: any Splitter,
    scoring: Scorer<Estimator.Model, Estimator.Target>
  ) {
    self.estimator = estimator
    self.minimum = minimum
    self.step = step
    self.folds = folds
    self.scoring = scoring
  }

  /// - Throws: ``FitError`` when the model cannot learn, or of kind `parameter`.
  /// - Complexity: `d / step` fits for each fold, and as many again.
  public func fit(_ x: Matrix, _ y: Estimator.Target) throws(FitError) -> FeatureSelection {
    let counts = try counts(x)
    let scores = try meanScores(x, y, counts)
    var best = counts.count - 1  // the fewest features
    for place in counts.indices.reversed() where scoring.merit(scores[place]) > scoring.merit(scores[best]) {
      best = place
    }
    return try RecursiveElimination(estimator, keeping: counts[best], step: step).fit(x, y)
  }

  /// The mean score for each number of features, from all to the fewest.
  /// - Throws: ``FitError`` when the model cannot learn, or of kind `parameter`.
  public func path(_ x: Matrix, _ y: Estimator.Target) throws(FitError) -> [(features: Int, score: Double)] {
    let counts = try counts(x)
    return Array(zip(counts, try meanScores(x, y, counts))).map { (features: $0, score: $1) }
  }

  private func counts(_ x: Matrix) throws(FitError) -> [Int] {
    try SampleChecks.features(x)
    try SampleChecks.parameter(
      minimum > 0 && minimum <= x.shape[1], "minimum", "from 1 to the number of features, \(x.shape[1])", minimum)
    try SampleChecks.parameter(step > 0, "step", "above 0", step)
    var counts = [x.shape[1]]
    while let last = counts.last, last > minimum { counts.append(max(last - step, minimum)) }
    return counts
  }

  private func meanScores(_ x: Matrix, _ y: Estimator.Target, _ counts: [Int]) throws(FitError) -> [Double] {
    let cut = try folds.folds(of: SplitSamples(count: x.shape[0], answers: y))
    let (method, scoring, step) = (estimator, scoring, step)
    let rows = try ConcurrentTasks.map(cut.count, showing: "folds") { (place) throws(FitError) -> [Double] in
      let (train, test) = (cut[place].train, cut[place].test)
      let (xTrain, yTrain) = (x[rows: train], y.samples(at: train))
      let (xTest, yTest) = (x[rows: test], y.samples(at: test))
      var left = Array(0..<x.shape[1])
      var scores: [Double] = []
      for count in counts {
        // Each stage drops from what the one before has left.
        if count < left.count {
          let part = try FeatureSelection(featureCount: x.shape[1], kept: left).transform(xTrain)
          let next = try RecursiveElimination(method, keeping: count, step: step).fit(part, yTrain)
          left = next.kept.map { left[$0] }
        }
        let selection = try FeatureSelection(featureCount: x.shape[1], kept: left)
        let model = try method.fit(try selection.transform(xTrain), yTrain)
        scores.append(try scoring.score(model, try selection.transform(xTest), yTest))
      }
      return scores
    }
    return counts.indices.map { stage in mean(rows.map { $0[stage] }) }
  }
}
