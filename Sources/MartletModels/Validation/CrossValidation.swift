import MartletDisplay
import MartletFrames
import MartletNumerics

/// How good an estimator is on samples that it has not learned from, fold by fold.
///
///     let result = try crossValidate(method, x, y, folds: StratifiedKFold(5), scoring: [.accuracy])
///     result.mean()                       // over the folds; mean("accuracy") where several metrics were measured
///     result.standardError()              // of that mean
///     result.frame                        // a row for each fold
public struct CrossValidation<Model: Sendable>: Sendable {
  /// The names of what was measured.
  public let metrics: [String]
  /// The values: shape `[folds, metrics]`.
  public let scores: Matrix
  /// How long each fit took, in seconds.
  public let fitSeconds: [Double]
  /// How long predicting and measuring took for each fold, in seconds.
  public let scoreSeconds: [Double]
  /// How many samples each fold was tested on.
  public let testCounts: [Int]
  /// The fitted models in the order of the folds, where they were asked for.
  public let models: [Model]

  init(
    metrics: [String], scores: [[Double]], fitSeconds: [Double], scoreSeconds: [Double], testCounts: [Int],
    models: [Model]
  ) {
    self.metrics = metrics
    self.scores = Matrix(scores.flatMap { $0 }, shape: [scores.count, metrics.count])
    self.fitSeconds = fitSeconds
    self.scoreSeconds = scoreSeconds
    self.testCounts = testCounts
    self.models = models
  }

  /// The values of a metric, fold by fold: `r2` and `R²` are the same, as are `rocAUC` and `ROC AUC`. Stops the cell when it
  /// was not measured.
  public subscript(_ metric: String) -> [Double] {
    let wanted = Self.plain(metric)
    guard let column = metrics.firstIndex(of: metric) ?? metrics.firstIndex(where: { Self.plain($0) == wanted }) else {
      fatalError("'\(metric)' was not measured; there are \(metrics.joined(separator: ", ")).")
    }
    return scores.column(column).scalars
  }

  /// A name by its letters and digits alone.
  private static func plain(_ name: String) -> String {
    name.lowercased().replacing("²", with: "2").filter { $0.isLetter || $0.isNumber }
  }

  /// The mean of a metric over the folds. Stops the cell when it was not measured.
  public func mean(_ metric: String) -> Double { MartletNumerics.mean(self[metric]) }

  /// The mean over the folds of the only metric that was measured. Stops the cell when there are several.
  public func mean() -> Double { mean(onlyMetric) }

  private var onlyMetric: String {
    guard metrics.count == 1 else {
      fatalError("Several metrics were measured: name one of \(metrics.joined(separator: ", ")).")
    }
    return metrics[0]
  }

  /// How far the mean is off by chance: the folds' standard deviation over the root of their number. Folds share
  /// training samples, so that the truth is a little more uncertain; not a number for one fold.
  public func standardError(_ metric: String) -> Double {
    let values = self[metric]
    return standardDeviation(values, degreesOfFreedom: 1) / Double(values.count).squareRoot()
  }

  /// How far the mean of the only metric is off by chance; see ``standardError(_:)``.
  public func standardError() -> Double { standardError(onlyMetric) }

  /// A row for each fold: `fold`, a column for each metric, `testCount`, `fitSeconds`, `scoreSeconds`.
  public var frame: DataFrame {
    var columns = [AnyColumn(Column("fold", Array(0..<testCounts.count)))]
    for (place, name) in metrics.enumerated() {
      columns.append(AnyColumn(Column(TableNames.distinct(name, columns), scores.column(place).scalars)))
    }
    columns.append(AnyColumn(Column(TableNames.distinct("testCount", columns), testCounts)))
    columns.append(AnyColumn(Column(TableNames.distinct("fitSeconds", columns), fitSeconds)))
    columns.append(AnyColumn(Column(TableNames.distinct("scoreSeconds", columns), scoreSeconds)))
    return TableNames.frame(columns)
  }
}

extension CrossValidation: CustomStringConvertible, RichDisplayable {
  private var table: ModelTable {
    let rows = metrics.indices.map { place in
      let values = scores.column(place)
      let error = values.standardDeviation(degreesOfFreedom: 1) / Double(values.count).squareRoot()
      return [metrics[place]] + FrameNumberFormat.texts([values.mean(), error, values.min(), values.max()])
    }
    let seconds = FrameNumberFormat.texts([MartletNumerics.mean(fitSeconds), MartletNumerics.mean(scoreSeconds)])
    return ModelTable(
      title: "Cross-validation",
      facts: ["\(testCounts.count) folds; a fold took \(seconds[0]) s to fit and \(seconds[1]) s to score"],
      header: ["metric", "mean", "± SE", "min", "max"], rows: rows)
  }

  /// Mean, standard error and range of each metric.
  public var description: String { table.text }
  /// The same as a table.
  public func displayBundle() -> DisplayBundle { table.displayBundle() }
}

/// Tables whose columns are made here.
package enum TableNames {
  /// A column's name that is not taken: a metric may be called like another column.
  package static func distinct(_ name: String, _ columns: [AnyColumn]) -> String {
    columns.contains { $0.name == name } ? distinct(name + "'", columns) : name
  }

  /// A frame of columns of our own, which have different names and equal lengths.
  package static func frame(_ columns: [AnyColumn]) -> DataFrame {
    do {
      return try DataFrame(columns)
    } catch { fatalError("A table of results could not be made: \(error)") }
  }
}
