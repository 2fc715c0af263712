/// What a search asks of a run.
///
///     try store.search("titanic", .metric("accuracy", 0.8...), .parameter("criterion", "gini"))
///
/// All filters of a search must hold. What they do not say, a frame's own filter can: ``RunStore/search(_:_:)`` gives one.
public struct RunFilter: Sendable {
  let holds: @Sendable (RunRecord) -> Bool

  /// The metric was logged, and its last value is in the range.
  public static func metric(_ name: String, _ range: some RangeExpression<Double> & Sendable) -> RunFilter {
    RunFilter { run in run.metric(name).map { range.contains($0) } ?? false }
  }

  /// The parameter was logged as a number of the range.
  public static func parameter(_ name: String, _ range: some RangeExpression<Double> & Sendable) -> RunFilter {
    RunFilter { run in run.value(name)?.number.map { range.contains($0) } ?? false }
  }

  /// The parameter has this value; a whole number equals the same one with a fraction of 0.
  public static func parameter(_ name: String, _ value: Int) -> RunFilter { equal(name, .int(value)) }
  /// The parameter has this value.
  public static func parameter(_ name: String, _ value: Double) -> RunFilter { equal(name, .double(value)) }
  /// The parameter has this value.
  public static func parameter(_ name: String, _ value: Bool) -> RunFilter { equal(name, .bool(value)) }
  /// The parameter has this text.
  public static func parameter(_ name: String, _ value: String) -> RunFilter { equal(name, .text(value)) }

  private static func equal(_ name: String, _ wanted: RunValue) -> RunFilter {
    RunFilter { run in
      guard let found = run.value(name) else { return false }
      return found == wanted || (found.number != nil && found.number == wanted.number)
    }
  }

  /// The tag has this value.
  public static func tag(_ name: String, _ value: String) -> RunFilter { RunFilter { $0.tag(name) == value } }
  /// The run stands like this.
  public static func status(_ status: RunRecord.Status) -> RunFilter { RunFilter { $0.status == status } }
  /// The run has this name.
  public static func name(_ name: String) -> RunFilter { RunFilter { $0.name == name } }
  /// The run is a part of this one.
  public static func parent(_ id: Int) -> RunFilter { RunFilter { $0.parent == id } }
  /// The run is no part of another.
  public static let topLevel = RunFilter { $0.parent == nil }
}
