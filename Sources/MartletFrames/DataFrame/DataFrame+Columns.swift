extension DataFrame {
  /// The named columns, in the named order.
  ///
  ///     try iris.select("species", "petalLength")
  /// - Throws: ``FrameError`` of kind `unknownColumn` or `duplicateColumn`.
  public func select(_ names: String...) throws(FrameError) -> DataFrame { try select(names) }

  /// The named columns, in the named order.
  public func select(_ names: [String]) throws(FrameError) -> DataFrame {
    var chosen: [AnyColumn] = []
    for name in names { chosen.append(try column(name)) }
    return try DataFrame(chosen)
  }

  /// The columns for which `isIncluded` is true.
  ///
  ///     df.selecting { $0.isNumeric }
  public func selecting(_ isIncluded: (AnyColumn) throws -> Bool) rethrows -> DataFrame {
    DataFrame(fitting: try columns.filter(isIncluded), rowCount: rowCount)
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
    try renamed([name: newName])
  }

  /// The frame with several columns under other names.
  ///
  ///     try df.renamed(["sibsp": "siblings", "parch": "parents"])
  /// - Throws: ``FrameError`` of kind `unknownColumn` or `duplicateColumn`.
  public func renamed(_ names: [String: String]) throws(FrameError) -> DataFrame {
    for name in names.keys.sorted() { _ = try column(name) }
    return try DataFrame(columns.map { column in names[column.name].map { column.renamed($0) } ?? column })
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

  /// The frame with one more column, worked out from the others; or with the one of that name replaced.
  ///
  ///     try iris.adding("petalArea", col("petalLength") * col("petalWidth"))
  ///     try iris.adding("isLong", col("petalLength") > 5)
  /// - Throws: ``FrameError`` of kind `unknownColumn`, `type` or `arithmetic`.
  public func adding(_ name: String, _ expression: any ColumnExpression) throws(FrameError) -> DataFrame {
    try adding(try expression._evaluate(ExpressionContext(self)).renamed(name))
  }

  /// The values that an expression has for this frame.
  ///
  ///     try df.column(of: col("price") * 2)
  /// - Throws: ``FrameError`` of kind `unknownColumn`, `type` or `arithmetic`.
  public func column(of expression: any ColumnExpression) throws(FrameError) -> AnyColumn {
    try expression._evaluate(ExpressionContext(self)).renamed(expression._label)
  }
}
