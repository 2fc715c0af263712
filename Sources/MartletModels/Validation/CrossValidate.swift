import Foundation
import MartletNumerics

/// Fits an estimator to each fold's training samples and measures it on the samples that it has not seen.
///
///     let method = StandardScaler().then(LogisticRegression<String>())
///     try crossValidate(method, x, y, folds: StratifiedKFold(5), scoring: [.accuracy, .logLoss])
///
/// Folds are worked on at the same time; the result does not depend on how many at once.
/// - Parameters:
///   - x: a row for each sample.
///   - y: an answer for each sample.
///   - folds: how the samples are cut.
///   - scoring: what is measured.
///   - weights: how much each sample counts, in learning and in measuring; the estimator has to take weights.
///   - keepsModels: whether the result has the fitted models.
/// - Throws: ``FitError``, the first fold's that cannot be learned from.
/// - Complexity: one fit for each fold.
public func crossValidate<Estimator: SupervisedEstimator>(
  _ estimator: Estimator, _ x: Estimator.Features, _ y: Estimator.Target, folds: any Splitter,
  scoring: [Scorer<Estimator.Model, Estimator.Target>], weights: [Double]? = nil, keepsModels: Bool = false
) throws(FitError) -> CrossValidation<Estimator.Model>
where Estimator.Features: SampleCollection & Sendable, Estimator.Target: SampleCollection & Sendable {
  let trial = try FoldTrial(estimator, x, y, weights)
  let folds = try folds.folds(of: trial.samples)
  try SampleChecks.parameter(!scoring.isEmpty, "scoring", "with at least one measure", "none")
  let outcomes = try ConcurrentTasks.map(folds.count, showing: "folds") { (place) throws(FitError) in
    try trial.run(folds[place], scoring, keepsModel: keepsModels)
  }
  return CrossValidation(
    metrics: scoring.map(\.name), scores: outcomes.map(\.scores), fitSeconds: outcomes.map(\.fitSeconds),
    scoreSeconds: outcomes.map(\.scoreSeconds), testCounts: folds.map(\.test.count),
    models: outcomes.compactMap(\.model))
}

/// Cross-validates a classifier by its accuracy, on five stratified folds.
/// - Throws: ``FitError``.
public func crossValidate<Estimator: SupervisedEstimator>(
  _ estimator: Estimator, _ x: Estimator.Features, _ y: Estimator.Target, folds: any Splitter = StratifiedKFold(5),
  weights: [Double]? = nil
) throws(FitError) -> CrossValidation<Estimator.Model>
where
  Estimator.Features: SampleCollection & Sendable, Estimator.Target: SampleCollection & Sendable,
  Estimator.Model: Classifier,
  Estimator.Target == [Estimator.Model.Label]
{
  try crossValidate(estimator, x, y, folds: folds, scoring: [.accuracy], weights: weights)
}

/// Cross-validates a predictor of numbers by R², on five folds.
/// - Throws: ``FitError``.
public func crossValidate<Estimator: SupervisedEstimator>(
  _ estimator: Estimator, _ x: Estimator.Features, _ y: [Double], folds: any Splitter = KFold(5),
  weights: [Double]? = nil
) throws(FitError) -> CrossValidation<Estimator.Model>
where Estimator.Features: SampleCollection & Sendable, Estimator.Model: Regressor, Estimator.Target == [Double] {
  try crossValidate(estimator, x, y, folds: folds, scoring: [.r2], weights: weights)
}

/// What was predicted for each sample by a model that has not learned from it. (scikit-learn: `cross_val_predict`)
///
/// - Parameter folds: each sample is tested on exactly once.
/// - Throws: ``FitError``, of kind `parameter` when the folds are not a partition.
public func crossValidatedPredictions<Estimator: SupervisedEstimator, Element: Sendable>(
  _ estimator: Estimator, _ x: Estimator.Features, _ y: Estimator.Target, folds: any Splitter,
  weights: [Double]? = nil
) throws(FitError) -> [Element]
where
  Estimator.Features: SampleCollection & Sendable, Estimator.Target: SampleCollection & Sendable,
  Estimator.Model.Prediction == [Element]
{
  let trial = try FoldTrial(estimator, x, y, weights)
  let folds = try trial.partition(folds)
  let parts = try ConcurrentTasks.map(folds.count, showing: "folds") { (place) throws(FitError) in
    try trial.fit(folds[place]).predict(x.samples(at: folds[place].test))
  }
  var predictions = [Element?](repeating: nil, count: trial.samples.count)
  for (fold, part) in zip(folds, parts) {
    guard part.count == fold.test.count else { throw .unpaired(part.count, fold.test.count) }
    for (sample, prediction) in zip(fold.test, part) { predictions[sample] = prediction }
  }
  return predictions.compactMap { $0 }  // the folds are a partition: there is one for each sample
}

/// The probabilities for each sample by a model that has not learned from it: shape `[samples, classes]`.
///
/// - Parameter folds: each sample is tested on exactly once.
/// - Returns: the probabilities, and the classes of their columns.
/// - Throws: ``FitError``, of kind `tooFewClasses` when a fold lacks a class that others have.
public func crossValidatedProbabilities<Estimator: SupervisedEstimator>(
  _ estimator: Estimator, _ x: Estimator.Features, _ y: Estimator.Target, folds: any Splitter,
  weights: [Double]? = nil
) throws(FitError) -> (probabilities: Matrix, classes: [Estimator.Model.Label])
where
  Estimator.Features: SampleCollection & Sendable, Estimator.Target: SampleCollection & Sendable,
  Estimator.Model: Classifier
{
  let trial = try FoldTrial(estimator, x, y, weights)
  let folds = try trial.partition(folds)
  typealias Part = (Matrix, [Estimator.Model.Label])
  let parts = try ConcurrentTasks.map(folds.count, showing: "folds") { (place) throws(FitError) -> Part in
    let model = try trial.fit(folds[place])
    return (try model.predictProbabilities(x.samples(at: folds[place].test)), model.classes)
  }
  let classes = parts[0].1
  guard parts.allSatisfy({ $0.1 == classes }) else {
    throw FitError(
      .tooFewClasses, expected: "every class in every fold", found: "folds without some of them",
      advice: "Stratify the folds.")
  }
  var scalars = [Double](repeating: 0, count: trial.samples.count * classes.count)
  for (fold, part) in zip(folds, parts) {
    for (row, sample) in fold.test.enumerated() {
      for column in classes.indices { scalars[sample * classes.count + column] = part.0[row, column] }
    }
  }
  return (Matrix(scalars, shape: [trial.samples.count, classes.count]), classes)
}

/// An estimator and samples: what every fold is a part of.
struct FoldTrial<Estimator: SupervisedEstimator>: Sendable
where Estimator.Features: SampleCollection & Sendable, Estimator.Target: SampleCollection & Sendable {
  typealias Weighted = WeightedEstimator<Estimator.Features, Estimator.Target, Estimator.Model>
  private let estimator: Estimator
  private let x: Estimator.Features
  private let y: Estimator.Target
  private let weights: [Double]?

  init(
    _ estimator: Estimator, _ x: Estimator.Features, _ y: Estimator.Target, _ weights: [Double]?
  ) throws(FitError) {
    guard x.sampleCount == y.sampleCount else {
      throw FitError(
        .shape, expected: "one target for each of the \(x.sampleCount) rows", found: "\(y.sampleCount) targets",
        advice: "Cut features and targets from the same rows.")
    }
    // What no fold could be cut from is refused before it is cut.
    if let matrix = x as? Matrix { try SampleChecks.features(matrix, allowingMissing: true) }
    try SampleChecks.weights(weights, count: y.sampleCount)
    if weights != nil, !(estimator is any Weighted) {
      throw .takesNoWeights(Estimator.self)
    }
    self.estimator = estimator
    self.x = x
    self.y = y
    self.weights = weights
  }

  var samples: SplitSamples { SplitSamples(count: x.sampleCount, answers: y) }

  struct Outcome: Sendable {
    let scores: [Double]
    let fitSeconds: Double
    let scoreSeconds: Double
    let model: Estimator.Model?
  }

  func fit(_ fold: Fold) throws(FitError) -> Estimator.Model {
    let (features, answers) = (x.samples(at: fold.train), y.samples(at: fold.train))
    return try estimator.fit(features, answers, countingBy: weights?.samples(at: fold.train))
  }

  func score(
    _ model: Estimator.Model, _ scoring: [Scorer<Estimator.Model, Estimator.Target>], on samples: [Int]
  ) throws(FitError) -> [Double] {
    try Scorer.scores(
      scoring, model, x.samples(at: samples), y.samples(at: samples), weights: weights?.samples(at: samples))
  }

  func run(
    _ fold: Fold, _ scoring: [Scorer<Estimator.Model, Estimator.Target>], keepsModel: Bool
  ) throws(FitError) -> Outcome {
    let start = ContinuousClock.now
    let model = try fit(fold)
    let fitted = ContinuousClock.now
    let scores = try score(model, scoring, on: fold.test)
    return Outcome(
      scores: scores, fitSeconds: (fitted - start).seconds, scoreSeconds: (ContinuousClock.now - fitted).seconds,
      model: keepsModel ? model : nil)
  }

  /// Folds that test on every sample exactly once.
  func partition(_ splitter: any Splitter) throws(FitError) -> [Fold] {
    let folds = try splitter.folds(of: samples)
    guard folds.flatMap(\.test).sorted() == Array(0..<x.sampleCount) else {
      throw FitError(
        .parameter, expected: "folds that test on every sample once", found: "\(type(of: splitter))",
        advice: "Take KFold, StratifiedKFold, GroupKFold or LeaveOneOut.")
    }
    return folds
  }
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
