extension NumberExpression {
  /// The same worked out within groups of rows that agree in some columns, each row with its own group.
  ///
  ///     try df.adding("share", col("sales") / col("sales").sum().over("region"))
  ///     try df.adding("change", col("price").difference().over("product", orderedBy: "date"))
  ///
  /// Sums, ranks, shifts and other functions that look at several rows then look at those of the group only.
  /// - Parameters:
  ///   - names: the columns to group by.
  ///   - order: a column by whose values the rows of each group are ordered first; the result is in the frame's order.
  public func over(_ names: String..., orderedBy order: String? = nil) -> NumberExpression {
    NumberExpression("\(_label) over \(names.joined(separator: ", "))") { context throws(FrameError) in
      let keys = try context.frame.select(names).columns
      let groups = RowGroups(by: keys, rowCount: context.rowCount)
      var (rows, starts) = groups.arranged()
      if let order {
        let group = AnyColumn(Column("", groups.ids.map { Int($0) }))
        rows = SortOrderOfRows.rows(
          [
            SortKey(column: group, isAscending: true),
            SortKey(column: try context.frame.column(order), isAscending: true),
          ], rowCount: context.rowCount)
      }
      let arranged = context.frame.taking(RowIndex(rows))
      let result = try _evaluate(ExpressionContext(arranged, segments: starts))
      var back = [Int32](repeating: 0, count: rows.count)
      for (place, row) in rows.enumerated() { back[Int(row)] = Int32(place) }
      return .column(result.taking(RowIndex(back)))
    }
  }
}
