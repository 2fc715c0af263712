extension DataFrame {
  /// A wide table of a long one: a row for each different value of `rows`, a column for each different one of `columns`.
  ///
  ///     try sales.pivot(rows: "month", columns: "shop", values: .sum("amount"))
  ///
  /// Where no row has a combination its value is missing. Rows and columns are in ascending order; a missing value in
  /// `columns` makes a column named "missing".
  /// - Parameters:
  ///   - rows: the columns that stay.
  ///   - columns: the column whose values become names.
  ///   - values: what each cell is worked out by.
  /// - Throws: ``FrameError`` of kind `unknownColumn`, `type` or `duplicateColumn`, or `parameter` for more than 10,000
  ///   columns.
  public func pivot(rows: String..., columns: String, values: Aggregation) throws(FrameError) -> DataFrame {
    let rowKeys = try select(rows).columns
    let names = RowGroups(by: [try column(columns)], rowCount: rowCount)
    let places = RowGroups(by: rowKeys, rowCount: rowCount)
    guard names.count <= 10_000 else {
      throw .parameter("'\(columns)' has \(names.count) different values; a pivoted table has at most 10,000 columns.")
    }
    let cells = RowGroups(by: rowKeys + [try column(columns)], rowCount: rowCount)
    let worked = try values.evaluate(self, GroupedRows(cells))
    // For each cell of the table its place in `worked`, or none.
    var table = [[Int32]](repeating: [Int32](repeating: -1, count: places.count), count: names.count)
    for (cell, row) in cells.firstRows.enumerated() {
      table[Int(names.ids[Int(row)])][Int(places.ids[Int(row)])] = Int32(cell)
    }
    let firsts = RowIndex(places.firstRows)
    let titles = try column(columns).taking(RowIndex(names.firstRows)).texts().map { $0 ?? "missing" }
    return try DataFrame(
      rowKeys.map { $0.taking(firsts) }
        + zip(titles, table).map { worked.taking(RowIndex($1, mayBeAbsent: true)).renamed($0) })
  }

  /// A long table of a wide one: a row for each value of the named columns. (pandas: `melt`)
  ///
  ///     try df.unpivot("january", "february", names: "month", values: "amount")
  ///
  /// The other columns are repeated. The result has the rows of the first named column first.
  /// - Parameters:
  ///   - columns: of one type; without any, all columns but those of `keeping`.
  ///   - keeping: the columns that stay; all others by default.
  ///   - names: what the column is called that holds the columns' names.
  ///   - values: what the column of values is called.
  /// - Throws: ``FrameError`` of kind `unknownColumn`, `duplicateColumn`, or `type` where the columns differ in type.
  public func unpivot(
    _ columns: String..., keeping: [String]? = nil, names: String = "name", values: String = "value"
  ) throws(FrameError) -> DataFrame {
    let kept = keeping ?? columnNames.filter { !columns.contains($0) }
    let melted = try select(columns.isEmpty ? columnNames.filter { !kept.contains($0) } : columns).columns
    guard let first = melted.first else { throw .parameter("There is no column to unpivot.") }
    for column in melted where column.type != first.type {
      throw .wrongType(column.name, expected: first.type, found: column.type)
    }
    let repeated = RowIndex((0..<melted.count).flatMap { _ in 0..<rowCount })
    let (pool, codes) = TextPool.merging(melted.map(\.name))
    let title = AnyColumn.texts(
      names, codes.flatMap { Array(repeating: $0, count: rowCount) }, pool, ValidityBitmap(allValid: repeated.count))
    return try DataFrame(
      try select(kept).columns.map { $0.taking(repeated) }
        + [title, AnyColumn.concatenating(melted).renamed(values)])
  }

  /// How often each pair of values of two columns occurs: a row for each value of the first, a column for each of the
  /// second. Rows in which either is missing are left out.
  ///
  ///     try titanic.crossTable("pclass", "sex")
  /// - Throws: ``FrameError``, as ``pivot(rows:columns:values:)``.
  public func crossTable(_ rows: String, _ columns: String) throws(FrameError) -> DataFrame {
    let table = try droppingMissing(rows, columns).pivot(rows: rows, columns: columns, values: .count())
    return try DataFrame(
      table.columns.enumerated().map { place, column in
        guard place > 0, case .int(let counts) = column.content else { return column }
        return AnyColumn(Column(column.name, counts.map { $0 ?? 0 }))
      })
  }
}
