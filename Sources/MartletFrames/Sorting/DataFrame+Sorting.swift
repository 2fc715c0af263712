extension DataFrame {
  /// From small to large, or from large to small.
  public struct SortOrder: Hashable, Sendable {
    let isAscending: Bool
    /// From small to large, from A to Z.
    public static let ascending = SortOrder(isAscending: true)
    /// From large to small, from Z to A.
    public static let descending = SortOrder(isAscending: false)
  }

  /// A column to sort by, and in which order.
  public struct SortColumn: Sendable {
    let expression: any ColumnExpression
    let order: SortOrder
    /// From small to large.
    public static func ascending(_ column: any ColumnExpression) -> SortColumn {
      SortColumn(expression: column, order: .ascending)
    }
    /// From large to small.
    public static func descending(_ column: any ColumnExpression) -> SortColumn {
      SortColumn(expression: column, order: .descending)
    }
  }

  /// The rows in the order of a column's values; rows of equal value keep theirs, missing ones come last.
  ///
  /// Texts are in the order of their code points, NaN comes after every number.
  /// - Throws: ``FrameError`` of kind `unknownColumn`.
  /// - Complexity: O(n), by radix.
  public func sorted(by name: String, _ order: SortOrder = .ascending) throws(FrameError) -> DataFrame {
    try sorted(by: SortColumn(expression: name, order: order))
  }

  /// The rows in the order of several columns: by the first, equal ones by the second, and so on.
  ///
  ///     try df.sorted(by: .ascending("city"), .descending(col("price") / col("area")))
  ///
  /// Rows equal in all keep their order; missing values come last in either direction.
  /// - Throws: ``FrameError`` of kind `unknownColumn`, `type` or `arithmetic`.
  public func sorted(by keys: SortColumn...) throws(FrameError) -> DataFrame {
    var found: [SortKey] = []
    let context = ExpressionContext(self)
    for key in keys {
      found.append(SortKey(column: try key.expression._evaluate(context), isAscending: key.order.isAscending))
    }
    return taking(RowIndex(SortOrderOfRows.rows(found, rowCount: rowCount)))
  }
}
