import MartletNumerics

extension DataFrame {
  /// How often each value of a column occurs, the most frequent first, of equally frequent ones the smaller first;
  /// missing values are not counted.
  ///
  ///     try iris.valueCounts(of: "species")      // columns "species" and "count"
  /// - Throws: ``FrameError`` of kind `unknownColumn`, or `duplicateColumn` for a column that is named "count".
  public func valueCounts(of name: String) throws(FrameError) -> DataFrame {
    let present = try select(name).droppingMissing()
    return try GroupedFrame(present, by: [name]).aggregate(.count()).sorted(by: "count", .descending)
  }

  /// The columns of numbers in numbers: how many, mean, spread, extremes and quartiles, a row for each column.
  ///
  ///     iris.describe()
  ///
  /// The standard deviation has `n - 1` as divisor; quartiles are interpolated. Other columns are left out; see
  /// ``summary()``.
  public func describe() -> DataFrame {
    let numeric = columns.filter(\.isNumeric)
    // Numeric columns give numbers; the error is for text.
    let present = numeric.map { (try? $0.presentDoubles()) ?? [] }
    let quartiles = present.map { $0.isEmpty ? [] : MartletNumerics.quantiles($0, [0, 0.25, 0.5, 0.75, 1]) }
    func statistic(_ name: String, _ work: (Int) -> Double) -> AnyColumn {
      AnyColumn(Column(name, present.indices.map { present[$0].isEmpty ? nil : work($0) }))
    }
    let columns = [
      AnyColumn(Column("column", numeric.map(\.name))),
      AnyColumn(Column("count", present.map(\.count))),
      AnyColumn(Column("missing", numeric.map(\.missingCount))),
      statistic("mean") { MartletNumerics.mean(present[$0]) },
      AnyColumn(
        Column(
          "standardDeviation",
          present.map { $0.count < 2 ? nil : MartletNumerics.standardDeviation($0, degreesOfFreedom: 1) })),
      statistic("min") { quartiles[$0][0] },
      statistic("25%") { quartiles[$0][1] },
      statistic("50%") { quartiles[$0][2] },
      statistic("75%") { quartiles[$0][3] },
      statistic("max") { quartiles[$0][4] },
    ]
    return DataFrame(fitting: columns, rowCount: numeric.count)
  }

  /// Every column in short: its type, how many values are missing and how many are different, the smallest, the largest
  /// and the most frequent value. A row for each column.
  ///
  ///     titanic.summary()
  public func summary() -> DataFrame {
    let facts = columns.map { ColumnFacts($0) }
    let columns = [
      AnyColumn(Column("column", columnNames)), AnyColumn(Column("type", columns.map { "\($0.type)" })),
      AnyColumn(Column("missing", columns.map(\.missingCount))), AnyColumn(Column("distinct", facts.map(\.distinct))),
      AnyColumn(Column("min", facts.map(\.least))), AnyColumn(Column("max", facts.map(\.largest))),
      AnyColumn(Column("mostFrequent", facts.map(\.mostFrequent))),
      AnyColumn(Column("frequency", facts.map(\.frequency))),
    ]
    return DataFrame(fitting: columns, rowCount: facts.count)
  }

  /// The correlation of every two columns of numbers: 1 on a rising line, −1 on a falling one. (pandas: `corr`)
  ///
  ///     try iris.correlations()
  ///
  /// Pairs in which a value is missing are left out, for each two columns apart.
  /// - Throws: ``FrameError`` of kind `duplicateColumn` for a column that is named "column".
  public func correlations() throws(FrameError) -> DataFrame {
    let numeric = columns.filter(\.isNumeric)
    let values = numeric.map { (try? $0.doubleValues()) ?? [] }
    var result = [AnyColumn(Column("column", numeric.map(\.name)))]
    for second in numeric.indices {
      let found = numeric.indices.map { first -> Double in
        let rows = (0..<rowCount).filter { numeric[first].isPresent($0) && numeric[second].isPresent($0) }
        return MartletNumerics.correlation(rows.map { values[first][$0] }, rows.map { values[second][$0] })
      }
      result.append(AnyColumn(Column(numeric[second].name, found)))
    }
    return try DataFrame(result)
  }
}

/// What a summary says of one column, as texts.
private struct ColumnFacts {
  let distinct: Int
  let least, largest, mostFrequent: String?
  let frequency: Int?

  init(_ column: AnyColumn) {
    let groups = RowGroups(by: [column], rowCount: column.count)
    let present = (0..<groups.count).filter { column.isPresent(Int(groups.firstRows[$0])) }
    let sizes = groups.sizes()
    let mode = present.max { sizes[$0] < sizes[$1] || (sizes[$0] == sizes[$1] && $0 > $1) }
    func text(_ group: Int?) -> String? {
      group.flatMap { column.taking(RowIndex([groups.firstRows[$0]])).texts()[0] }
    }
    distinct = present.count
    least = text(present.first)
    largest = text(present.last)
    mostFrequent = text(mode)
    frequency = mode.map { sizes[$0] }
  }
}
