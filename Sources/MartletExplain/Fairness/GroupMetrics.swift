import Foundation
import MartletDisplay
import MartletFrames
import MartletModels
import MartletNumerics
import MartletPlots

/// Any measures of a model's predictions, for each group of people and for all of them.
///
///     let metrics = try GroupMetrics(
///       predicted: predicted, actual: actual, groups: sexes, [.accuracy, .selectionRate(true), .count])
///     metrics.frame                           // a row for each group
///     try metrics.difference("accuracy")      // the largest less the smallest
///
/// Groups of several attributes at once are groups like others: join their names.
///
/// Reference: Bird and others (2020), Fairlearn: a toolkit for assessing and improving fairness in AI.
public struct GroupMetrics: Sendable, Equatable {
  /// The groups in ascending order of their names.
  public let groups: [String]
  /// What was measured.
  public let metrics: [String]
  /// The values, shape `[groups, metrics]`; not a number where a group has nothing to measure.
  public let values: Matrix
  /// The values for all samples together, one for each metric.
  public let overall: [Double]

  /// - Parameters:
  ///   - predicted: what the model says.
  ///   - actual: what is true.
  ///   - groups: the group of each sample; text, or anything that has a name.
  ///   - metrics: what to measure, with different names.
  /// - Throws: ``FitError`` of kind `shape` when the lists differ in length or are empty, `parameter` when metrics share
  ///   a name.
  /// - Complexity: O(samples) for each metric.
  public init<Label>(
    predicted: [Label], actual: [Label], groups: [some Hashable], _ metrics: [GroupMetric<Label>]
  ) throws(FitError) {
    try GroupChecks.paired(["predicted": predicted.count, "actual": actual.count, "groups": groups.count])
    let names = metrics.map(\.name)
    try SampleChecks.parameter(
      !names.isEmpty && Set(names).count == names.count, "metrics", "at least one, with different names", names)
    let members = GroupChecks.members(groups)
    self.groups = members.map(\.name)
    self.metrics = names
    values = Matrix(
      members.flatMap { group in
        let (own, truth) = (group.rows.map { predicted[$0] }, group.rows.map { actual[$0] })
        return metrics.map { $0.measure(own, truth) }
      }, shape: [members.count, metrics.count])
    overall = metrics.map { $0.measure(predicted, actual) }
  }

  /// The values of a metric, group by group.
  /// - Throws: ``FitError`` of kind `parameter` when it was not measured.
  public func values(_ metric: String) throws(FitError) -> [Double] {
    guard let column = metrics.firstIndex(of: metric) else {
      throw FitError(
        .parameter, expected: "one of the metrics \(metrics.joined(separator: ", "))", found: "'\(metric)'",
        advice: "Name a metric that was measured.")
    }
    return values.column(column).scalars
  }

  /// The largest value of a metric less the smallest, over groups that have one.
  /// - Throws: ``FitError`` of kind `parameter` when it was not measured.
  public func difference(_ metric: String) throws(FitError) -> Double { GroupChecks.difference(try values(metric)) }

  /// The smallest value of a metric over the largest, over groups that have one; not a number where all are 0.
  /// - Throws: ``FitError`` of kind `parameter` when it was not measured.
  public func ratio(_ metric: String) throws(FitError) -> Double { GroupChecks.ratio(try values(metric)) }

  /// A row for each group: `group`, and a column for each metric.
  public var frame: DataFrame {
    var columns = [AnyColumn(Column("group", groups))]
    for (place, name) in metrics.enumerated() {
      columns.append(AnyColumn(Column(TableNames.distinct(name, columns), values.column(place).scalars)))
    }
    return TableNames.frame(columns)
  }

  /// A bar for each group, and a line where all of them together are.
  /// - Throws: ``FitError`` of kind `parameter` when the metric was not measured.
  public func chart(_ metric: String) throws(FitError) -> Chart {
    let values = try values(metric)
    let all = metrics.firstIndex(of: metric).map { overall[$0] } ?? .nan
    return Chart {
      BarMark(x: groups, y: values)
      RuleMark(y: all, label: "all").dashed().color(.gray)
    }.title("\(metric) by group").yLabel(metric)
  }
}

extension GroupMetrics: RichDisplayable, CustomStringConvertible {
  private var table: ModelTable {
    // Counts are whole in every row; rates have three digits.
    let columns = metrics.indices.map { place in
      let column = values.column(place).scalars + [overall[place]]
      let isCount = column.allSatisfy { $0.isNaN || $0 == $0.rounded() } && column.contains { $0 > 1 }
      return column.map { isCount && !$0.isNaN ? String(format: "%.0f", $0) : RateFormat.text($0) }
    }
    let rows = (groups + ["all"]).enumerated().map { row, name in [name] + columns.map { $0[row] } }
    return ModelTable(title: "Metrics by group", facts: [], header: ["group"] + metrics, rows: rows)
  }

  /// A row for each group, for a terminal.
  public var description: String { table.text }
  /// A row for each group, as text and as a table.
  public func displayBundle() -> DisplayBundle { table.displayBundle() }
}

/// What measures of groups have in common.
enum GroupChecks {
  static func paired(_ lists: KeyValuePairs<String, Int>) throws(FitError) {
    guard let first = lists.first?.value, first > 0, lists.allSatisfy({ $0.value == first }) else {
      throw FitError(
        .shape, expected: "as many values in each list, at least one",
        found: lists.map { "\($0.value) \($0.key)" }.joined(separator: ", "), advice: "Cut them from the same rows.")
    }
  }

  /// The samples of each group, in ascending order of the groups' names.
  static func members(_ groups: [some Hashable]) -> [(name: String, rows: [Int])] {
    Dictionary(grouping: groups.indices) { "\(groups[$0])" }.map { ($0.key, $0.value) }.sorted { $0.name < $1.name }
  }

  static func difference(_ values: [Double]) -> Double {
    let known = values.filter { !$0.isNaN }
    guard let low = known.min(), let high = known.max() else { return .nan }
    return high - low
  }

  static func ratio(_ values: [Double]) -> Double {
    let known = values.filter { !$0.isNaN }
    guard let low = known.min(), let high = known.max() else { return .nan }
    return low / high
  }
}
