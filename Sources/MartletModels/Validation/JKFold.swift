import MartletNumerics

/// J independent K-fold cross-validations, each with a shuffle of its own: few folds and many repetitions estimate a
/// model's quality with less variance than one run with many folds, for the same number of fits.
///
///     try crossValidate(method, x, y, folds: JKFold(j: 20, k: 2, seed: 0), scoring: [.accuracy])
///
/// The folds are those of ``RepeatedKFold``. To stop as soon as the mean is certain enough, see
/// ``crossValidate(_:_:_:repeating:scoring:untilStandardError:)``.
///
/// Reference: Moss, Leslie and Rayson (2018), Using J-K-fold cross validation to reduce variance when tuning NLP models.
public struct JKFold: Splitter, Hashable {
  /// How many independent cross-validations; at least 1.
  public var j: Int
  /// How many parts each has; at least 2.
  public var k: Int
  /// Whether each part has each class in the same proportion.
  public var isStratified: Bool
  /// Where the random numbers begin; up to 2³² − 1.
  public var seed: UInt64?

  /// - Parameters:
  ///   - j: at least 1.
  ///   - k: from 2 to the number of samples.
  ///   - isStratified: keeps classes in proportion.
  ///   - seed: up to 2³² − 1; `nil` for other folds every time.
  public init(j: Int, k: Int, isStratified: Bool = false, seed: UInt64? = nil) {
    self.j = j
    self.k = k
    self.isStratified = isStratified
    self.seed = seed
  }

  public func folds(of samples: SplitSamples) throws(FitError) -> [Fold] {
    try RepeatedKFold(k, repetitions: j, isStratified: isStratified, seed: seed).folds(of: samples)
  }
}

/// Repeats K-fold cross-validation until the mean is certain enough, or J times.
///
/// A repetition's mean is one observation; their standard error is that of independent observations. At least three
/// repetitions are made.
/// - Parameters:
///   - repeating: the folds; `j` is the most repetitions.
///   - untilStandardError: stops when the first measure's standard error over repetitions is not above this.
/// - Returns: the result of all folds that were run.
/// - Throws: ``FitError``.
public func crossValidate<Estimator: SupervisedEstimator>(
  _ estimator: Estimator, _ x: Estimator.Features, _ y: Estimator.Target, repeating: JKFold,
  scoring: [Scorer<Estimator.Model, Estimator.Target>], untilStandardError: Double
) throws(FitError) -> CrossValidation<Estimator.Model>
where Estimator.Features: SampleCollection & Sendable, Estimator.Target: SampleCollection & Sendable {
  try SampleChecks.parameter(untilStandardError >= 0, "untilStandardError", "of at least 0", untilStandardError)
  try SampleChecks.parameter(!scoring.isEmpty, "scoring", "with at least one measure", "none")
  let trial = try FoldTrial(estimator, x, y, nil)
  let folds = try repeating.folds(of: trial.samples)
  var outcomes: [FoldTrial<Estimator>.Outcome] = []
  var means: [Double] = []
  for start in stride(from: 0, to: folds.count, by: repeating.k) {
    let run = try ConcurrentTasks.map(repeating.k, showing: "folds") { (place) throws(FitError) in
      try trial.run(folds[start + place], scoring, keepsModel: false)
    }
    outcomes += run
    means.append(mean(run.map { $0.scores[0] }))
    let error = standardDeviation(means, degreesOfFreedom: 1) / Double(means.count).squareRoot()
    if means.count >= 3, error <= untilStandardError { break }
  }
  return CrossValidation(
    metrics: scoring.map(\.name), scores: outcomes.map(\.scores), fitSeconds: outcomes.map(\.fitSeconds),
    scoreSeconds: outcomes.map(\.scoreSeconds), testCounts: folds.prefix(outcomes.count).map(\.test.count), models: [])
}

extension CrossValidation {
  /// The means of a metric over each `k` folds: the observations of a J-K-fold cross-validation.
  public func repetitionMeans(_ metric: String, k: Int) -> [Double] {
    let values = self[metric]
    guard k > 0, values.count % k == 0 else { fatalError("\(values.count) folds are not repetitions of \(k).") }
    return stride(from: 0, to: values.count, by: k).map { MartletNumerics.mean(values[$0..<$0 + k]) }
  }
}
