import CMartletRuntime

extension DataFrame {
  /// The named columns, in the named order.
  /// - Throws: ``FrameError`` of kind `unknownColumn` or `duplicateColumn`.
  public func select(_ names: String...) throws(FrameError) -> DataFrame { try select(names) }

  /// The named columns, in the named order.
  public func select(_ names: [String]) throws(FrameError) -> DataFrame {
    var chosen: [AnyColumn] = []
    for name in names { chosen.append(try column(name)) }
    return try DataFrame(chosen)
  }

  /// Every column but the named ones.
  /// - Throws: ``FrameError`` of kind `unknownColumn`.
  public func dropping(_ names: String...) throws(FrameError) -> DataFrame {
    for name in names { _ = try column(name) }
    return DataFrame(fitting: columns.filter { !names.contains($0.name) }, rowCount: rowCount)
  }

  /// The frame with a column under another name.
  ///
  ///     try df.renamed("sepal length (cm)", to: "sepalLength")
  /// - Throws: ``FrameError`` of kind `unknownColumn` or `duplicateColumn`.
  public func renamed(_ name: String, to newName: String) throws(FrameError) -> DataFrame {
    _ = try column(name)
    return try DataFrame(
      columns.map { column in
        var column = column
        if column.name == name { column.name = newName }
        return column
      })
  }

  /// The frame with one more column, or with the one of that name replaced.
  /// - Throws: ``FrameError`` of kind `rowCount`.
  public func adding(_ column: AnyColumn) throws(FrameError) -> DataFrame {
    guard let place = columnNames.firstIndex(of: column.name) else { return try DataFrame(columns + [column]) }
    var replaced = columns
    replaced[place] = column
    return try DataFrame(replaced)
  }

  /// The frame with one more column, or with the one of that name replaced.
  ///
  ///     try df.adding("rank", [1, 2, 3])
  public func adding<Element: ColumnElement>(_ name: String, _ values: [Element]) throws(FrameError) -> DataFrame {
    try adding(AnyColumn(Column(name, values)))
  }

  /// The frame with one more column, worked out from the others.
  ///
  ///     try iris.adding("petalArea", col("petalLength") * col("petalWidth"))
  /// - Throws: ``FrameError`` of kind `unknownColumn` or `type`.
  public func adding(_ name: String, _ expression: NumberExpression) throws(FrameError) -> DataFrame {
    try adding(AnyColumn(Column(name, try expression.evaluate(self))))
  }

  /// The frame with one more column that says where a condition holds.
  public func adding(_ name: String, _ condition: Condition) throws(FrameError) -> DataFrame {
    try adding(AnyColumn(Column(name, try condition.evaluate(self))))
  }

  /// The rows where a condition holds; not those where it cannot be told because a value is missing.
  ///
  ///     try titanic.filter(col("age") > 30 && text("sex") == "female")
  /// - Throws: ``FrameError`` of kind `unknownColumn` or `type`.
  public func filter(_ condition: Condition) throws(FrameError) -> DataFrame {
    let holds = try condition.evaluate(self)
    return self[rows: holds.indices.filter { holds[$0] == true }]
  }

  /// The rows for which `isIncluded` is true.
  ///
  ///     df.filter { $0.number("age") ?? 0 > 30 }
  public func filter(_ isIncluded: (Row) throws -> Bool) rethrows -> DataFrame {
    self[
      rows: try (0..<rowCount).filter { row in
        martlet_poll()
        return try isIncluded(Row(frame: self, index: row))
      }]
  }

  /// The rows in which none of the named columns (without names: no column at all) is missing a value.
  /// - Throws: ``FrameError`` of kind `unknownColumn`.
  public func droppingMissing(_ names: String...) throws(FrameError) -> DataFrame {
    let needed = try select(names.isEmpty ? columnNames : names).columns.filter { $0.missingCount > 0 }
    return self[rows: (0..<rowCount).filter { row in needed.allSatisfy { !$0.withColumn { $0.isMissing(row) } } }]
  }

  /// The given rows, in the given order. Stops the cell where one is outside the frame.
  public subscript(rows rows: [Int]) -> DataFrame {
    if let wrong = rows.first(where: { !(0..<rowCount).contains($0) }) {
      fatalError("Row \(wrong) is outside a frame of \(rowCount) rows.")
    }
    return DataFrame(fitting: columns.map { $0.rows(rows) }, rowCount: rows.count)
  }

  /// The first rows.
  public func head(_ count: Int = 5) -> DataFrame { self[rows: Array(0..<min(max(count, 0), rowCount))] }

  /// The last rows.
  public func tail(_ count: Int = 5) -> DataFrame { self[rows: Array(max(rowCount - max(count, 0), 0)..<rowCount)] }

  /// From small to large, or from large to small.
  public struct SortOrder: Hashable, Sendable {
    let isAscending: Bool
    /// From small to large, from A to Z.
    public static let ascending = SortOrder(isAscending: true)
    /// From large to small, from Z to A.
    public static let descending = SortOrder(isAscending: false)
  }

  /// The rows in the order of a column's values; rows of equal value keep theirs, missing ones come last.
  /// - Throws: ``FrameError`` of kind `unknownColumn`.
  /// - Complexity: O(n log n) comparisons.
  public func sorted(by name: String, _ order: SortOrder = .ascending) throws(FrameError) -> DataFrame {
    let key = try column(name)
    let present = (0..<rowCount).filter { row in !key.withColumn { $0.isMissing(row) } }
    let missing = (0..<rowCount).filter { row in key.withColumn { $0.isMissing(row) } }
    // Swift's sort keeps equal elements in order.
    let sorted = present.sorted { key.isOrdered($0, $1) == order.isAscending }
    return self[rows: sorted + missing]
  }
}
