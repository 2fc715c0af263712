extension NumberExpression {
  /// Where one column is equal to another.
  public static func == (a: NumberExpression, b: NumberExpression) -> Condition { Comparison.equal(a, b) }
  /// Where a column is equal to a whole number.
  public static func == (a: NumberExpression, b: Int) -> Condition { Comparison.equal(a, NumberExpression(b)) }
  /// Where a column is equal to a number.
  public static func == (a: NumberExpression, b: Double) -> Condition { Comparison.equal(a, NumberExpression(b)) }
  /// Where one column differs from another.
  public static func != (a: NumberExpression, b: NumberExpression) -> Condition { Comparison.unequal(a, b) }
  /// Where a column differs from a whole number.
  public static func != (a: NumberExpression, b: Int) -> Condition { Comparison.unequal(a, NumberExpression(b)) }
  /// Where a column differs from a number.
  public static func != (a: NumberExpression, b: Double) -> Condition { Comparison.unequal(a, NumberExpression(b)) }
  /// Where one column is below another.
  public static func < (a: NumberExpression, b: NumberExpression) -> Condition { Comparison.less(a, b) }
  /// Where a column is below a whole number.
  public static func < (a: NumberExpression, b: Int) -> Condition { Comparison.less(a, NumberExpression(b)) }
  /// Where a column is below a number.
  public static func < (a: NumberExpression, b: Double) -> Condition { Comparison.less(a, NumberExpression(b)) }
  /// Where one column is at most another.
  public static func <= (a: NumberExpression, b: NumberExpression) -> Condition { Comparison.lessOrEqual(a, b) }
  /// Where a column is at most a whole number.
  public static func <= (a: NumberExpression, b: Int) -> Condition { Comparison.lessOrEqual(a, NumberExpression(b)) }
  /// Where a column is at most a number.
  public static func <= (a: NumberExpression, b: Double) -> Condition { Comparison.lessOrEqual(a, NumberExpression(b)) }
  /// Where one column is above another.
  public static func > (a: NumberExpression, b: NumberExpression) -> Condition { Comparison.greater(a, b) }
  /// Where a column is above a whole number.
  public static func > (a: NumberExpression, b: Int) -> Condition { Comparison.greater(a, NumberExpression(b)) }
  /// Where a column is above a number.
  public static func > (a: NumberExpression, b: Double) -> Condition { Comparison.greater(a, NumberExpression(b)) }
  /// Where one column is at least another.
  public static func >= (a: NumberExpression, b: NumberExpression) -> Condition { Comparison.greaterOrEqual(a, b) }
  /// Where a column is at least a whole number.
  public static func >= (a: NumberExpression, b: Int) -> Condition { Comparison.greaterOrEqual(a, NumberExpression(b)) }
  /// Where a column is at least a number.
  public static func >= (a: NumberExpression, b: Double) -> Condition {
    Comparison.greaterOrEqual(a, NumberExpression(b))
  }
  /// Where a column lies in a range, its ends included.
  ///
  ///     try df.filter(col("age").isBetween(18, 30))
  public func isBetween(_ low: Double, _ high: Double) -> Condition { self >= low && self <= high }
  /// Where a column is one of several numbers.
  public func isIn(_ numbers: [Double]) -> Condition {
    let wanted = Set(numbers)
    return Condition("\(_label) is in") { context throws(FrameError) in
      let column = try _evaluate(context)
      let values = try column.doubleValues()
      return Column(
        name: "", storage: PlainColumnStorage(values.map { wanted.contains($0) }), validity: column.validity)
    }
  }
}
