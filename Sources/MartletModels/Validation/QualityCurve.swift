import MartletFrames
import MartletNumerics

/// How a measure changes along something, on the samples that were learned from and on those that were not.
public struct QualityCurve<Value: ColumnElement>: Sendable {
  /// What changes: `samples`, or a parameter's name.
  public let parameter: String
  /// What was measured.
  public let metric: String
  /// The values along the curve.
  public let values: [Value]
  /// The measure on the training samples: shape `[values, folds]`.
  public let trainScores: Matrix
  /// The measure on the test samples: shape `[values, folds]`.
  public let testScores: Matrix

  /// A row for each value: the value, `train` and `test` (means over folds), `trainSpread` and `testSpread` (standard
  /// deviations over folds).
  public var frame: DataFrame {
    TableNames.frame([
      AnyColumn(Column(parameter, values)), AnyColumn(Column("train", trainScores.mean(axis: 1).scalars)),
      AnyColumn(Column("test", testScores.mean(axis: 1).scalars)),
      AnyColumn(Column("trainSpread", trainScores.standardDeviation(axis: 1).scalars)),
      AnyColumn(Column("testSpread", testScores.standardDeviation(axis: 1).scalars)),
    ])
  }
}

/// How much more samples would help: the measure for growing parts of the training samples. (scikit-learn:
/// `learning_curve`)
///
/// Where both curves have met, more samples do not help; where training is far better than the test, they do.
/// - Parameters:
///   - fractions: parts of the training samples, above 0 and up to 1, rounded down to samples.
///   - folds: how the samples are cut; each fold's first training samples are taken, so shuffle sorted data.
///   - scoring: what is measured.
/// - Throws: ``FitError``.
public func learningCurve<Estimator: SupervisedEstimator>(
  _ estimator: Estimator, _ x: Estimator.Features, _ y: Estimator.Target,
  fractions: [Double] = [0.1, 0.325, 0.55, 0.775, 1], folds: any Splitter,
  scoring: Scorer<Estimator.Model, Estimator.Target>
) throws(FitError) -> QualityCurve<Int>
where Estimator.Features: SampleCollection & Sendable, Estimator.Target: SampleCollection & Sendable {
  let trial = try FoldTrial(estimator, x, y, nil)
  let folds = try folds.folds(of: trial.samples)
  try SampleChecks.parameter(
    !fractions.isEmpty && fractions.allSatisfy { $0 > 0 && $0 <= 1 }, "fractions", "above 0 and up to 1", fractions)
  let most = folds.map(\.train.count).min() ?? 0
  let sizes = Set(fractions.map { max(1, Int($0 * Double(most))) }).sorted()
  let scores = try ConcurrentTasks.map(sizes.count * folds.count, showing: "fits") {
    (task) throws(FitError) -> [Double] in
    let (size, fold) = (sizes[task / folds.count], folds[task % folds.count])
    let part = Fold(train: Array(fold.train.prefix(size)), test: fold.test)
    let model = try trial.fit(part)
    return [try trial.score(model, [scoring], on: part.train)[0], try trial.score(model, [scoring], on: part.test)[0]]
  }
  return QualityCurve("samples", scoring.name, sizes, scores, folds.count)
}

/// Where a model is too simple and where too bold: the measure for values of one parameter. (scikit-learn:
/// `validation_curve`)
///
///     let curve = try validationCurve(
///       method, x, y, varying: \.estimator.inverseRegularization, over: [0.01, 1, 100], folds: StratifiedKFold(5),
///       scoring: .accuracy)
/// - Parameters:
///   - varying: the parameter.
///   - over: its values.
///   - folds: how the samples are cut.
///   - scoring: what is measured.
/// - Throws: ``FitError``.
public func validationCurve<Estimator: SupervisedEstimator, Value: ColumnElement>(
  _ estimator: Estimator, _ x: Estimator.Features, _ y: Estimator.Target,
  varying parameter: WritableKeyPath<Estimator, Value>, over values: [Value], folds: any Splitter,
  scoring: Scorer<Estimator.Model, Estimator.Target>
) throws(FitError) -> QualityCurve<Value>
where Estimator.Features: SampleCollection & Sendable, Estimator.Target: SampleCollection & Sendable {
  try SampleChecks.parameter(!values.isEmpty, "over", "with at least one value", "none")
  var trials: [FoldTrial<Estimator>] = []
  for value in values {
    var changed = estimator
    changed[keyPath: parameter] = value
    trials.append(try FoldTrial(changed, x, y, nil))
  }
  let cut = try folds.folds(of: trials[0].samples)
  let scores = try ConcurrentTasks.map(trials.count * cut.count, showing: "fits") {
    [trials] (task) throws(FitError) -> [Double] in
    let (trial, fold) = (trials[task / cut.count], cut[task % cut.count])
    let model = try trial.fit(fold)
    return [try trial.score(model, [scoring], on: fold.train)[0], try trial.score(model, [scoring], on: fold.test)[0]]
  }
  return QualityCurve(ParameterName.of(parameter), scoring.name, values, scores, cut.count)
}

extension QualityCurve {
  fileprivate init(_ parameter: String, _ metric: String, _ values: [Value], _ scores: [[Double]], _ folds: Int) {
    let shape = [values.count, folds]
    self.init(
      parameter: parameter, metric: metric, values: values, trainScores: Matrix(scores.map { $0[0] }, shape: shape),
      testScores: Matrix(scores.map { $0[1] }, shape: shape))
  }
}

/// What tables call a parameter.
enum ParameterName {
  /// The last part of a key path that has a name, as it is written: `\.estimator.maximumIterations` is `maximumIterations`; of
  /// a computed property such as the kernel's in `\.kernel.gamma`, the stored one that it is of.
  static func of(_ path: AnyKeyPath) -> String {
    // The first part is the type, and what is computed is described as `<computed 0x… (Type)>`.
    let written = "\(path)".split(separator: "<computed").first ?? ""
    let parts = written.split(separator: ".").dropFirst()
    return parts.last { $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } }.map(String.init) ?? "value"
  }
}
