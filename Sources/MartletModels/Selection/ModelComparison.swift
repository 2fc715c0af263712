import MartletDisplay
import MartletFrames
import MartletNumerics

/// Cross-validates several estimators on the same folds and says which differences are more than chance.
///
///     let comparison = try compare(
///       ["logistic": AnyClassifier(LogisticRegression<Int>()), "baseline": AnyClassifier(DummyClassifier<Int>())],
///       x, y, folds: StratifiedKFold(10, seed: 0), scoring: .accuracy)
///     comparison.frame      // best first: mean, standard error, difference from the best, its p-value
///
/// - Throws: ``FitError`` when an estimator cannot learn.
public func compare<Estimator: SupervisedEstimator>(
  _ estimators: KeyValuePairs<String, Estimator>, _ x: Estimator.Features, _ y: Estimator.Target,
  folds: any Splitter, scoring: Scorer<Estimator.Model, Estimator.Target>
) throws(FitError) -> ModelComparison
where Estimator.Features: SampleCollection & Sendable, Estimator.Target: SampleCollection & Sendable {
  try SampleChecks.parameter(!estimators.isEmpty, "estimators", "with at least one", "none")
  let cut = try folds.folds(of: SplitSamples(count: x.sampleCount, answers: y))
  var results: [[Double]] = []
  let progress = FitProgress.begin("estimators", of: estimators.count)
  for (_, estimator) in estimators {
    defer { progress?.advance() }
    results.append(
      try crossValidate(estimator, x, y, folds: GivenFolds(cut), scoring: [scoring]).scores.column(0).scalars)
  }
  return ModelComparison(
    names: estimators.map(\.key), metric: scoring.name, greaterIsBetter: scoring.greaterIsBetter, scores: results,
    testShare: mean(cut.map { Double($0.test.count) / Double($0.train.count) }))
}

/// How several estimators do on the same folds.
public struct ModelComparison: Sendable {
  /// The estimators' names, best first.
  public let names: [String]
  /// What was measured.
  public let metric: String
  /// The measure: shape `[estimators, folds]`, best first.
  public let scores: Matrix
  /// The size of a fold's test over that of its training.
  private let testShare: Double

  init(names: [String], metric: String, greaterIsBetter: Bool, scores: [[Double]], testShare: Double) {
    let merits = scores.map { greaterIsBetter ? mean($0) : -mean($0) }
    let order = merits.indices.sorted { (-merits[$0], $0) < (-merits[$1], $1) }
    self.names = order.map { names[$0] }
    self.metric = metric
    self.scores = Matrix(order.map { scores[$0] })
    self.testShare = testShare
  }

  /// Whether two of the estimators differ by more than chance; see ``ComparisonTest/correctedPairedT(_:_:testShare:)``.
  public func test(_ first: String, _ second: String) -> ComparisonTest {
    ComparisonTest.correctedPairedT(row(first), row(second), testShare: testShare)
  }

  private func row(_ name: String) -> [Double] {
    guard let place = names.firstIndex(of: name) else { fatalError("'\(name)' was not compared; there are \(names).") }
    return scores.row(place).scalars
  }

  /// A row for each estimator, best first: `model`, the mean of the measure, `standardError`, `difference` from the best
  /// and `pValue` of that difference, 1 for the best itself.
  public var frame: DataFrame {
    let best = scores.row(0).scalars
    let rows = names.indices.map { scores.row($0).scalars }
    let errors = rows.map { standardDeviation($0, degreesOfFreedom: 1) / Double($0.count).squareRoot() }
    let values = rows.map { $0 == best ? 1 : ComparisonTest.correctedPairedT(best, $0, testShare: testShare).pValue }
    let measure = ["model", "standardError", "difference", "pValue"].contains(metric) ? metric + "'" : metric
    return TableNames.frame([
      AnyColumn(Column("model", names)), AnyColumn(Column(measure, rows.map { mean($0) })),
      AnyColumn(Column("standardError", errors)), AnyColumn(Column("difference", rows.map { mean($0) - mean(best) })),
      AnyColumn(Column("pValue", values)),
    ])
  }
}

extension ModelComparison: CustomStringConvertible, RichDisplayable {
  /// The table of estimators.
  public var description: String { frame.description }
  /// The table of estimators.
  public func displayBundle() -> DisplayBundle { frame.displayBundle() }
}
