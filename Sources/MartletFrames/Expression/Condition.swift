/// Something that holds for some rows of a frame, does not for others, and cannot be told where a value is missing.
///
///     let adults = col("age") >= 18
///     try df.filter(adults && text("country") == "Chile")
public struct Condition: ColumnExpression {
  private let holds: @Sendable (ExpressionContext) throws(FrameError) -> Column<Bool>
  public let _label: String

  init(_ label: String, _ holds: @escaping @Sendable (ExpressionContext) throws(FrameError) -> Column<Bool>) {
    _label = label
    self.holds = holds
  }

  func evaluate(_ context: ExpressionContext) throws(FrameError) -> Column<Bool> { try holds(context) }

  public func _evaluate(_ context: ExpressionContext) throws(FrameError) -> AnyColumn {
    AnyColumn(.bool(try holds(context)))
  }

  /// Where both hold. False and unknown is false.
  public static func && (a: Condition, b: Condition) -> Condition {
    Condition("\(a._label) && \(b._label)") { context throws(FrameError) in
      let (a, b) = (try a.holds(context), try b.holds(context))
      let (first, second) = (a.storage.values, b.storage.values)
      let both = Side.combine(.values(first), .values(second), count: a.count) { $0 && $1 }
      guard a.validity.hasMissing || b.validity.hasMissing else {
        return Column(name: "", storage: PlainColumnStorage(both), validity: a.validity)
      }
      let validity = ValidityBitmap(count: a.count) { row in
        let (knowsFirst, knowsSecond) = (a.validity[row], b.validity[row])
        return (knowsFirst && knowsSecond) || (knowsFirst && !first[row]) || (knowsSecond && !second[row])
      }
      // Known to be false where one side is known to be, whatever stands in the other one's missing row.
      let holds = both.indices.map { both[$0] && a.validity[$0] && b.validity[$0] }
      return Column(name: "", storage: PlainColumnStorage(holds), validity: validity)
    }
  }

  /// Where at least one holds. True or unknown is true.
  public static func || (a: Condition, b: Condition) -> Condition { !(!a && !b) }

  /// Where it does not hold. Unknown stays unknown.
  public static prefix func ! (a: Condition) -> Condition {
    Condition("!(\(a._label))") { context throws(FrameError) in
      let column = try a.holds(context)
      return Column(
        name: "", storage: PlainColumnStorage(column.storage.values.map { !$0 }), validity: column.validity)
    }
  }
}

/// Where a column of `Bool` is true.
///
///     try df.filter(isTrue("survived"))
public func isTrue(_ name: String) -> Condition {
  Condition(name) { context throws(FrameError) in try context.frame[name, Bool.self] }
}

/// Where a column, of any type, has no value.
public func isMissing(_ column: any ColumnExpression) -> Condition {
  Condition("\(column._label) is missing") { context throws(FrameError) in
    let validity = try column._evaluate(context).validity
    return Column("", (0..<context.rowCount).map { !validity[$0] })
  }
}

/// Where a column, of any type, has a value.
public func isPresent(_ column: any ColumnExpression) -> Condition { !isMissing(column) }
