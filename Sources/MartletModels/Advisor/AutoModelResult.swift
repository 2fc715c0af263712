import MartletDisplay
import MartletFrames
import MartletNumerics

/// One candidate of an ``AutoModel`` and how it validated.
public struct AutoModelTrial: Sendable, Equatable {
  /// The kind of method.
  public let family: String
  /// What was chosen, as `name: value`; empty for the method as it comes.
  public let settings: [String]
  /// The score of each fold; empty where it could not learn.
  public let scores: [Double]
  /// By what trials are compared; larger is better.
  let merit: Double
  /// Why it could not learn.
  public let problem: String?

  /// The mean of the folds' scores; not a number where it could not learn.
  public var meanScore: Double { scores.isEmpty ? .nan : mean(scores) }
}

/// What an ``AutoModel`` has found: the best candidate, fitted to all rows, and how all have validated.
public struct AutoModelResult<Model: Predictor>: Sendable where Model.Features == DataFrame {
  /// The trials in their order; the first is the baseline.
  public let trials: [AutoModelTrial]
  /// What was measured.
  public let metric: String
  /// The best candidate, fitted to all rows.
  public let model: TabularModel<Model>
  private let families: [String]

  init(trials: [AutoModelTrial], metric: String, families: [String], model: TabularModel<Model>) {
    (self.trials, self.metric, self.families, self.model) = (trials, metric, families, model)
  }

  private var ranked: [AutoModelTrial] {
    trials.indices.sorted { (-trials[$0].merit, $0) < (-trials[$1].merit, $1) }.map { trials[$0] }
  }

  /// The best trial; its score flatters a little, since it was chosen by it.
  public var best: AutoModelTrial { ranked[0] }
  /// What looks at no feature, and everything has to beat.
  public var baseline: AutoModelTrial { trials[0] }

  /// A row for each trial, the best first: `family`, `settings`, the mean of the measure over the folds, `deviation` of the
  /// folds, and `problem` where it could not learn.
  public var leaderboard: DataFrame {
    let ranked = ranked
    var columns = [
      AnyColumn(Column("family", ranked.map(\.family))),
      AnyColumn(Column("settings", ranked.map { $0.settings.joined(separator: ", ") })),
    ]
    columns.append(AnyColumn(Column(TableNames.distinct(metric, columns), ranked.map(\.meanScore))))
    let deviations = ranked.map {
      $0.scores.count > 1 ? standardDeviation($0.scores, degreesOfFreedom: 1) : Double.nan
    }
    columns.append(AnyColumn(Column(TableNames.distinct("deviation", columns), deviations)))
    columns.append(AnyColumn(Column(TableNames.distinct("problem", columns), ranked.map { $0.problem ?? "" })))
    return TableNames.frame(columns)
  }
}

extension AutoModelResult: CustomStringConvertible, RichDisplayable {
  private var table: ModelTable {
    let (ranked, tried) = (ranked, Dictionary(grouping: trials, by: \.family).mapValues(\.count))
    let leaders = families.compactMap { family in ranked.first { $0.family == family } }
      .sorted { $0.merit > $1.merit }
    let rows = leaders.map { leader in
      let settings =
        leader.problem ?? (leader.settings.isEmpty ? "as it comes" : leader.settings.joined(separator: ", "))
      return [
        leader.family, leader.scores.isEmpty ? "" : FixedDigits.text(leader.meanScore, 4),
        "\(tried[leader.family] ?? 0)",
        settings,
      ]
    }
    return ModelTable(
      title: "The best of \(trials.count) trials: \(best.family)",
      facts: [
        "\(metric) \(FixedDigits.text(best.meanScore, 4)), baseline \(FixedDigits.text(baseline.meanScore, 4)); "
          + "\(model.target) from \(model.features.count) columns, \(best.scores.count) folds"
      ], header: ["best of its family", metric, "trials", "settings"], rows: rows)
  }

  /// The best of each family, and how often it was tried.
  public var description: String { table.text }
  /// The same as a table.
  public func displayBundle() -> DisplayBundle { table.displayBundle() }
}
