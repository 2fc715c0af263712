import Foundation
import MartletFrames
import MartletNumerics

/// Finds the smallest model that works: it climbs from a baseline over linear models and trees to boosting and, with
/// `adding: [.network()]`, to a network, and stays where climbing on is not worth it.
///
///     let advice = try ModelAdvisor().classifier(for: cancer, target: "diagnosis", labels: String.self)
///     advice                     // the ladder: score, times, size, and a reason for each rung
///     advice.chosen.name         // "logistic regression"
///     try advice.model.predict(patients)
///
/// All rungs are cross-validated on the same folds. With `dᵢ` the differences of a rung's scores from those of the model
/// chosen so far, the rung is worth it, and chosen in its place, when `mean(d)` is above ``minimumGain`` and above one
/// standard error of itself, `√(∑(dᵢ − mean(d))² / (k (k − 1)))`. After ``patience`` rungs in a row that were not, the rest
/// is not tried. More than one, because what a line cannot see a tree may.
///
/// For what to look at before there is a table, see ``suggest(_:for:rows:millisecondsPerAnswer:mustExplain:)``.
public struct ModelAdvisor: Sendable {
  /// How much better a more complex model has to be, in units of the score; at least 0.
  public var minimumGain: Double
  /// After how many rungs without worthwhile gain climbing ends; at least 1.
  public var patience: Int
  /// Whether only methods are chosen whose answers a person can follow.
  public var mustExplain: Bool
  /// The longest that an answer for one row may take, in milliseconds; `nil` for any time.
  public var millisecondsPerRow: Double?
  /// Where the random numbers of the methods begin; up to 2³² − 1.
  public var seed: UInt64

  /// - Parameters:
  ///   - minimumGain: at least 0.
  ///   - patience: at least 1.
  ///   - mustExplain: leaves forests, boosting and networks out.
  ///   - millisecondsPerRow: above 0, or `nil`.
  ///   - seed: where the random numbers of the methods begin.
  public init(
    minimumGain: Double = 0.005, patience: Int = 2, mustExplain: Bool = false, millisecondsPerRow: Double? = nil,
    seed: UInt64 = 0
  ) {
    self.minimumGain = minimumGain
    self.patience = patience
    self.mustExplain = mustExplain
    self.millisecondsPerRow = millisecondsPerRow
    self.seed = seed
  }

  /// The smallest model that tells the classes of a table's rows apart.
  ///
  /// - Parameters:
  ///   - frame: a row for each sample, with columns of numbers, texts or flags; values may be missing.
  ///   - target: the column of labels.
  ///   - labels: their type.
  ///   - features: the columns to predict from; by default all but the target.
  ///   - folds: how the rows are cut.
  ///   - scoring: what is measured; by default accuracy.
  ///   - more: further rungs, after the simpler ones of the ladder: `.network()`, or a method of your own.
  /// - Throws: ``FitError`` when not even the baseline can learn.
  /// - Complexity: a cross-validation for each rung, and one more fit.
  public func classifier<Label: ColumnElement>(
    for frame: DataFrame, target: String, labels: Label.Type, features: [String]? = nil,
    folds: any Splitter = StratifiedKFold(5),
    scoring: Scorer<AnyClassifier<DataFrame, Label>.Model, [Label]> = .accuracy,
    adding more: [AdvisorRung<AnyClassifier<DataFrame, Label>>] = []
  ) throws(FitError) -> ModelAdvice<AnyClassifier<DataFrame, Label>.Model> {
    let y: [Label] = try TableTarget.labels(frame, target)
    let names = try TableTarget.features(frame, features, except: target) { _ in true }
    let table = try SampleChecks.table { () throws(FrameError) in try frame.select(names) }
    let climb = try Climb(self, table, y, folds, scoring)
    return try climb.advice(AdvisorLadder.classification(seed: seed) + more, target: target, features: names)
  }

  /// The smallest model that predicts a table's column of numbers.
  ///
  /// - Parameters:
  ///   - frame: a row for each sample, with columns of numbers, texts or flags; values may be missing.
  ///   - target: the column of numbers to predict.
  ///   - features: the columns to predict from; by default all but the target.
  ///   - folds: how the rows are cut.
  ///   - scoring: what is measured; by default R².
  ///   - more: further rungs, after the simpler ones of the ladder: `.network()`, or a method of your own.
  /// - Throws: ``FitError`` when not even the baseline can learn.
  /// - Complexity: a cross-validation for each rung, and one more fit.
  public func regressor(
    for frame: DataFrame, target: String, features: [String]? = nil, folds: any Splitter = KFold(5, seed: 0),
    scoring: Scorer<AnyRegressor<DataFrame>.Model, [Double]> = .r2,
    adding more: [AdvisorRung<AnyRegressor<DataFrame>>] = []
  ) throws(FitError) -> ModelAdvice<AnyRegressor<DataFrame>.Model> {
    let y = try TableTarget.numbers(frame, target)
    let names = try TableTarget.features(frame, features, except: target) { _ in true }
    let table = try SampleChecks.table { () throws(FrameError) in try frame.select(names) }
    let climb = try Climb(self, table, y, folds, scoring)
    return try climb.advice(AdvisorLadder.regression(seed: seed) + more, target: target, features: names)
  }
}

/// One way up the ladder.
private struct Climb<Target: SampleCollection & Sendable, Model: Predictor> where Model.Features == DataFrame {
  private let advisor: ModelAdvisor
  private let table: DataFrame
  private let y: Target
  private let folds: GivenFolds
  private let scoring: Scorer<Model, Target>
  private let words: AdvisorWording

  init(
    _ advisor: ModelAdvisor, _ table: DataFrame, _ y: Target, _ folds: any Splitter, _ scoring: Scorer<Model, Target>
  ) throws(FitError) {
    let gain = advisor.minimumGain
    try SampleChecks.parameter(gain >= 0 && gain.isFinite, "minimumGain", "of at least 0", gain)
    try SampleChecks.parameter(advisor.patience > 0, "patience", "above 0", advisor.patience)
    let limit = advisor.millisecondsPerRow
    try SampleChecks.parameter(limit ?? 1 > 0, "millisecondsPerRow", "above 0, or nil", limit ?? 0)
    self.advisor = advisor
    self.table = table
    self.y = y
    self.folds = GivenFolds(try folds.folds(of: SplitSamples(count: table.rowCount, answers: y)))
    self.scoring = scoring
    words = AdvisorWording(metric: scoring.name, minimumGain: gain)
  }

  func advice<Estimator: SupervisedEstimator>(
    _ ladder: [AdvisorRung<Estimator>], target: String, features: [String]
  ) throws(FitError) -> ModelAdvice<Model>
  where Estimator.Features == DataFrame, Estimator.Target == Target, Estimator.Model == Model {
    // Rungs of equal family stay in their order: sorting is by place, too.
    let rungs = ladder.enumerated().sorted { ($0.element.family, $0.offset) < ($1.element.family, $1.offset) }
      .map(\.element)
    var steps: [AdvisorStep] = []
    var (chosen, fitted): (Int?, Model?) = (nil, nil)
    var failures = 0
    let progress = FitProgress.begin("rungs", of: rungs.count)
    for rung in rungs {
      defer { progress?.advance() }
      if failures >= advisor.patience {
        steps.append(.untried(rung.name, rung.family, words.enough(advisor.patience)))
      } else if advisor.mustExplain && !rung.isExplainable {
        steps.append(.untried(rung.name, rung.family, words.opaque))
      } else {
        var (step, model) = try measured(rung, isFirst: chosen == nil)
        let best = chosen.map { steps[$0] }
        judge(&step, against: best)
        if step.verdict == .worthIt {
          (chosen, fitted, failures) = (steps.count, model, 0)
        } else {
          failures += 1
        }
        steps.append(step)
      }
    }
    guard let chosen, let fitted else {
      throw FitError(
        .parameter, expected: "at least one method that may be chosen", found: "none within the limits",
        advice: "Loosen millisecondsPerRow, or give a method of your own.")
    }
    steps[chosen].verdict = .chosen
    return ModelAdvice(
      steps: steps, chosenPlace: chosen, metric: scoring.name,
      model: TabularModel(base: fitted, target: target, features: features))
  }

  /// The rung's scores, times and size, and the model of all rows. What cannot learn here is no reason to end, unless it
  /// is the first: then nothing can.
  private func measured<Estimator: SupervisedEstimator>(
    _ rung: AdvisorRung<Estimator>, isFirst: Bool
  ) throws(FitError) -> (AdvisorStep, Model?)
  where Estimator.Features == DataFrame, Estimator.Target == Target, Estimator.Model == Model {
    do {
      let result = try crossValidate(rung.estimator, table, y, folds: folds, scoring: [scoring])
      let start = ContinuousClock.now
      let model = try rung.estimator.fit(table, y)
      let seconds = (ContinuousClock.now - start).seconds
      let tested = Double(result.testCounts.reduce(0, +))
      let step = AdvisorStep(
        name: rung.name, family: rung.family, scores: result.scores.column(0).scalars, fitSeconds: seconds,
        millisecondsPerRow: 1_000 * result.scoreSeconds.reduce(0, +) / max(tested, 1), byteCount: AdvisorSize.of(model),
        greaterIsBetter: scoring.greaterIsBetter)
      return (step, model)
    } catch {
      if isFirst { throw error }
      return (.failed(rung.name, rung.family, error), nil)
    }
  }

  private func judge(_ step: inout AdvisorStep, against best: AdvisorStep?) {
    guard step.verdict != .failed else { return }
    if let limit = advisor.millisecondsPerRow, step.millisecondsPerRow > limit {
      step.verdict = .tooSlow
      step.reason = words.slow(step.millisecondsPerRow, limit)
      return
    }
    guard let best else {
      step.verdict = .worthIt
      step.reason = words.first
      return
    }
    let differences = zip(step.scores, best.scores).map { scoring.greaterIsBetter ? $0 - $1 : $1 - $0 }
    let gain = mean(differences)
    let error =
      differences.count > 1
      ? standardDeviation(differences, degreesOfFreedom: 1) / Double(differences.count).squareRoot() : 0
    step.gain = gain
    step.gainError = error
    step.verdict = gain > max(error, advisor.minimumGain) ? .worthIt : .notWorthIt
    step.reason = words.comparison(best.name, gain: gain, error: error)
  }
}

/// How large a model is as a file.
private enum AdvisorSize {
  static func of(_ model: some Predictor) -> Int? {
    let base: Any =
      switch model {
      case let classifier as any ErasedModel: classifier.anyBase
      default: model
      }
    guard let encodable = base as? any Encodable else { return nil }
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return (try? encoder.encode(encodable))?.count
  }
}

/// A model whose type was forgotten, and what it is.
private protocol ErasedModel { var anyBase: Any { get } }
extension AnyClassifier.Model: ErasedModel { var anyBase: Any { base } }
extension AnyRegressor.Model: ErasedModel { var anyBase: Any { base } }
