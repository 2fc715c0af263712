import MartletFrames
import MartletNumerics

/// Finds a good model of a table without being told which: it tries the usual families as they come, and spends the rest of
/// its trials on other settings of those that did best.
///
///     let found = try AutoModel(trials: 30, seed: 0).classifier(for: cancer, target: "diagnosis", labels: String.self)
///     found                       // the best of each family beside the baseline
///     found.leaderboard           // every trial
///     try found.model.predict(patients)
///
/// The families are a baseline that looks at no feature, linear models, nearest neighbours, support vectors, random forests
/// and boosted trees, each after ``TablePreparation``. Half of the trials left after the first round go to the best three
/// in turn, the other half to the best one. All trials are cross-validated on the same folds; results do not depend on the
/// number of threads.
///
/// The best of many trials flatters itself: measure it on rows that it has not seen. Where a small model that can be
/// explained is wanted rather than the best score, see ``ModelAdvisor``.
public struct AutoModel: Sendable {
  /// How many candidates are cross-validated; at least 6, one of each family.
  public var trials: Int
  /// Where the random numbers of settings and methods begin; `nil` for others every time.
  public var seed: UInt64?

  /// - Parameters:
  ///   - trials: at least 6.
  ///   - seed: up to 2³² − 1, for the same result every time.
  public init(trials: Int = 30, seed: UInt64? = nil) {
    self.trials = trials
    self.seed = seed
  }

  /// A good model that tells the classes of a table's rows apart.
  ///
  /// - Parameters:
  ///   - frame: a row for each sample, with columns of numbers, texts or flags; values may be missing.
  ///   - target: the column of labels.
  ///   - labels: their type.
  ///   - features: the columns to predict from; by default all but the target.
  ///   - folds: how the rows are cut.
  ///   - scoring: what is measured; by default accuracy.
  /// - Throws: ``FitError`` of kind `parameter`, and when not even the baseline can learn.
  /// - Complexity: a cross-validation for each trial, and one more fit.
  public func classifier<Label: ColumnElement>(
    for frame: DataFrame, target: String, labels: Label.Type, features: [String]? = nil,
    folds: any Splitter = StratifiedKFold(5),
    scoring: Scorer<AnyClassifier<DataFrame, Label>.Model, [Label]> = .accuracy
  ) throws(FitError) -> AutoModelResult<AnyClassifier<DataFrame, Label>.Model> {
    let y: [Label] = try TableTarget.labels(frame, target)
    let names = try TableTarget.features(frame, features, except: target) { _ in true }
    let families: [AutoFamily<AnyClassifier<DataFrame, Label>>] = AutoFamilies.classification(rows: frame.rowCount)
    return try searched(families, frame, names, y, target, folds, scoring)
  }

  /// A good model that predicts a table's column of numbers.
  ///
  /// - Parameters:
  ///   - frame: a row for each sample, with columns of numbers, texts or flags; values may be missing.
  ///   - target: the column of numbers to predict.
  ///   - features: the columns to predict from; by default all but the target.
  ///   - folds: how the rows are cut.
  ///   - scoring: what is measured; by default R².
  /// - Throws: ``FitError`` of kind `parameter`, and when not even the baseline can learn.
  /// - Complexity: a cross-validation for each trial, and one more fit.
  public func regressor(
    for frame: DataFrame, target: String, features: [String]? = nil, folds: any Splitter = KFold(5, seed: 0),
    scoring: Scorer<AnyRegressor<DataFrame>.Model, [Double]> = .r2
  ) throws(FitError) -> AutoModelResult<AnyRegressor<DataFrame>.Model> {
    let y = try TableTarget.numbers(frame, target)
    let names = try TableTarget.features(frame, features, except: target) { _ in true }
    return try searched(
      AutoFamilies.regression(rows: frame.rowCount), frame, names, y, target, folds, scoring)
  }

  private func searched<Estimator: SupervisedEstimator>(
    _ families: [AutoFamily<Estimator>], _ frame: DataFrame, _ names: [String], _ y: Estimator.Target, _ target: String,
    _ folds: any Splitter, _ scoring: Scorer<Estimator.Model, Estimator.Target>
  ) throws(FitError) -> AutoModelResult<Estimator.Model>
  where Estimator.Features == DataFrame, Estimator.Target: SampleCollection & Sendable {
    try SampleChecks.parameter(trials >= families.count, "trials", "of at least \(families.count)", trials)
    try SampleChecks.parameter(seed ?? 0 <= UInt32.max, "seed", "below 4294967296", seed ?? 0)
    let table = try SampleChecks.table { () throws(FrameError) in try frame.select(names) }
    let cut = GivenFolds(try folds.folds(of: SplitSamples(count: table.rowCount, answers: y)))
    var race = AutoRace(families, seed: seed ?? Random.nextSeed() >> 32)
    let progress = FitProgress.begin("trials", of: trials)
    for trial in 0..<trials {
      defer { progress?.advance() }
      let candidate = race.next(trial, of: trials)
      do {
        let scores = try crossValidate(candidate.estimator, table, y, folds: cut, scoring: [scoring]).scores
        race.learn(candidate, scores.scalars, merit: scoring.merit(mean(scores.scalars)))
      } catch {
        // What cannot learn here is no reason to end, unless it is the baseline: then nothing can.
        if trial == 0 { throw error }
        race.fail(candidate, error)
      }
    }
    let best = race.best
    let model = try best.candidate.estimator.fit(table, y)
    return AutoModelResult(
      trials: race.trials.map(\.trial), metric: scoring.name, families: families.map(\.name),
      model: TabularModel(base: model, target: target, features: names))
  }
}

/// Which family is tried next, and what has come of all trials.
struct AutoRace<Estimator: SupervisedEstimator> {
  struct Candidate {
    let family: Int
    let settings: [String]
    let estimator: Estimator
  }
  private let families: [AutoFamily<Estimator>]
  private var random: PCG64
  private let methodSeed: UInt64
  private(set) var trials: [(trial: AutoModelTrial, candidate: Candidate)] = []
  /// The best merit of each family so far; `nil` where it cannot learn.
  private var merits: [Double?]

  init(_ families: [AutoFamily<Estimator>], seed: UInt64) {
    self.families = families
    methodSeed = seed
    random = PCG64(seed: seed)
    merits = families.map { _ in -.infinity }
  }

  /// First every family as it comes; then the best three in turn, and after half of what is left the best one alone.
  mutating func next(_ trial: Int, of count: Int) -> Candidate {
    guard trial >= families.count else { return drawn(trial, isFirst: true) }
    // The baseline has no settings.
    let order = merits.indices.dropFirst().filter { merits[$0] != nil }
      .sorted { (-(merits[$0] ?? 0), $0) < (-(merits[$1] ?? 0), $1) }
    guard let first = order.first else { return drawn(0, isFirst: true) }
    let isLate = trial - families.count >= (count - families.count) / 2
    let finalists = order.prefix(3)
    return drawn(isLate ? first : finalists[(trial - families.count) % finalists.count], isFirst: false)
  }

  private mutating func drawn(_ family: Int, isFirst: Bool) -> Candidate {
    // Every candidate has random numbers of its own.
    let own = PCG64(seed: random.next())
    let (settings, estimator) = families[family].make(isFirst ? nil : own, methodSeed)
    return Candidate(family: family, settings: settings, estimator: estimator)
  }

  mutating func learn(_ candidate: Candidate, _ scores: [Double], merit: Double) {
    // A measure that is not a number has won nothing.
    let merit = merit.isNaN ? -.infinity : merit
    merits[candidate.family] = merits[candidate.family].map { max($0, merit) }
    let trial = AutoModelTrial(
      family: families[candidate.family].name, settings: candidate.settings, scores: scores, merit: merit, problem: nil)
    trials.append((trial, candidate))
  }

  mutating func fail(_ candidate: Candidate, _ error: FitError) {
    merits[candidate.family] = nil
    let trial = AutoModelTrial(
      family: families[candidate.family].name, settings: candidate.settings, scores: [], merit: -.infinity,
      problem: error.description)
    trials.append((trial, candidate))
  }

  /// Of equally good trials the first. There is one: the baseline has learned.
  var best: (trial: AutoModelTrial, candidate: Candidate) {
    trials.dropFirst().reduce(trials[0]) { $1.trial.merit > $0.trial.merit ? $1 : $0 }
  }
}
