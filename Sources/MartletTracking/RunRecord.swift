import Foundation
import MartletFrames
import MartletModels

/// What is known of a run.
public struct RunRecord: Sendable {
  /// How a run stands.
  public enum Status: String, Sendable {
    /// It has not ended; or it was left without an end, as by an interrupt.
    case running
    /// It has ended well.
    case finished
    /// It has ended with an error.
    case failed
  }

  /// A number with a name, as it was last.
  public struct Metric: Sendable {
    /// The name.
    public let name: String
    /// The value at the highest step; of several there, the last.
    public let value: Double
  }

  /// Its number in the store, from 1.
  public let id: Int
  /// What it belongs to.
  public let experiment: String
  /// Its own name, if it has one.
  public let name: String?
  /// The run that it is a part of.
  public let parent: Int?
  /// How it stands.
  public let status: Status
  /// When it began.
  public let started: Date
  /// How many seconds it took; `nil` before its end.
  public let seconds: Double?
  /// Why it failed.
  public let problem: String?
  let parameters: [(name: String, value: RunValue)]
  /// The last value of each metric, by name.
  public let metrics: [Metric]
  /// The tags, by name.
  public let tags: [(name: String, value: String)]

  /// The name, or the number of a run without one.
  public var label: String { name ?? "run \(id)" }

  /// The last value of a metric; `nil` when it was not logged.
  public func metric(_ name: String) -> Double? { metrics.first { $0.name == name }?.value }

  /// A parameter as text; `nil` when it was not logged.
  public func parameter(_ name: String) -> String? { value(name)?.text }

  /// A tag; `nil` when it was not set.
  public func tag(_ name: String) -> String? { tags.first { $0.name == name }?.value }

  func value(_ parameter: String) -> RunValue? { parameters.first { $0.name == parameter }?.value }
}

extension RunRecord {
  /// A row for each run: `run`, `experiment`, `name`, `parent`, `status`, `started`, `seconds`, then a column for every
  /// `parameters.…`, `metrics.…` and `tags.…` that any of them has.
  static func frame(_ records: [RunRecord]) -> DataFrame {
    var columns = [
      AnyColumn(Column("run", records.map(\.id))), AnyColumn(Column("experiment", records.map(\.experiment))),
      AnyColumn(Column("name", records.map(\.name))), AnyColumn(Column("parent", records.map(\.parent))),
      AnyColumn(Column("status", records.map(\.status.rawValue))), AnyColumn(Column("started", records.map(\.started))),
      AnyColumn(Column("seconds", records.map(\.seconds))),
    ]
    columns += names(records.map { $0.parameters.map(\.name) }).map { name in
      RunValue.column("parameters.\(name)", records.map { $0.value(name) })
    }
    columns += names(records.map { $0.metrics.map(\.name) }).map { name in
      AnyColumn(Column("metrics.\(name)", records.map { $0.metric(name) }))
    }
    columns += names(records.map { $0.tags.map(\.name) }).map { name in
      AnyColumn(Column("tags.\(name)", records.map { $0.tag(name) }))
    }
    return TableNames.frame(columns)
  }

  /// All names, in the order in which runs have them first.
  static func names(_ lists: [[String]]) -> [String] {
    var seen = Set<String>()
    return lists.flatMap { $0 }.filter { seen.insert($0).inserted }
  }
}
