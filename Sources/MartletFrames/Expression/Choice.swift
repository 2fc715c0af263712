/// One number where a condition holds and another where it does not; missing where that cannot be told.
///
///     try df.adding("fare", when(col("age") < 12, then: col("fare") / 2, otherwise: col("fare")))
public func when(_ condition: Condition, then: NumberExpression, otherwise: NumberExpression) -> NumberExpression {
  NumberExpression("when \(condition._label)") { context throws(FrameError) in
    let (a, b) = (try then._evaluate(context), try otherwise._evaluate(context))
    // A whole number beside a fraction becomes one, as in arithmetic.
    let sameType = a.type == b.type
    let (wideA, wideB) = (a.widened, b.widened)
    if !sameType && wideA.type == wideB.type { return .column(try Choice.choose(condition, wideA, wideB, context)) }
    return .column(
      try Choice.choose(
        condition, sameType ? a : try Choice.doubles(a), sameType ? b : try Choice.doubles(b), context))
  }
}

/// One text where a condition holds and another where it does not; missing where that cannot be told.
///
///     try df.adding("kind", when(col("age") < 18, then: "child", otherwise: "adult"))
public func when(_ condition: Condition, then: String, otherwise: String) -> TextExpression {
  TextExpression("when \(condition._label)") { context throws(FrameError) in
    let (pool, codes) = TextPool.merging([then, otherwise])
    let holds = try condition.evaluate(context)
    let chosen = holds.storage.values.map { $0 ? codes[0] : codes[1] }
    return Column(name: "", storage: DictionaryColumnStorage(codes: chosen, pool: pool), validity: holds.validity)
  }
}

/// One text column where a condition holds and another where it does not; missing where that cannot be told.
public func when(_ condition: Condition, then: TextExpression, otherwise: TextExpression) -> TextExpression {
  TextExpression("when \(condition._label)") { context throws(FrameError) in
    try Choice.choose(condition, try then._evaluate(context), try otherwise._evaluate(context), context)
      .typed(as: String.self)
  }
}

enum Choice {
  /// The rows of `a` where the condition holds and those of `b` where it does not; both are of one type.
  static func choose(
    _ condition: Condition, _ a: AnyColumn, _ b: AnyColumn, _ context: ExpressionContext
  ) throws(FrameError) -> AnyColumn {
    let holds = try condition.evaluate(context)
    let count = Int32(context.rowCount)
    let rows = holds.indices.map { row -> Int32 in
      holds.validity[row] ? (holds.storage.values[row] ? Int32(row) : Int32(row) + count) : -1
    }
    return AnyColumn.concatenating([a, b]).taking(RowIndex(rows, mayBeAbsent: holds.validity.hasMissing))
  }

  static func doubles(_ column: AnyColumn) throws(FrameError) -> AnyColumn {
    .doubles(column.name, try column.doubleValues(), column.validity)
  }
}
