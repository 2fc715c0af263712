import MartletFrames
import MartletModels
import MartletNumerics

/// How much worse an estimator gets when it has to learn without a feature.
///
///     try dropColumnImportance(RandomForestClassifier<Int>(seed: 0), x, y, folds: KFold(5), scoring: .accuracy)
///
/// Unlike shuffling, which asks what a fitted model relies on, this asks what can be replaced: a feature that others
/// stand in for costs nothing. One fit for each feature and fold.
///
/// - Parameters:
///   - estimator: fitted anew without each feature.
///   - x: a row for each sample.
///   - y: their answers.
///   - folds: how the samples are cut; each fold is a repeat.
///   - scoring: what is measured.
/// - Throws: ``FitError``, of kind `shape` where there is only one feature.
/// - Complexity: (1 + features) · folds fits.
///
/// Reference: Lei and others (2018), Distribution-free predictive inference for regression (leaving covariates out).
public func dropColumnImportance<Estimator: SupervisedEstimator>(
  _ estimator: Estimator, _ x: Estimator.Features, _ y: Estimator.Target, folds: any Splitter,
  scoring: Scorer<Estimator.Model, Estimator.Target>
) throws(FitError) -> DropColumnImportance
where Estimator.Features: ChangeableFeatures, Estimator.Target: SampleCollection & Sendable {
  let names = x.columnNames
  guard names.count > 1 else {
    throw FitError(
      .shape, expected: "at least two features", found: "\(names.count)",
      advice: "Without its only feature there is nothing to learn from.")
  }
  func scores(_ x: Estimator.Features) throws(FitError) -> [Double] {
    try crossValidate(estimator, x, y, folds: folds, scoring: [scoring])[scoring.name]
  }
  let whole = try scores(x)
  var drops: [[Double]] = []
  let progress = FitProgress.begin("features", of: names.count)
  for feature in names.indices {
    defer { progress?.advance() }
    let without = try scores(x.dropping(feature: feature))
    drops.append(zip(whole, without).map { scoring.greaterIsBetter ? $0 - $1 : $1 - $0 })
  }
  return DropColumnImportance(
    featureNames: names, importances: Matrix(drops), baseline: mean(whole), metric: scoring.name)
}
