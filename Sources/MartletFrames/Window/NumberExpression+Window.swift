extension NumberExpression {
  /// The value of the row so many places before; missing at the start. Negative numbers look ahead.
  ///
  ///     col("price") - col("price").shifted()
  public func shifted(_ count: Int = 1) -> NumberExpression {
    mapping("shifted") { column, context throws(FrameError) in column.shifted(count, context) }
  }

  /// How much the value is above that of the row so many places before.
  public func difference(_ count: Int = 1) -> NumberExpression { self - shifted(count) }

  /// By which fraction the value is above that of the row so many places before: 0.1 for ten per cent.
  public func relativeChange(_ count: Int = 1) -> NumberExpression { self / shifted(count) - 1.0 }

  /// The sum of all values up to this row; missing ones stay missing and are left out of later sums.
  public func cumulativeSum() -> NumberExpression {
    mapping("cumulative sum") { column, context throws(FrameError) in
      if case .int(let ints) = column.widened.content {
        let (sums, overflowed) = Cumulative.run(ints.storage.values, 0, column.validity, context) {
          $0.addingReportingOverflow($1)
        }
        if let row = overflowed { throw .overflow("The cumulative sum in row \(row)") }
        return .ints("", sums, column.validity)
      }
      let (sums, _) = Cumulative.run(try column.doubleValues(), 0, column.validity, context) { ($0 + $1, false) }
      return .doubles("", sums, column.validity)
    }
  }

  /// The largest value up to this row.
  public func cumulativeMax() -> NumberExpression {
    mapping("cumulative max") { column, context throws(FrameError) in
      let (largest, _) = Cumulative.run(try column.doubleValues(), -.infinity, column.validity, context) {
        (Swift.max($0, $1), false)
      }
      return column.restoringType(largest)
    }
  }

  /// The smallest value up to this row.
  public func cumulativeMin() -> NumberExpression {
    mapping("cumulative min") { column, context throws(FrameError) in
      let (smallest, _) = Cumulative.run(try column.doubleValues(), .infinity, column.validity, context) {
        (Swift.min($0, $1), false)
      }
      return column.restoringType(smallest)
    }
  }

  /// The place in ascending order, from 1: a `Double`, as equal values share the mean of theirs. (pandas: `rank`)
  public func rank() -> NumberExpression {
    mapping("rank") { column, context throws(FrameError) in
      let ranks = Ranking.averageRanks(column, context)
      return .doubles("", ranks, column.validity)
    }
  }

  /// The sum of all values, in every row.
  public func sum() -> NumberExpression { spread(.sum("")) }
  /// The mean of all values, in every row.
  ///
  ///     col("price") - col("price").mean().over("product")
  public func mean() -> NumberExpression { spread(.mean("")) }
  /// The median of all values, in every row.
  public func median() -> NumberExpression { spread(.median("")) }
  /// The smallest of all values, in every row.
  public func min() -> NumberExpression { spread(.min("")) }
  /// The largest of all values, in every row.
  public func max() -> NumberExpression { spread(.max("")) }
  /// The standard deviation of all values (divisor `n - 1`), in every row.
  public func standardDeviation() -> NumberExpression { spread(.standardDeviation("")) }
  /// How many values are there, in every row.
  public func count() -> NumberExpression { spread(.count("")) }

  private func spread(_ aggregation: Aggregation) -> NumberExpression {
    mapping(aggregation.name) { column, context throws(FrameError) in
      let groups = RowGroups(segments: context.segments)
      let frame = DataFrame(fitting: [column.renamed("")], rowCount: column.count)
      return try aggregation.evaluate(frame, GroupedRows(groups)).taking(RowIndex(groups.ids))
    }
  }
}

extension AnyColumn {
  /// The value of the row so many places before, within each stretch of rows.
  func shifted(_ count: Int, _ context: ExpressionContext) -> AnyColumn {
    var rows = [Int32](repeating: -1, count: self.count)
    context.forEachSegment { segment in
      for row in segment where segment.contains(row - count) { rows[row] = Int32(row - count) }
    }
    return taking(RowIndex(rows, mayBeAbsent: true))
  }

  /// Values that came from this column's, with its type.
  fileprivate func restoringType(_ values: [Double]) -> AnyColumn {
    if type == .int || type == .int32,
      let ints = values.indices.reduce(
        into: [Int]?([]),
        { result, row in
          if isPresent(row), let value = Int(exactly: values[row]) {
            result?.append(value)
          } else if isPresent(row) {
            result = nil
          } else {
            result?.append(0)
          }
        })
    {
      return .ints("", ints, validity)
    }
    return .doubles("", values, validity)
  }
}
