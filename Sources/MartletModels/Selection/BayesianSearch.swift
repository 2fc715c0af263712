import MartletNumerics

/// Searches parameters where the most improvement is expected from the trials so far, or by another ``SearchStrategy``:
/// fewer fits than a grid where a fit takes long. (Optuna, scikit-optimize: `BayesSearchCV`)
///
///     let search = BayesianSearch(method, trials: 20, folds: StratifiedKFold(5), scoring: .logLoss, seed: 0)
///       .varying(\.estimator.inverseRegularization, in: 1e-3...1e3, isLogarithmic: true)
///
/// Trials follow one another, each with all folds at the same time.
///
/// Reference: Snoek, Larochelle and Adams (2012), Practical Bayesian optimization of machine learning algorithms.
public struct BayesianSearch<Estimator: SupervisedEstimator>: ParameterSearch
where Estimator.Features: SampleCollection & Sendable, Estimator.Target: SampleCollection & Sendable {
  public typealias Features = Estimator.Features
  public typealias Target = Estimator.Target
  /// What is searched for, with the values of all parameters that do not vary.
  public var estimator: Estimator
  /// How many candidates are tried; at least 3.
  public var trials: Int
  /// How validation cuts the samples.
  public var folds: any Splitter
  /// What is measured.
  public var scoring: Scorer<Estimator.Model, Estimator.Target>
  /// Where it asks next.
  public var strategy: SearchStrategy
  /// Where the random numbers begin; `nil` for others every time.
  public var seed: UInt64?
  private var axes: [Axis] = []

  /// A parameter: a number from 0 to 1 becomes a value.
  private struct Axis: Sendable {
    let name: String
    var dimension = SearchDimension.range
    let setting: @Sendable (Double) -> ParameterSetting<Estimator>
  }

  /// - Parameters:
  ///   - estimator: what is searched for.
  ///   - trials: at least 3.
  ///   - folds: how validation cuts the samples.
  ///   - scoring: what is measured.
  ///   - strategy: where it asks next.
  ///   - seed: where the random numbers begin.
  public init(
    _ estimator: Estimator, trials: Int = 20, folds: any Splitter,
    scoring: Scorer<Estimator.Model, Estimator.Target>, strategy: SearchStrategy = .expectedImprovement,
    seed: UInt64? = nil
  ) {
    self.estimator = estimator
    self.trials = trials
    self.folds = folds
    self.scoring = scoring
    self.strategy = strategy
    self.seed = seed
  }

  /// The same search, with one more parameter that is a number.
  ///
  /// - Parameters:
  ///   - path: the parameter.
  ///   - range: its smallest and largest value.
  ///   - isLogarithmic: whether sizes count, not amounts; the range is then above 0, the cell stops else.
  public func varying(
    _ path: WritableKeyPath<Estimator, Double> & Sendable, in range: ClosedRange<Double>, isLogarithmic: Bool = false
  ) -> BayesianSearch {
    guard !isLogarithmic || range.lowerBound > 0 else { fatalError("A logarithmic range is above 0; found \(range).") }
    var search = self
    search.axes.append(
      Axis(name: ParameterName.of(path)) { unit in
        if isLogarithmic {
          return ParameterSetting(path, exp(log(range.lowerBound) + unit * log(range.upperBound / range.lowerBound)))
        }
        return ParameterSetting(path, range.lowerBound + unit * (range.upperBound - range.lowerBound))
      })
    return search
  }

  /// The same search, with one more parameter that is a whole number.
  public func varying(
    _ path: WritableKeyPath<Estimator, Int> & Sendable, in range: ClosedRange<Int>
  ) -> BayesianSearch {
    var search = self
    search.axes.append(
      Axis(name: ParameterName.of(path)) { unit in
        let step = Int(unit * Double(range.count))
        return ParameterSetting(path, min(range.lowerBound + step, range.upperBound))
      })
    return search
  }

  /// The same search, with one more parameter that is one of some values without an order, such as a kernel.
  ///
  /// Stops the cell when there are no values.
  public func varying<Value: Sendable>(
    _ path: WritableKeyPath<Estimator, Value> & Sendable, among values: [Value]
  ) -> BayesianSearch {
    guard !values.isEmpty else { fatalError("varying(_:among:) needs at least one value; found none.") }
    var search = self
    search.axes.append(
      Axis(name: ParameterName.of(path), dimension: .choice(values.count)) { unit in
        ParameterSetting(path, values[SearchDimension.place(unit, of: values.count)])
      })
    return search
  }

  /// - Throws: ``FitError`` when a candidate cannot learn, or of kind `parameter`.
  /// - Complexity: one fit for each trial and fold, and one more; O(trials³) beside.
  public func fit(_ x: Features, _ y: Target) throws(FitError) -> SearchModel<Estimator> {
    try SampleChecks.parameter(trials > 2, "trials", "of at least 3", trials)
    try SampleChecks.parameter(!axes.isEmpty, "varying", "at least one parameter", "none")
    let run = try SearchRun(estimator, x, y, folds, scoring, axes.map(\.name))
    try strategy.check()
    var steps = BayesianSteps(
      axes.map(\.dimension), strategy: strategy, seed: seed, initial: max(2, min(trials / 3, 4 * axes.count)))
    var tried: [SearchTrial<Estimator>] = []
    let progress = FitProgress.begin("trials", of: trials)
    for _ in 0..<trials {
      defer { progress?.advance() }
      let unit = steps.next()
      let candidate = SearchCandidate(settings: zip(axes, unit).map { $0.setting($1) })
      let trial = try run.trials([candidate], among: nil)[0]
      tried.append(trial)
      let merit = scoring.merit(mean(trial.scores))
      // A candidate without a score is as bad as the worst.
      steps.learn(unit, merit.isFinite ? merit : steps.values.min() ?? 0)
    }
    return try run.model(tried, lastRound: tried.count)
  }
}

extension BayesianSearch where Estimator.Model: Classifier, Estimator.Target == [Estimator.Model.Label] {
  /// A search for the best accuracy over five stratified folds.
  public init(
    _ estimator: Estimator, trials: Int = 20, strategy: SearchStrategy = .expectedImprovement, seed: UInt64? = nil
  ) {
    self.init(
      estimator, trials: trials, folds: StratifiedKFold(5), scoring: .accuracy, strategy: strategy, seed: seed)
  }
}

extension BayesianSearch where Estimator.Model: Regressor, Estimator.Target == [Double] {
  /// A search for the best R² over five folds.
  public init(
    _ estimator: Estimator, trials: Int = 20, strategy: SearchStrategy = .expectedImprovement, seed: UInt64? = nil
  ) {
    self.init(estimator, trials: trials, folds: KFold(5), scoring: .r2, strategy: strategy, seed: seed)
  }
}
