import MartletNumerics

/// A frame's rows in groups of equal values.
public struct GroupedFrame: Sendable {
  private let frame: DataFrame
  private let keys: [String]
  /// The rows of each group; groups are in ascending order of their keys, a missing key last.
  private let groups: [[Int]]

  init(_ frame: DataFrame, by keys: [String]) throws(FrameError) {
    self.frame = frame
    self.keys = keys
    let columns = try frame.select(keys).columns
    var places: [[AnyHashable?]: Int] = [:]
    var groups: [[Int]] = []
    for row in 0..<frame.rowCount {
      let key = columns.map { $0.withColumn { $0.key(row) } }
      let place = places[key] ?? groups.count
      if place == groups.count {
        places[key] = place
        groups.append([])
      }
      groups[place].append(row)
    }
    self.groups = groups.sorted { Self.isOrdered($0[0], $1[0], columns) }
  }

  private static func isOrdered(_ a: Int, _ b: Int, _ columns: [AnyColumn]) -> Bool {
    for column in columns {
      let missing = column.withColumn { ($0.isMissing(a), $0.isMissing(b)) }
      if missing.0 != missing.1 { return missing.1 }
      if !missing.0, let isOrdered = column.isOrdered(a, b) { return isOrdered }
    }
    return false
  }

  /// The number of groups.
  public var count: Int { groups.count }

  /// A frame with a row for each group: its keys, then what was worked out.
  ///
  ///     try iris.grouped(by: "species").aggregate(.count(), .mean("petalLength"))
  /// - Throws: ``FrameError`` of kind `unknownColumn`, `type` or `duplicateColumn`.
  public func aggregate(_ aggregations: Aggregation...) throws(FrameError) -> DataFrame {
    var columns = try frame.select(keys).columns.map { $0.rows(groups.map { $0[0] }) }
    for aggregation in aggregations { columns.append(try aggregation.evaluate(frame, groups)) }
    return try DataFrame(columns)
  }

  /// The groups as frames of their own, in order.
  public var frames: [DataFrame] { groups.map { frame[rows: $0] } }
}

extension DataFrame {
  /// The rows in groups that agree in the named columns.
  /// - Throws: ``FrameError`` of kind `unknownColumn` or `duplicateColumn`.
  public func grouped(by names: String...) throws(FrameError) -> GroupedFrame { try GroupedFrame(self, by: names) }

  /// How often each value of a column occurs, the most frequent first; missing values are not counted.
  ///
  ///     try iris.valueCounts(of: "species")      // columns "species" and "count"
  /// - Throws: ``FrameError`` of kind `unknownColumn`, or `duplicateColumn` for a column that is named "count".
  public func valueCounts(of name: String) throws(FrameError) -> DataFrame {
    let present = try droppingMissing(name)
    return try GroupedFrame(present, by: [name]).aggregate(.count()).sorted(by: "count", .descending)
  }

  /// The columns of numbers in numbers: how many, mean, spread, extremes and quartiles, a row for each column.
  ///
  ///     iris.describe()
  ///
  /// The standard deviation has `n - 1` as divisor; quartiles are interpolated. Text columns are left out.
  public func describe() -> DataFrame {
    let numeric = columns.filter(\.isNumeric)
    let present = numeric.map { column in
      // Numeric columns give numbers; the error is for text.
      ((try? column.numbers()) ?? []).compactMap { $0 }
    }
    func statistic(_ name: String, _ work: ([Double]) -> Double) -> AnyColumn {
      AnyColumn(Column(name, present.map { $0.isEmpty ? nil : work($0) }))
    }
    let columns = [
      AnyColumn(Column("column", numeric.map(\.name))),
      AnyColumn(Column("count", present.map(\.count))),
      AnyColumn(Column("missing", numeric.map(\.missingCount))),
      statistic("mean", { MartletNumerics.mean($0) }),
      AnyColumn(
        Column(
          "standardDeviation",
          present.map { $0.count < 2 ? nil : MartletNumerics.standardDeviation($0, degreesOfFreedom: 1) })),
      statistic("min", { $0.min() ?? .nan }),
      statistic("25%", { MartletNumerics.quantile($0, 0.25) }),
      statistic("50%", { MartletNumerics.quantile($0, 0.5) }),
      statistic("75%", { MartletNumerics.quantile($0, 0.75) }),
      statistic("max", { $0.max() ?? .nan }),
    ]
    return DataFrame(fitting: columns, rowCount: numeric.count)
  }
}
