import Foundation
import MartletDisplay
import MartletFrames
import MartletModels
import MartletPlots

extension RunStore {
  /// Runs side by side: what was chosen, and how it went.
  ///
  ///     try store.compare("titanic")
  /// - Parameters:
  ///   - experiment: what the runs belong to.
  ///   - filters: what they must be like; without any, runs that are parts of others are left out.
  /// - Throws: ``RunStoreError`` of kind `run` when there are none.
  public func compare(_ experiment: String, _ filters: RunFilter...) throws(RunStoreError) -> RunComparison {
    let records = try records(experiment, filters.isEmpty ? [.topLevel] : filters)
    guard !records.isEmpty else {
      let known = try experiments.joined(separator: ", ")
      throw RunStoreError(
        .run, "There is no such run in '\(experiment)'. The experiments are: \(known.isEmpty ? "none yet" : known).")
    }
    return try RunComparison(records, RunReader(database))
  }

  /// These runs side by side.
  /// - Throws: ``RunStoreError`` of kind `run` when one is not there.
  public func compare(runs ids: [Int]) throws(RunStoreError) -> RunComparison {
    try RunComparison(try ids.map { id throws(RunStoreError) in try record(id) }, RunReader(database))
  }
}

/// Runs side by side. It shows itself as a table and charts: curves of what was logged with steps, and parallel coordinates
/// of parameters and metrics where there are three runs or more.
public struct RunComparison: Sendable {
  /// The runs.
  public let runs: [RunRecord]
  /// The values of each metric over the steps, for each run.
  let curves: [String: [(label: String, steps: [Int], values: [Double])]]
  /// The metrics' names.
  public let metrics: [String]
  private let labels: [String]

  init(_ records: [RunRecord], _ reader: RunReader) throws(RunStoreError) {
    runs = records
    // Runs of the same name are told apart by their numbers.
    let counts = Dictionary(grouping: records, by: \.label)
    labels = records.map { (counts[$0.label]?.count ?? 1) > 1 ? "\($0.label) (\($0.id))" : $0.label }
    metrics = RunRecord.names(records.map { $0.metrics.map(\.name) })
    var curves: [String: [(label: String, steps: [Int], values: [Double])]] = [:]
    for (record, label) in zip(records, labels) {
      for metric in record.metrics {
        let table = RunTable(frame: try reader.history(of: record.id, metric.name), path: "")
        let steps = try table.ints("step").map { $0 ?? 0 }
        let values = try table.numbers("value").map { $0 ?? .nan }
        curves[metric.name, default: []].append((label, steps, values))
      }
    }
    self.curves = curves
  }

  /// A row for each run: `run`, then the parameters and the last values of the metrics, under their own names where none is
  /// there twice. Metrics of single folds are left to ``chart(_:)``.
  public var frame: DataFrame {
    var columns = [AnyColumn(Column("run", labels))]
    for name in RunRecord.names(runs.map { $0.parameters.map(\.name) }) {
      columns.append(RunValue.column(TableNames.distinct(name, columns), runs.map { $0.value(name) }))
    }
    for name in metrics where !name.hasSuffix(RunNames.ofFolds) {
      columns.append(AnyColumn(Column(TableNames.distinct(name, columns), runs.map { $0.metric(name) })))
    }
    return TableNames.frame(columns)
  }

  /// A metric over the steps, a line for each run; where all runs have one value, a bar for each.
  /// - Throws: ``RunStoreError`` of kind `value` when no run has logged it.
  public func chart(_ metric: String) throws(RunStoreError) -> Chart {
    guard let curves = curves[metric] else {
      throw RunStoreError(
        .value, "No run has logged '\(metric)'. There are \(metrics.joined(separator: ", ")).")
    }
    guard curves.contains(where: { $0.steps.count > 1 }) else {
      return Chart { BarMark(x: curves.map(\.label), y: curves.map { $0.values[0] }) }.title(metric).xLabel("run")
        .yLabel(metric)
    }
    let names = curves.flatMap { curve in Array(repeating: curve.label, count: curve.steps.count) }
    let (steps, values) = (curves.flatMap(\.steps), curves.flatMap(\.values))
    return Chart {
      LineMark(x: steps, y: values, color: names)
      // A line of one point would not be seen.
      if steps.count <= 200 { PointMark(x: steps, y: values, color: names, size: 4) }
    }.title(metric).xLabel("step").yLabel(metric).colorLabel("run")
  }

  /// An axis for each parameter and metric of numbers, a line for each run.
  /// - Parameter metric: what the lines are coloured by; `nil` for the first metric.
  /// - Throws: ``RunStoreError`` of kind `value` when there are not two such columns.
  public func parallelCoordinates(by metric: String? = nil) throws(RunStoreError) -> Chart {
    let frame = frame
    let columns = frame.columns.filter { $0.isNumeric && $0.missingCount == 0 }.map(\.name)
    guard columns.count > 1 else {
      throw RunStoreError(.value, "Parallel coordinates need two parameters or metrics of numbers that all runs have.")
    }
    do {
      return try Chart.parallelCoordinates(
        frame, columns: Array(columns.prefix(30)), color: metric ?? metrics.first { columns.contains($0) })
    } catch { throw RunStoreError(.value, error.description) }
  }
}
