import MartletDisplay
import MartletFrames
import MartletModels
import MartletNumerics
import MartletPlots

/// What ``permutationImportance(_:_:_:scoring:repeats:seed:features:)`` has measured.
public typealias PermutationImportance = MeasuredImportance
/// What ``dropColumnImportance(_:_:_:folds:scoring:)`` has measured.
public typealias DropColumnImportance = MeasuredImportance

/// How much worse a model is without each feature, measured several times.
public struct MeasuredImportance: Sendable, Equatable {
  /// The features that were tried.
  public let featureNames: [String]
  /// By how much the measure gets worse, shape `[features, repeats]`, in units of the measure.
  public let importances: Matrix
  /// The measure with all features.
  public let baseline: Double
  /// What was measured.
  public let metric: String

  /// An importance that was measured elsewhere: by how much a measure gets worse, shape `[features, repeats]`.
  public init(featureNames: [String], importances: Matrix, baseline: Double, metric: String) {
    (self.featureNames, self.importances, self.baseline, self.metric) = (featureNames, importances, baseline, metric)
  }

  /// The mean over the repeats for each feature.
  public var means: [Double] { importances.mean(axis: 1).scalars }

  /// How much the repeats differ, for each feature. (scikit-learn: `importances_std`)
  public var standardDeviations: [Double] { importances.standardDeviation(axis: 1).scalars }

  /// Where each mean lies if the repeats are samples from a normal distribution; not a number for one repeat.
  /// - Parameter level: how sure to be, from 0 to 1.
  public func intervals(level: Double = 0.95) -> [(low: Double, high: Double)] {
    let repeats = importances.shape[1]
    let quantile = StudentTDistribution(degreesOfFreedom: Double(max(repeats - 1, 1))).quantile((1 + level) / 2)
    return featureNames.indices.map { feature in
      let row = importances.row(feature)
      let error = row.standardDeviation(degreesOfFreedom: 1) / Double(repeats).squareRoot()
      return (row.mean() - quantile * error, row.mean() + quantile * error)
    }
  }

  /// The features, the most important first.
  public var order: [Int] {
    let means = means
    return means.indices.sorted { (-means[$0], $0) < (-means[$1], $1) }
  }

  /// A row for each feature, the most important first: `feature`, `importance`, `standardDeviation`, and the ends `low`
  /// and `high` of the interval of 95%.
  public var frame: DataFrame {
    let (order, means, deviations, intervals) = (order, means, standardDeviations, intervals())
    return TableNames.frame([
      AnyColumn(Column("feature", order.map { featureNames[$0] })),
      AnyColumn(Column("importance", order.map { means[$0] })),
      AnyColumn(Column("standardDeviation", order.map { deviations[$0] })),
      AnyColumn(Column("low", order.map { intervals[$0].low })),
      AnyColumn(Column("high", order.map { intervals[$0].high })),
    ])
  }

  /// A bar for each feature, with a line for how much the repeats differ.
  /// - Parameter limit: how many features to show at most.
  /// - Throws: `ChartError` when there are no features.
  public func chart(limit: Int = 20) throws(ChartError) -> Chart {
    try Chart.featureImportance(featureNames, means, errors: standardDeviations, limit: limit)
      .xLabel("how much worse: \(metric)")
  }
}

extension MeasuredImportance: RichDisplayable, CustomStringConvertible {
  private var table: ModelTable {
    let (order, means, deviations) = (order, means, standardDeviations)
    let numbers = FrameNumberFormat.texts(order.flatMap { [means[$0], deviations[$0]] })
    return ModelTable(
      title: "Feature importance",
      facts: [
        "how much worse \(metric) gets without each; with all \(FrameNumberFormat.texts([baseline])[0]), "
          + "\(importances.shape[1]) repeats"
      ],
      header: ["feature", "importance", "± SD"],
      rows: order.enumerated().map { [featureNames[$1], numbers[2 * $0], numbers[2 * $0 + 1]] })
  }

  /// The features, the most important first.
  public var description: String { table.text }
  /// The features, the most important first, as text and as a table.
  public func displayBundle() -> DisplayBundle { table.displayBundle() }
}
