/// Runs through the rows and carries something along.
enum Cumulative {
  /// - Parameter combine: makes the next state of the last one and a value, and says whether that failed.
  /// - Returns: the state at each row, and the first row at which it failed.
  @inline(__always)
  static func run<Value: BitwiseCopyable>(
    _ values: [Value], _ start: Value, _ validity: ValidityBitmap, _ context: ExpressionContext,
    _ combine: (Value, Value) -> (Value, Bool)
  ) -> ([Value], failedRow: Int?) {
    var results = values
    var failedRow: Int?
    context.forEachSegment { segment in
      var state = start
      for row in segment where validity[row] {
        let (next, failed) = combine(state, values[row])
        if failed && failedRow == nil { failedRow = row }
        state = next
        results[row] = next
      }
    }
    return (results, failedRow)
  }
}

/// Places of values in their order.
enum Ranking {
  /// For each row its place in ascending order within its stretch, from 1; equal values share the mean of theirs.
  static func averageRanks(_ column: AnyColumn, _ context: ExpressionContext) -> [Double] {
    let groups = RowGroups(segments: context.segments)
    let segment = AnyColumn(Column("", groups.ids.map { Int($0) }))
    let order = SortOrderOfRows.rows(
      [SortKey(column: segment, isAscending: true), SortKey(column: column, isAscending: true)],
      rowCount: column.count)
    let numbers = column.orderedNumbers()
    var ranks = [Double](repeating: 0, count: column.count)
    var start = 0
    var segmentStart = 0
    while start < order.count {
      let first = Int(order[start])
      if start > 0, groups.ids[first] != groups.ids[Int(order[start - 1])] { segmentStart = start }
      var end = start + 1
      while end < order.count, groups.ids[Int(order[end])] == groups.ids[first],
        numbers[Int(order[end])] == numbers[first],
        column.isPresent(Int(order[end])) == column.isPresent(first)
      {
        end += 1
      }
      // The mean of the places start + 1 … end, counted from the stretch's start.
      for place in start..<end { ranks[Int(order[place])] = Double(start + 1 + end) / 2 - Double(segmentStart) }
      start = end
    }
    return ranks
  }
}

extension RowGroups {
  /// Stretches of rows as groups; empty stretches are groups, too.
  init(segments: [Int]) {
    var ids = [Int32](repeating: 0, count: segments.last ?? 0)
    for segment in 0..<segments.count - 1 {
      for row in segments[segment]..<segments[segment + 1] { ids[row] = Int32(segment) }
    }
    self.init(ids: ids, firstRows: segments.dropLast().map { Int32($0) })
  }
}
