/// A frame's rows in groups of equal values.
///
///     let species = try iris.grouped(by: "species")
///     species.count                                             // 3
///     try species.aggregate(.count(), .mean("petalLength"))     // a row for each
///     species.frames[0].rowCount                                // 50
///
/// Groups are in ascending order of their keys, a missing key last.
public struct GroupedFrame: Sendable {
  private let frame: DataFrame
  /// The key of each group.
  private let keyValues: [AnyColumn]
  private let groups: RowGroups

  init(_ frame: DataFrame, by names: [String]) throws(FrameError) {
    self.init(frame, keys: try frame.select(names).columns)
  }

  init(_ frame: DataFrame, keys: [AnyColumn]) {
    let groups = RowGroups(by: keys, rowCount: frame.rowCount)
    let firsts = RowIndex(groups.firstRows)
    self.init(frame, groups: groups, keyValues: keys.map { $0.taking(firsts) })
  }

  init(_ frame: DataFrame, groups: RowGroups, keyValues: [AnyColumn]) {
    self.frame = frame
    self.groups = groups
    self.keyValues = keyValues
  }

  /// The number of groups.
  public var count: Int { groups.count }

  /// A frame with a row for each group: its keys, then what was worked out.
  ///
  ///     try iris.grouped(by: "species").aggregate(.count(), .mean("petalLength"))
  /// - Throws: ``FrameError`` of kind `unknownColumn`, `type`, `duplicateColumn` or `arithmetic`.
  /// - Complexity: O(n) for each aggregation, plus O(k log k) to put k groups in order.
  public func aggregate(_ aggregations: Aggregation...) throws(FrameError) -> DataFrame {
    try aggregate(aggregations)
  }

  /// A frame with a row for each group: its keys, then what was worked out.
  public func aggregate(_ aggregations: [Aggregation]) throws(FrameError) -> DataFrame {
    let rows = GroupedRows(groups)
    var columns = keyValues
    for aggregation in aggregations { columns.append(try aggregation.evaluate(frame, rows)) }
    return try DataFrame(columns)
  }

  /// The groups as frames of their own, in order.
  public var frames: [DataFrame] {
    let (rows, starts) = groups.arranged()
    return (0..<count).map { frame.taking(RowIndex(Array(rows[starts[$0]..<starts[$0 + 1]]))) }
  }

  /// A frame made by a function for each group, all of them one below the other.
  ///
  ///     try orders.grouped(by: "customer").combining { try $0.sorted(by: "price", .descending).head(2) }
  /// - Throws: ``FrameError`` when the results differ in their columns, and what `body` throws.
  public func combining(_ body: (DataFrame) throws -> DataFrame) throws -> DataFrame {
    try DataFrame.concatenating(try frames.map(body))
  }
}

extension DataFrame {
  /// The rows in groups that agree in the named columns.
  /// - Throws: ``FrameError`` of kind `unknownColumn` or `duplicateColumn`.
  public func grouped(by names: String...) throws(FrameError) -> GroupedFrame { try GroupedFrame(self, by: names) }

  /// The rows in groups that agree in the named columns.
  public func grouped(by names: [String]) throws(FrameError) -> GroupedFrame { try GroupedFrame(self, by: names) }

  /// The whole frame as one group: a single row of what was worked out.
  ///
  ///     try orders.aggregate(.sum("price"), .max("date"))
  /// - Throws: ``FrameError``.
  public func aggregate(_ aggregations: Aggregation...) throws(FrameError) -> DataFrame {
    let one = RowGroups(wholeOf: rowCount)
    let rows = GroupedRows(one)
    var columns: [AnyColumn] = []
    for aggregation in aggregations { columns.append(try aggregation.evaluate(self, rows)) }
    return try DataFrame(columns)
  }
}
