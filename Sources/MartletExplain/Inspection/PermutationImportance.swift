import CMartletRuntime
import MartletFrames
import MartletModels
import MartletNumerics

/// How much worse a model gets when the values of a feature are shuffled, so that they say nothing any more.
///
///     let importance = try permutationImportance(model, xTest, yTest, scoring: .accuracy, seed: 0)
///     importance.frame          // a row for each feature, the most important first
///     importance.chart()
///
/// Measure on samples that the model has not learned from. Where two features say the same, shuffling one of them costs
/// little, and both seem to matter less than they do together.
///
/// Works for every model and every scorer. Features are shuffled as scikit-learn's `permutation_importance` does for the
/// same seed.
///
/// - Parameters:
///   - model: any fitted model.
///   - x: samples to measure on.
///   - y: their answers.
///   - scoring: what is measured.
///   - repeats: how often each feature is shuffled; at least 1. (scikit-learn: `n_repeats`)
///   - seed: below 2³², for the same orders every time; `nil` for others each time.
///   - features: the columns to shuffle; by default all.
/// - Throws: ``FitError`` when the model cannot answer, or there is no such column.
/// - Complexity: 1 + features · repeats predictions of all samples.
///
/// Reference: Breiman (2001), Random forests; Fisher, Rudin and Dominici (2019), All models are wrong, but many are useful.
public func permutationImportance<Model: Predictor, Target: SampleCollection & Sendable>(
  _ model: Model, _ x: Model.Features, _ y: Target, scoring: Scorer<Model, Target>, repeats: Int = 5,
  seed: UInt64? = nil, features: [String]? = nil
) throws(FitError) -> PermutationImportance where Model.Features: ChangeableFeatures {
  try SampleChecks.parameter(repeats > 0, "repeats", "at least 1", repeats)
  try SampleChecks.parameter(seed ?? 0 <= UInt32.max, "seed", "below 4294967296", seed ?? 0)
  let baseline = try scoring.score(model, x, y)
  // Every feature is shuffled by the same numbers, so that features can be compared.
  var seeds = MT19937(seed: seed ?? Random.nextSeed() >> 32)
  let shared = UInt64(seeds.integer(below: 1 << 31))
  let names = features ?? x.columnNames
  var drops: [Double] = []
  let progress = FitProgress.begin("features", of: names.count)
  for name in names {
    defer { progress?.advance() }
    let place = try x.place(of: name)
    var random = MT19937(seed: shared)
    var order = Array(0..<x.sampleCount)
    var shuffled = x
    for _ in 0..<repeats {
      martlet_poll()
      random.shuffle(&order)
      shuffled = shuffled.reordering(feature: place, order)
      let score = try scoring.score(model, shuffled, y)
      drops.append(scoring.greaterIsBetter ? baseline - score : score - baseline)
    }
  }
  return PermutationImportance(
    featureNames: names, importances: Matrix(drops, shape: [names.count, repeats]), baseline: baseline,
    metric: scoring.name)
}

/// How much worse a classifier of a table's columns gets when one of them is shuffled.
///
///     try permutationImportance(model, testRows, seed: 0)
/// - Throws: ``FitError``, of kind `table` when the table lacks a column.
public func permutationImportance<Base: Classifier>(
  _ model: TabularModel<Base>, _ frame: DataFrame, scoring: Scorer<TabularModel<Base>, [Base.Label]> = .accuracy,
  repeats: Int = 5, seed: UInt64? = nil
) throws(FitError) -> PermutationImportance where Base.Label: ColumnElement {
  let y: [Base.Label] = try TableTarget.labels(frame, model.target)
  return try permutationImportance(
    model, frame, y, scoring: scoring, repeats: repeats, seed: seed, features: model.features)
}

/// How much worse a regressor of a table's columns gets when one of them is shuffled.
/// - Throws: ``FitError``, of kind `table` when the table lacks a column.
public func permutationImportance<Base: Regressor>(
  _ model: TabularModel<Base>, _ frame: DataFrame, scoring: Scorer<TabularModel<Base>, [Double]> = .r2,
  repeats: Int = 5, seed: UInt64? = nil
) throws(FitError) -> PermutationImportance {
  let y = try TableTarget.numbers(frame, model.target)
  return try permutationImportance(
    model, frame, y, scoring: scoring, repeats: repeats, seed: seed, features: model.features)
}
