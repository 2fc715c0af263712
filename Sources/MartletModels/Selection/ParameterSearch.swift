import MartletFrames
import MartletNumerics

/// A search for the parameters with which an estimator validates best.
///
/// It is an estimator itself: `fit` tries the candidates by cross-validation and then fits the best one to all samples.
/// Its best score flatters; ``nestedCrossValidate(_:_:_:outer:inner:)`` shows how good the whole procedure is.
public protocol ParameterSearch: SupervisedEstimator where Model == SearchModel<Estimator> {
  /// What is searched for.
  associatedtype Estimator: SupervisedEstimator
  where Estimator.Features == Features, Estimator.Target == Target, Estimator.Target: SampleCollection & Sendable
  /// What is searched for, with the values of all parameters that do not vary.
  var estimator: Estimator { get set }
  /// How validation cuts the samples.
  var folds: any Splitter { get set }
  /// What is measured.
  var scoring: Scorer<Estimator.Model, Estimator.Target> { get }
}

/// Tries every combination of values. (scikit-learn: `GridSearchCV`)
///
///     let search = GridSearch(method, folds: StratifiedKFold(5), scoring: .accuracy)
///       .varying(\.estimator.inverseRegularization, over: [0.1, 1, 10])
///     let found = try search.fit(x, y)
///     found.bestScore
///     found.results          // a table of all candidates
///     try found.predict(xTest)
public struct GridSearch<Estimator: SupervisedEstimator>: ParameterSearch
where Estimator.Features: SampleCollection & Sendable, Estimator.Target: SampleCollection & Sendable {
  public typealias Features = Estimator.Features
  public typealias Target = Estimator.Target
  /// What is searched for, with the values of all parameters that do not vary.
  public var estimator: Estimator
  /// How validation cuts the samples.
  public var folds: any Splitter
  /// What is measured.
  public var scoring: Scorer<Estimator.Model, Estimator.Target>
  private var axes: [ParameterAxis<Estimator>] = []

  /// - Parameters:
  ///   - estimator: what is searched for.
  ///   - folds: how validation cuts the samples.
  ///   - scoring: what is measured.
  public init(_ estimator: Estimator, folds: any Splitter, scoring: Scorer<Estimator.Model, Estimator.Target>) {
    self.estimator = estimator
    self.folds = folds
    self.scoring = scoring
  }

  /// The same search, with one more parameter to vary.
  public func varying<Value: Sendable>(
    _ path: WritableKeyPath<Estimator, Value> & Sendable, over values: [Value]
  ) -> GridSearch {
    var search = self
    search.axes.append(.values(path, values))
    return search
  }

  /// - Throws: ``FitError`` when a candidate cannot learn, of kind `parameter` when there is no value to try.
  /// - Complexity: one fit for each combination and fold, and one more.
  public func fit(_ x: Features, _ y: Target) throws(FitError) -> SearchModel<Estimator> {
    let run = try SearchRun(estimator, x, y, folds, scoring, axes.map(\.name))
    return try run.best(of: try SearchCandidate.grid(axes))
  }
}

extension GridSearch where Estimator.Model: Classifier, Estimator.Target == [Estimator.Model.Label] {
  /// A search for the best accuracy over five stratified folds, as scikit-learn searches by default.
  public init(_ estimator: Estimator) { self.init(estimator, folds: StratifiedKFold(5), scoring: .accuracy) }
}

extension GridSearch where Estimator.Model: Regressor, Estimator.Target == [Double] {
  /// A search for the best R² over five folds, as scikit-learn searches by default.
  public init(_ estimator: Estimator) { self.init(estimator, folds: KFold(5), scoring: .r2) }
}

/// Tries random values: with many parameters it finds good ones in fewer trials than a grid. (scikit-learn:
/// `RandomizedSearchCV`)
///
///     let search = RandomizedSearch(method, trials: 30, folds: StratifiedKFold(5), scoring: .accuracy, seed: 0)
///       .varying(\.estimator.inverseRegularization, from: .logUniform(1e-3...1e3))
///
/// Reference: Bergstra and Bengio (2012), Random search for hyper-parameter optimization.
public struct RandomizedSearch<Estimator: SupervisedEstimator>: ParameterSearch
where Estimator.Features: SampleCollection & Sendable, Estimator.Target: SampleCollection & Sendable {
  public typealias Features = Estimator.Features
  public typealias Target = Estimator.Target
  /// What is searched for, with the values of all parameters that do not vary.
  public var estimator: Estimator
  /// How many candidates are tried; at least 1. (scikit-learn: `n_iter`)
  public var trials: Int
  /// How validation cuts the samples.
  public var folds: any Splitter
  /// What is measured.
  public var scoring: Scorer<Estimator.Model, Estimator.Target>
  /// Where the random numbers begin; `nil` for others every time.
  public var seed: UInt64?
  private var axes: [ParameterAxis<Estimator>] = []

  /// - Parameters:
  ///   - estimator: what is searched for.
  ///   - trials: at least 1.
  ///   - folds: how validation cuts the samples.
  ///   - scoring: what is measured.
  ///   - seed: where the random numbers begin.
  public init(
    _ estimator: Estimator, trials: Int = 10, folds: any Splitter,
    scoring: Scorer<Estimator.Model, Estimator.Target>, seed: UInt64? = nil
  ) {
    self.estimator = estimator
    self.trials = trials
    self.folds = folds
    self.scoring = scoring
    self.seed = seed
  }

  /// The same search, with one more parameter that is drawn from a distribution.
  public func varying<Value: Sendable>(
    _ path: WritableKeyPath<Estimator, Value> & Sendable, from distribution: SearchDistribution<Value>
  ) -> RandomizedSearch {
    var search = self
    search.axes.append(.drawn(path, distribution))
    return search
  }

  /// The same search, with one more parameter that is one of these values.
  public func varying<Value: Sendable>(
    _ path: WritableKeyPath<Estimator, Value> & Sendable, over values: [Value]
  ) -> RandomizedSearch { varying(path, from: .choice(values)) }

  /// - Throws: ``FitError`` when a candidate cannot learn, or of kind `parameter`.
  /// - Complexity: one fit for each trial and fold, and one more.
  public func fit(_ x: Features, _ y: Target) throws(FitError) -> SearchModel<Estimator> {
    try SampleChecks.parameter(trials > 0, "trials", "above 0", trials)
    let run = try SearchRun(estimator, x, y, folds, scoring, axes.map(\.name))
    return try run.best(of: SearchCandidate.drawn(axes, trials, seed: seed))
  }
}

/// Tries many candidates on few samples, and the better ones on more: a tournament. (scikit-learn: `HalvingRandomSearchCV`)
///
/// Every round keeps one in `factor` of the candidates and gives them `factor` times the samples; the last round has all
/// of them.
///
/// Reference: Jamieson and Talwalkar (2016), Non-stochastic best arm identification and hyperparameter optimization.
public struct HalvingSearch<Estimator: SupervisedEstimator>: ParameterSearch
where Estimator.Features: SampleCollection & Sendable, Estimator.Target: SampleCollection & Sendable {
  public typealias Features = Estimator.Features
  public typealias Target = Estimator.Target
  /// What is searched for, with the values of all parameters that do not vary.
  public var estimator: Estimator
  /// How many candidates are drawn; at least 1.
  public var candidates: Int
  /// One in so many candidates stays; at least 2.
  public var factor: Int
  /// How validation cuts the samples.
  public var folds: any Splitter
  /// What is measured.
  public var scoring: Scorer<Estimator.Model, Estimator.Target>
  /// Where the random numbers begin; `nil` for others every time.
  public var seed: UInt64?
  private var axes: [ParameterAxis<Estimator>] = []

  /// - Parameters:
  ///   - estimator: what is searched for.
  ///   - candidates: at least 1.
  ///   - factor: at least 2.
  ///   - folds: how validation cuts the samples.
  ///   - scoring: what is measured.
  ///   - seed: where the random numbers begin.
  public init(
    _ estimator: Estimator, candidates: Int, factor: Int = 3, folds: any Splitter,
    scoring: Scorer<Estimator.Model, Estimator.Target>, seed: UInt64? = nil
  ) {
    self.estimator = estimator
    self.candidates = candidates
    self.factor = factor
    self.folds = folds
    self.scoring = scoring
    self.seed = seed
  }

  /// The same search, with one more parameter that is drawn from a distribution.
  public func varying<Value: Sendable>(
    _ path: WritableKeyPath<Estimator, Value> & Sendable, from distribution: SearchDistribution<Value>
  ) -> HalvingSearch {
    var search = self
    search.axes.append(.drawn(path, distribution))
    return search
  }

  /// The same search, with one more parameter that is one of these values.
  public func varying<Value: Sendable>(
    _ path: WritableKeyPath<Estimator, Value> & Sendable, over values: [Value]
  ) -> HalvingSearch { varying(path, from: .choice(values)) }

  /// - Throws: ``FitError`` when a candidate cannot learn, or of kind `parameter`.
  public func fit(_ x: Features, _ y: Target) throws(FitError) -> SearchModel<Estimator> {
    try SampleChecks.parameter(candidates > 0, "candidates", "above 0", candidates)
    try SampleChecks.parameter(factor > 1, "factor", "of at least 2", factor)
    let run = try SearchRun(estimator, x, y, folds, scoring, axes.map(\.name))
    var left = SearchCandidate.drawn(axes, candidates, seed: seed)
    var random = PCG64(seed: seed ?? Random.nextSeed())
    let order = random.permutation(x.sampleCount)
    var rounds = 1
    while left.count >= power(rounds) { rounds += 1 }
    var trials: [SearchTrial<Estimator>] = []
    for round in 1...rounds {
      // A fold needs samples of its own: the first rounds have no fewer than twenty, or all.
      let count = max(min(20, x.sampleCount), x.sampleCount / power(rounds - round))
      let samples = Set(order.prefix(count))
      let tried = try run.trials(left, among: round == rounds ? nil : samples)
      trials += tried
      if round == rounds { return try run.model(trials, lastRound: tried.count) }
      left = run.ranked(tried).prefix(max(1, left.count / factor)).map { tried[$0].candidate }
    }
    return try run.model(trials, lastRound: trials.count)
  }

  private func power(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { power, _ in power * factor } }
}

extension ParameterAxis {
  static func values<Value: Sendable>(
    _ path: WritableKeyPath<Estimator, Value> & Sendable, _ values: [Value]
  ) -> ParameterAxis {
    ParameterAxis(name: ParameterName.of(path), count: values.count) { place, _ in ParameterSetting(path, values[place])
    }
  }

  static func drawn<Value: Sendable>(
    _ path: WritableKeyPath<Estimator, Value> & Sendable, _ distribution: SearchDistribution<Value>
  ) -> ParameterAxis {
    ParameterAxis(name: ParameterName.of(path), count: nil) { _, random in
      ParameterSetting(path, distribution.draw(&random))
    }
  }
}

extension RandomizedSearch where Estimator.Model: Classifier, Estimator.Target == [Estimator.Model.Label] {
  /// A search for the best accuracy over five stratified folds.
  public init(_ estimator: Estimator, trials: Int = 10, seed: UInt64? = nil) {
    self.init(estimator, trials: trials, folds: StratifiedKFold(5), scoring: .accuracy, seed: seed)
  }
}

extension RandomizedSearch where Estimator.Model: Regressor, Estimator.Target == [Double] {
  /// A search for the best R² over five folds.
  public init(_ estimator: Estimator, trials: Int = 10, seed: UInt64? = nil) {
    self.init(estimator, trials: trials, folds: KFold(5), scoring: .r2, seed: seed)
  }
}

extension HalvingSearch where Estimator.Model: Classifier, Estimator.Target == [Estimator.Model.Label] {
  /// A tournament for the best accuracy over five shuffled, stratified folds.
  public init(_ estimator: Estimator, candidates: Int, factor: Int = 3, seed: UInt64? = nil) {
    self.init(
      estimator, candidates: candidates, factor: factor, folds: StratifiedKFold(5, seed: 0), scoring: .accuracy,
      seed: seed)
  }
}

extension HalvingSearch where Estimator.Model: Regressor, Estimator.Target == [Double] {
  /// A tournament for the best R² over five shuffled folds.
  public init(_ estimator: Estimator, candidates: Int, factor: Int = 3, seed: UInt64? = nil) {
    self.init(
      estimator, candidates: candidates, factor: factor, folds: KFold(5, seed: 0), scoring: .r2, seed: seed)
  }
}
