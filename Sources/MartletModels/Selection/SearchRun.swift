import MartletDisplay
import MartletFrames
import MartletNumerics

/// A candidate and how it has validated.
struct SearchTrial<Estimator: Sendable>: Sendable {
  let candidate: SearchCandidate<Estimator>
  let scores: [Double]
  let fitSeconds: Double
  /// How many samples it was given.
  let sampleCount: Int
}

/// Tries candidates on the same folds of the same samples.
struct SearchRun<Estimator: SupervisedEstimator>: Sendable
where Estimator.Features: SampleCollection & Sendable, Estimator.Target: SampleCollection & Sendable {
  private let estimator: Estimator
  private let x: Estimator.Features
  private let y: Estimator.Target
  private let folds: [Fold]
  private let scoring: Scorer<Estimator.Model, Estimator.Target>
  private let names: [String]

  init(
    _ estimator: Estimator, _ x: Estimator.Features, _ y: Estimator.Target, _ folds: any Splitter,
    _ scoring: Scorer<Estimator.Model, Estimator.Target>, _ names: [String]
  ) throws(FitError) {
    self.folds = try folds.folds(of: try FoldTrial(estimator, x, y, nil).samples)
    self.estimator = estimator
    self.x = x
    self.y = y
    self.scoring = scoring
    self.names = names
  }

  func best(of candidates: [SearchCandidate<Estimator>]) throws(FitError) -> SearchModel<Estimator> {
    let trials = try trials(candidates, among: nil)
    return try model(trials, lastRound: trials.count)
  }

  /// Every candidate on every fold, at the same time; with `samples`, on those alone.
  func trials(
    _ candidates: [SearchCandidate<Estimator>], among samples: Set<Int>?
  ) throws(FitError) -> [SearchTrial<Estimator>] {
    var cut = folds
    if let samples {
      cut = folds.map { Fold(train: $0.train.filter(samples.contains), test: $0.test.filter(samples.contains)) }
    }
    let outcomes = try ConcurrentTasks.map(candidates.count * cut.count, showing: "fits") {
      [cut] (task) throws(FitError) in
      let changed = candidates[task / cut.count].applied(to: estimator)
      return try FoldTrial(changed, x, y, nil).run(cut[task % cut.count], [scoring], keepsModel: false)
    }
    return candidates.indices.map { place in
      let own = outcomes[place * cut.count..<(place + 1) * cut.count]
      return SearchTrial(
        candidate: candidates[place], scores: own.map { $0.scores[0] }, fitSeconds: mean(own.map(\.fitSeconds)),
        sampleCount: samples?.count ?? x.sampleCount)
    }
  }

  /// The places of trials, best first; equal ones in their order, those without a score last.
  func ranked(_ trials: [SearchTrial<Estimator>]) -> [Int] {
    let merits = trials.map { trial in
      let merit = scoring.merit(mean(trial.scores))
      return merit.isNaN ? -.infinity : merit
    }
    return merits.indices.sorted { (-merits[$0], $0) < (-merits[$1], $1) }
  }

  /// Fits the best of the last trials to all samples.
  func model(_ trials: [SearchTrial<Estimator>], lastRound: Int) throws(FitError) -> SearchModel<Estimator> {
    let last = Array(trials.suffix(lastRound))
    guard let place = ranked(last).first else {
      throw FitError(.parameter, expected: "at least one candidate", found: "none", advice: "Give values to try.")
    }
    let best = last[place].candidate.applied(to: estimator)
    return SearchModel(
      best: try best.fit(x, y), bestEstimator: best, bestScore: mean(last[place].scores), metric: scoring.name,
      results: table(trials))
  }

  private func table(_ trials: [SearchTrial<Estimator>]) -> DataFrame {
    var columns: [AnyColumn] = []
    for (place, name) in names.enumerated() {
      let values = trials.map { $0.candidate.settings[place].value }
      columns.append(AnyColumn.of(TableNames.distinct(name, columns), values))
    }
    var ranks = [Int](repeating: 0, count: trials.count)
    for (rank, place) in ranked(trials).enumerated() { ranks[place] = rank + 1 }
    let spreads = trials.map { standardDeviation($0.scores, degreesOfFreedom: 0) }
    for (name, values) in [(scoring.name, trials.map { mean($0.scores) }), ("spread", spreads)] {
      columns.append(AnyColumn(Column(TableNames.distinct(name, columns), values)))
    }
    columns.append(AnyColumn(Column(TableNames.distinct("rank", columns), ranks)))
    columns.append(AnyColumn(Column(TableNames.distinct("samples", columns), trials.map(\.sampleCount))))
    columns.append(AnyColumn(Column(TableNames.distinct("fitSeconds", columns), trials.map(\.fitSeconds))))
    return TableNames.frame(columns)
  }
}

/// What a search has found: the best candidate, fitted to all samples, and how all have validated.
public struct SearchModel<Estimator: SupervisedEstimator>: Predictor {
  /// The best candidate's model, fitted to all samples.
  public let best: Estimator.Model
  /// The best candidate.
  public let bestEstimator: Estimator
  /// The mean of the measure over folds for the best candidate; a little flattering, since it was chosen by it.
  public let bestScore: Double
  /// What was measured.
  public let metric: String
  /// A row for each trial: its parameters, the mean of the measure and its standard deviation over folds, its rank, the
  /// number of samples and the mean seconds of a fit. Two parameters and the measure make a heat map.
  public let results: DataFrame

  public func predict(_ x: Estimator.Features) throws(FitError) -> Estimator.Model.Prediction { try best.predict(x) }
}

extension SearchModel: Regressor where Estimator.Model: Regressor {}

extension SearchModel: Classifier where Estimator.Model: Classifier {
  public typealias Label = Estimator.Model.Label
  public var classes: [Label] { best.classes }
  public func predictProbabilities(_ x: Estimator.Features) throws(FitError) -> Matrix {
    try best.predictProbabilities(x)
  }
}

extension SearchModel: CustomStringConvertible, RichDisplayable, ModelSummary {
  /// The trials and their measure.
  public func summaryTable(features: [String]?, target: String?) -> ModelTable {
    let shown = results.columnNames.prefix { $0 != "spread" }
    let columns = shown.map { results[$0].shownTexts }
    let rows = (0..<results.rowCount).map { row in columns.map { $0[row] } }
    let score = FrameNumberFormat.texts([bestScore])[0]
    return ModelTable(
      title: "Search", facts: ["\(rows.count) trials, best \(metric) \(score)"], header: Array(shown), rows: rows)
  }
}

extension AnyColumn {
  /// Numbers as tables write them, anything else as text, and nothing for what is missing.
  package var shownTexts: [String] {
    guard let numbers = try? numbers() else { return texts().map { $0 ?? "" } }
    return numbers.map { number in number.map { FrameNumberFormat.texts([$0])[0] } ?? "" }
  }
}
