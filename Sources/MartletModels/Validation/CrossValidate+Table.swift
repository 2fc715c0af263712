import MartletFrames

/// Cross-validates a classifier of a table's columns.
///
///     try crossValidate(StandardScaler().then(LogisticRegression<String>()), iris, target: "species")
/// - Parameters:
///   - frame: a row for each sample.
///   - target: the column of labels.
///   - features: the columns to predict from; `nil` for those that `fit` takes by default.
///   - folds: how the rows are cut.
///   - scoring: what is measured.
/// - Throws: ``FitError``, of kind `table` when a column is absent, is of another type or lacks values.
public func crossValidate<Estimator: SupervisedEstimator, Label: ColumnElement>(
  _ estimator: Estimator, _ frame: DataFrame, target: String, features: [String]? = nil,
  folds: any Splitter = StratifiedKFold(5), scoring: [Scorer<Estimator.Model, [Label]>] = [.accuracy]
) throws(FitError) -> CrossValidation<Estimator.Model>
where
  Estimator.Features: TableFeatures & SampleCollection & Sendable, Estimator.Target == [Label],
  Estimator.Model: Classifier, Estimator.Model.Label == Label
{
  let y: [Label] = try TableTarget.labels(frame, target)
  let samples = try TableSamples(estimator, frame, target, features)
  let x = try samples.input()
  return try TableTarget.naming(frame, samples.features) { () throws(FitError) in
    try crossValidate(samples.estimator, x, y, folds: folds, scoring: scoring)
  }
}

/// Cross-validates a predictor of a table's column of numbers.
///
///     try crossValidate(Ridge(), patients, target: "progression", scoring: [.r2, .meanAbsoluteError])
/// - Throws: ``FitError``, of kind `table` when a column is absent, holds text or lacks values.
public func crossValidate<Estimator: SupervisedEstimator>(
  _ estimator: Estimator, _ frame: DataFrame, target: String, features: [String]? = nil,
  folds: any Splitter = KFold(5), scoring: [Scorer<Estimator.Model, [Double]>] = [.r2]
) throws(FitError) -> CrossValidation<Estimator.Model>
where
  Estimator.Features: TableFeatures & SampleCollection & Sendable, Estimator.Target == [Double],
  Estimator.Model: Regressor
{
  let y = try TableTarget.numbers(frame, target)
  let samples = try TableSamples(estimator, frame, target, features)
  let x = try samples.input()
  return try TableTarget.naming(frame, samples.features) { () throws(FitError) in
    try crossValidate(samples.estimator, x, y, folds: folds, scoring: scoring)
  }
}
