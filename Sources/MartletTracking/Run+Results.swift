import Foundation
import MartletFrames
import MartletModels
import MartletNets

extension Run {
  /// Logs the losses and learning rates of a training, epoch by epoch.
  ///
  ///     try run.log(trainer.history)
  /// - Throws: ``RunStoreError``.
  public func log(_ history: TrainingHistory) throws(RunStoreError) {
    var points: [(name: String, value: Double, step: Int)] = []
    for (number, epoch) in history.epochs.enumerated() {
      points.append(("loss", epoch.loss, number + 1))
      if let loss = epoch.validationLoss { points.append(("validation loss", loss, number + 1)) }
      points.append(("learning rate", epoch.learningRate, number + 1))
    }
    try log(points: points)
  }

  /// Logs the mean of each metric over the folds under its own name, its standard error as `… error`, and the folds
  /// themselves as the steps of `… by fold`.
  ///
  ///     try run.log(crossValidate(method, x, y, folds: StratifiedKFold(5), scoring: [.accuracy]))
  /// - Throws: ``RunStoreError``.
  public func log(_ result: CrossValidation<some Sendable>) throws(RunStoreError) {
    var points: [(name: String, value: Double, step: Int)] = []
    for metric in result.metrics {
      points.append((metric, result.mean(metric), 0))
      points.append(("\(metric) error", result.standardError(metric), 0))
      for (fold, value) in result[metric].enumerated() { points.append((metric + RunNames.ofFolds, value, fold)) }
    }
    try log(points: points)
  }

  /// Logs a search's trials as parts of this run, each with its parameters and mean measure, and the best measure here.
  /// - Throws: ``RunStoreError``.
  public func log<Estimator>(_ search: SearchModel<Estimator>) throws(RunStoreError) {
    let metric = search.metric
    let results = search.results
    // The parameters come first, then the measure, under a name that no parameter has.
    let settings = results.columnNames.prefix { $0 != "spread" }.dropLast()
    guard let measure = results.columnNames.dropFirst(settings.count).first else { return }
    let scores = try RunTable(frame: results, path: store.path).numbers(measure)
    for row in 0..<results.rowCount {
      let trial = try store.start(experiment, name: "trial \(row + 1)", parent: id)
      for name in settings {
        if let value = results[name].value(row) { try trial.log(parameters: [name: value]) }
      }
      try trial.log(metric: metric, scores[row] ?? .nan)
      try trial.finish()
    }
    try log(metric: metric, search.bestScore)
  }
}

extension AnyColumn {
  /// The value of a row, as what it is; `nil` when it is missing.
  fileprivate func value(_ row: Int) -> (any Sendable)? {
    if let column = try? typed(as: Int.self) { return column[row] }
    if let column = try? typed(as: Double.self) { return column[row] }
    if let column = try? typed(as: Bool.self) { return column[row] }
    return texts()[row]
  }
}
