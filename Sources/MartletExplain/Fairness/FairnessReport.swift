import Foundation
import MartletDisplay
import MartletFrames
import MartletModels
import MartletNumerics
import MartletPlots

/// Whether a classifier treats groups of people alike, by the measures in common use.
///
///     let report = try FairnessReport(model, testRows, group: "sex", positive: true)
///     report.demographicParityDifference      // 0: all groups are chosen equally often
///     report.equalOpportunityDifference       // 0: those who deserve it are chosen equally often
///     report.interval(of: \.demographicParityDifference, seed: 0)
///
/// The measures cannot all be 0 at once unless the groups are alike or the model never errs; which of them matters is not
/// a question of mathematics.
///
/// References: Hardt, Price and Srebro (2016), Equality of opportunity in supervised learning; Chouldechova (2017), Fair
/// prediction with disparate impact.
public struct FairnessReport: Sendable, Equatable {
  /// The groups in ascending order of their names.
  public let groups: [String]
  /// What was counted for each group.
  public let counts: [GroupCounts]
  /// The group of each sample by its place, whether it is chosen and whether it should be: what intervals draw from.
  private let samples: [Sample]

  private struct Sample: Sendable, Equatable {
    let group: Int
    let isChosen, isPositive: Bool
  }

  /// - Parameters:
  ///   - predicted: what the model says.
  ///   - actual: what is true.
  ///   - groups: the group of each sample.
  ///   - positive: the class that people would like to be put in, or fear.
  /// - Throws: ``FitError`` of kind `shape` when the lists differ in length or are empty, `tooFewClasses` when there are
  ///   fewer than two groups.
  public init<Label: Hashable>(
    predicted: [Label], actual: [Label], groups: [some Hashable], positive: Label
  ) throws(FitError) {
    try GroupChecks.paired(["predicted": predicted.count, "actual": actual.count, "groups": groups.count])
    let members = GroupChecks.members(groups)
    guard members.count > 1 else {
      throw FitError(
        .tooFewClasses, expected: "at least two groups", found: "only \(members.first?.name ?? "none")",
        advice: "Give samples of every group that is to be compared.")
    }
    self.groups = members.map(\.name)
    var places = [Int](repeating: 0, count: groups.count)
    for (place, group) in members.enumerated() { for row in group.rows { places[row] = place } }
    samples = predicted.indices.map {
      Sample(group: places[$0], isChosen: predicted[$0] == positive, isPositive: actual[$0] == positive)
    }
    counts = Self.counts(samples, groups: members.count)
  }

  /// - Parameters:
  ///   - model: a classifier that was fitted to a table.
  ///   - frame: rows with the target and the group.
  ///   - group: the column that says which group a row is of; the model need not have seen it.
  ///   - positive: the class that people would like to be put in, or fear.
  /// - Throws: ``FitError``, of kind `table` when a column is absent or lacks values.
  public init<Base: Classifier>(
    _ model: TabularModel<Base>, _ frame: DataFrame, group: String, positive: Base.Label
  ) throws(FitError) where Base.Label: ColumnElement {
    let actual: [Base.Label] = try TableTarget.labels(frame, model.target)
    try self.init(
      predicted: try model.predict(frame), actual: actual, groups: try GroupColumn.names(frame, group),
      positive: positive)
  }

  private static func counts(_ samples: [Sample], groups: Int) -> [GroupCounts] {
    var counts = [GroupCounts](repeating: GroupCounts(), count: groups)
    for sample in samples { counts[sample.group].add(isChosen: sample.isChosen, isPositive: sample.isPositive) }
    return counts
  }

  private init(_ samples: [Sample], _ groups: [String]) {
    self.samples = samples
    self.groups = groups
    counts = Self.counts(samples, groups: groups.count)
  }

  /// The largest selection rate less the smallest.
  public var demographicParityDifference: Double { GroupChecks.difference(counts.map(\.selectionRate)) }
  /// The smallest selection rate over the largest. American agencies take less than 0.8 as a sign of discrimination (the
  /// rule of four fifths).
  public var demographicParityRatio: Double { GroupChecks.ratio(counts.map(\.selectionRate)) }
  /// The largest true positive rate less the smallest.
  public var equalOpportunityDifference: Double { GroupChecks.difference(counts.map(\.truePositiveRate)) }
  /// The larger of the differences of true positive rates and of false positive rates.
  public var equalizedOddsDifference: Double {
    max(equalOpportunityDifference, GroupChecks.difference(counts.map(\.falsePositiveRate)))
  }
  /// The largest precision less the smallest.
  public var predictiveParityDifference: Double { GroupChecks.difference(counts.map(\.precision)) }
  /// The largest accuracy less the smallest.
  public var accuracyDifference: Double { GroupChecks.difference(counts.map(\.accuracy)) }

  /// The selection rate of each group over that of a group that is said to be preferred.
  /// - Throws: ``FitError`` of kind `parameter` when there is no such group.
  public func disparateImpact(over preferred: String) throws(FitError) -> [String: Double] {
    guard let place = groups.firstIndex(of: preferred) else {
      throw FitError(
        .parameter, expected: "one of the groups \(groups.joined(separator: ", "))", found: "'\(preferred)'",
        advice: "Name a group.")
    }
    let others = groups.indices.filter { $0 != place }
    return Dictionary(
      uniqueKeysWithValues: others.map { (groups[$0], counts[$0].selectionRate / counts[place].selectionRate) })
  }

  /// Where a measure lies if people like these were drawn again: percentiles over samples drawn with replacement.
  ///
  /// A difference of groups is never below 0, so that the interval of one that is 0 in truth lies above it.
  /// - Parameters:
  ///   - measure: one of this report, as `\.demographicParityDifference`.
  ///   - level: how sure to be, from 0 to 1.
  ///   - samples: how often to draw; at least 2.
  ///   - seed: for the same draws every time; `nil` for others each time.
  /// - Throws: ``FitError`` of kind `parameter`.
  /// - Complexity: O(samples · rows).
  public func interval(
    of measure: KeyPath<FairnessReport, Double> & Sendable, level: Double = 0.95, samples: Int = 1000,
    seed: UInt64? = nil
  ) throws(FitError) -> MeasureInterval {
    try SampleChecks.parameter(samples > 1, "samples", "at least 2", samples)
    try SampleChecks.parameter(level > 0 && level < 1, "level", "between 0 and 1", level)
    let streams = PCG64.streams(seed: seed ?? Random.nextSeed(), count: samples)
    let progress = FitProgress.begin("draws", of: samples)
    let drawn = Parallel.mapRanges(samples, length: 1) { range in
      defer { progress?.advance() }
      var random = streams[range.lowerBound]
      let rows = self.samples.indices.map { _ in self.samples[random.integer(below: self.samples.count)] }
      return FairnessReport(rows, groups)[keyPath: measure]
    }.filter { !$0.isNaN }
    let ends = quantiles(drawn, [(1 - level) / 2, (1 + level) / 2])
    return MeasureInterval(low: ends[0], high: ends[1], level: level)
  }

  /// A row for each group: `group`, `count`, `selectionRate`, `truePositiveRate`, `falsePositiveRate`, `precision` and
  /// `accuracy`.
  public var frame: DataFrame {
    TableNames.frame(
      [AnyColumn(Column("group", groups)), AnyColumn(Column("count", counts.map(\.count)))]
        + Self.rates.map { column, _, rate in AnyColumn(Column(column, counts.map { $0[keyPath: rate] })) })
  }

  /// The columns, the names that people read, and the numbers.
  private static var rates: [(column: String, name: String, KeyPath<GroupCounts, Double>)] {
    [
      ("selectionRate", "selection rate", \.selectionRate),
      ("truePositiveRate", "true positive rate", \.truePositiveRate),
      ("falsePositiveRate", "false positive rate", \.falsePositiveRate), ("precision", "precision", \.precision),
      ("accuracy", "accuracy", \.accuracy),
    ]
  }

  /// Bars for each group side by side: how often it is chosen, rightly and wrongly.
  public func chart() -> Chart {
    let shown = Self.rates
    return Chart {
      BarMark(
        x: shown.flatMap { _, name, _ in groups.map { _ in name } },
        y: shown.flatMap { _, _, rate in counts.map { $0[keyPath: rate] } },
        color: PlotColumn(categories: shown.flatMap { _ in groups }, name: "group"), arrangement: .grouped)
    }.title("Rates by group").yLabel("rate").xLabel("")
  }
}

extension FairnessReport: RichDisplayable, CustomStringConvertible {
  private var table: ModelTable {
    let columns = Self.rates.map { _, _, rate in counts.map { RateFormat.text($0[keyPath: rate]) } }
    let measures = [
      demographicParityDifference, demographicParityRatio, equalOpportunityDifference, equalizedOddsDifference,
      predictiveParityDifference,
    ].map(RateFormat.text)
    return ModelTable(
      title: "Fairness",
      facts: [
        "demographic parity: difference \(measures[0]), ratio \(measures[1])",
        "equal opportunity: difference \(measures[2]); equalised odds: difference \(measures[3])",
        "predictive parity: difference \(measures[4])",
      ], header: ["group", "count"] + Self.rates.map(\.name),
      rows: groups.indices.map { row in [groups[row], "\(counts[row].count)"] + columns.map { $0[row] } })
  }

  /// The measures and a row for each group, for a terminal.
  public var description: String { table.text }
  /// The measures and a row for each group, as text and as a table.
  public func displayBundle() -> DisplayBundle { table.displayBundle() }
}

/// Where a measure lies if samples were drawn again.
public struct MeasureInterval: Sendable, Equatable, CustomStringConvertible {
  /// The ends.
  public let low, high: Double
  /// How sure it is, from 0 to 1.
  public let level: Double
  /// Such as `0.712 … 0.823 (95 %)`.
  public var description: String {
    "\(RateFormat.text(low)) … \(RateFormat.text(high)) (\((1_000 * level).rounded() / 10) %)".replacing(
      ".0 %", with: " %")
  }
}

/// How rates are shown: three digits behind the point, whole numbers without.
enum RateFormat {
  static func text(_ value: Double) -> String {
    if value.isNaN { return "nan" }
    return value == value.rounded() && abs(value) > 1 ? String(format: "%.0f", value) : String(format: "%.3f", value)
  }
}

/// How often a group's members are chosen, and how often rightly.
public struct GroupCounts: Sendable, Equatable {
  /// Those who are chosen and should be.
  public private(set) var truePositives = 0
  /// Those who are chosen and should not be.
  public private(set) var falsePositives = 0
  /// Those who are not chosen but should be.
  public private(set) var falseNegatives = 0
  /// Those who are not chosen and should not be.
  public private(set) var trueNegatives = 0

  init() {}

  mutating func add(isChosen: Bool, isPositive: Bool) {
    switch (isChosen, isPositive) {
    case (true, true): truePositives += 1
    case (true, false): falsePositives += 1
    case (false, true): falseNegatives += 1
    case (false, false): trueNegatives += 1
    }
  }

  /// How many members there are.
  public var count: Int { truePositives + falsePositives + falseNegatives + trueNegatives }
  /// The fraction that is chosen.
  public var selectionRate: Double { Self.ratio(truePositives + falsePositives, count) }
  /// The fraction of those who should be chosen that is; not a number where there are none.
  public var truePositiveRate: Double { Self.ratio(truePositives, truePositives + falseNegatives) }
  /// The fraction of those who should not be chosen that is; not a number where there are none.
  public var falsePositiveRate: Double { Self.ratio(falsePositives, falsePositives + trueNegatives) }
  /// The fraction of the chosen who should be; not a number where nobody is chosen.
  public var precision: Double { Self.ratio(truePositives, truePositives + falsePositives) }
  /// The fraction that is judged rightly.
  public var accuracy: Double { Self.ratio(truePositives + trueNegatives, count) }

  private static func ratio(_ part: Int, _ whole: Int) -> Double { whole > 0 ? Double(part) / Double(whole) : .nan }
}

/// The groups of a table's rows.
enum GroupColumn {
  static func names(_ frame: DataFrame, _ name: String) throws(FitError) -> [String] {
    let column = try SampleChecks.table { () throws(FrameError) in try frame.column(name) }
    return column.texts().map { $0 ?? "missing" }
  }
}
