internal import CMartletRuntime
import MartletNumerics

extension DataFrame {
  /// The rows where a condition holds; not those where it cannot be told because a value is missing.
  ///
  ///     try titanic.filter(col("age") > 30 && text("sex") == "female")
  /// - Throws: ``FrameError`` of kind `unknownColumn`, `type` or `arithmetic`.
  public func filter(_ condition: Condition) throws(FrameError) -> DataFrame {
    taking(RowIndex(where: try condition.evaluate(ExpressionContext(self))))
  }

  /// The rows for which `isIncluded` is true.
  ///
  ///     df.filter { $0.number("age") ?? 0 > 30 }
  public func filter(_ isIncluded: (Row) throws -> Bool) rethrows -> DataFrame {
    taking(
      RowIndex(
        try (0..<rowCount).filter { row in
          martlet_poll()
          return try isIncluded(Row(frame: self, index: row))
        }))
  }

  /// The given rows, in the given order. Stops the cell where one is outside the frame.
  public subscript(rows rows: [Int]) -> DataFrame {
    if let wrong = rows.first(where: { !(0..<rowCount).contains($0) }) {
      fatalError("Row \(wrong) is outside a frame of \(rowCount) rows.")
    }
    return taking(RowIndex(rows))
  }

  /// The rows of a range. Stops the cell where it reaches outside the frame.
  public subscript(rows rows: Range<Int>) -> DataFrame {
    guard rows.lowerBound >= 0, rows.upperBound <= rowCount else {
      fatalError("Rows \(rows) are outside a frame of \(rowCount) rows.")
    }
    return taking(RowIndex(rows))
  }

  /// The first rows.
  public func head(_ count: Int = 5) -> DataFrame { taking(RowIndex(0..<min(max(count, 0), rowCount))) }

  /// The last rows.
  public func tail(_ count: Int = 5) -> DataFrame { taking(RowIndex(max(rowCount - max(count, 0), 0)..<rowCount)) }

  /// Rows drawn at random, none twice.
  ///
  ///     df.sample(100, seed: 0)
  /// - Parameters:
  ///   - count: how many; all of them, shuffled, when the frame has fewer.
  ///   - seed: the same seed draws the same rows; without one, a seed is drawn from ``Random``.
  public func sample(_ count: Int, seed: UInt64? = nil) -> DataFrame {
    var random = PCG64(seed: seed ?? Random.nextSeed())
    return taking(RowIndex(Array(random.permutation(rowCount).prefix(max(count, 0)))))
  }

  /// The first row of each different combination of values in the named columns (without names: in all columns).
  ///
  ///     try df.distinct("city", "street")
  /// - Throws: ``FrameError`` of kind `unknownColumn` or `duplicateColumn`.
  public func distinct(_ names: String...) throws(FrameError) -> DataFrame {
    if columns.isEmpty { return self }
    return taking(DistinctRows.first(of: names.isEmpty ? columns : try select(names).columns))
  }

  /// The given rows of every column.
  func taking(_ rows: RowIndex) -> DataFrame {
    DataFrame(fitting: columns.map { $0.taking(rows) }, rowCount: rows.count)
  }
}
