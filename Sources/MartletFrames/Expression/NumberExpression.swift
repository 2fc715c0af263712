/// Arithmetic on columns, worked out for all rows at once when a frame is asked.
///
///     try df.adding("family", col("siblings") + col("parents") + 1)      // whole numbers stay whole
///     try df.filter(col("price") * 2 > 10)
///
/// Sums, differences, products and remainders of whole numbers are whole; a whole number that does not fit an `Int` is
/// an error, never something else. With a fraction on either side the result is a `Double`, and a quotient always is;
/// `Float` and `Int32` are calculated with as `Double` and `Int`.
/// Where a value is missing, so is the result.
public struct NumberExpression: ColumnExpression {
  let evaluate: @Sendable (ExpressionContext) throws(FrameError) -> NumberOperand
  public let _label: String

  init(_ label: String, _ evaluate: @escaping @Sendable (ExpressionContext) throws(FrameError) -> NumberOperand) {
    _label = label
    self.evaluate = evaluate
  }

  init(_ constant: Int) { self.init("\(constant)") { _ throws(FrameError) in .int(constant) } }
  init(_ constant: Double) { self.init("\(constant)") { _ throws(FrameError) in .double(constant) } }

  public func _evaluate(_ context: ExpressionContext) throws(FrameError) -> AnyColumn {
    try evaluate(context).column(count: context.rowCount)
  }

  /// An expression of the column that this one gives.
  func mapping(
    _ label: String, _ body: @escaping @Sendable (AnyColumn, ExpressionContext) throws(FrameError) -> AnyColumn
  ) -> NumberExpression {
    NumberExpression("\(label) \(_label)") { context throws(FrameError) in
      .column(try body(try _evaluate(context), context))
    }
  }
}

/// A column of numbers (or of `Bool` as 0 and 1), to calculate and compare with.
///
///     try df.filter(col("age") >= 18)
public func col(_ name: String) -> NumberExpression {
  NumberExpression(name) { context throws(FrameError) in
    let column = try context.frame.column(name)
    switch column.content {
    case .double, .float, .int, .int32: return .column(column)
    case .bool(let bools):
      return .column(AnyColumn.ints(name, bools.storage.values.map { $0 ? 1 : 0 }, column.validity))
    case .string: throw .notNumbers(name, column.type, instead: "text(\"\(name)\")")
    case .categorical: throw .notNumbers(name, column.type, instead: "category(\"\(name)\").code")
    case .doubleLists, .intLists, .textLists: throw .notNumbers(name, column.type, instead: "list(\"\(name)\").count")
    case .tensor: throw .wrongType(name, expected: .double, found: column.type)
    case .date: throw .notNumbers(name, column.type, instead: "date(\"\(name)\")")
    }
  }
}

/// The same number for every row.
///
///     try df.adding("weight", number(1))
public func number(_ value: Int) -> NumberExpression { NumberExpression(value) }
/// The same number for every row.
public func number(_ value: Double) -> NumberExpression { NumberExpression(value) }

/// One side of a calculation: a column of `Int` or `Double`, or one number for all rows.
enum NumberOperand {
  case column(AnyColumn)
  case int(Int)
  case double(Double)

  /// Whether it is made of whole numbers.
  var isWhole: Bool {
    switch self {
    case .column(let column): column.type == .int || column.type == .int32
    case .int: true
    case .double: false
    }
  }

  func validity(count: Int) -> ValidityBitmap {
    if case .column(let column) = self { column.validity } else { ValidityBitmap(allValid: count) }
  }

  /// A value for each row.
  func column(count: Int) -> AnyColumn {
    switch self {
    case .column(let column): column
    case .int(let value): .ints("", [Int](repeating: value, count: count), ValidityBitmap(allValid: count))
    case .double(let value): .doubles("", [Double](repeating: value, count: count), ValidityBitmap(allValid: count))
    }
  }

  var doubles: Side<Double> {
    switch self {
    case .column(let column): .values((try? column.doubleValues()) ?? [])  // operands hold numbers
    case .int(let value): .constant(Double(value))
    case .double(let value): .constant(value)
    }
  }

  /// For whole operands.
  var ints: Side<Int> {
    switch self {
    case .column(let column):
      if case .int(let ints) = column.widened.content { .values(ints.storage.values) } else { .values([]) }
    case .int(let value): .constant(value)
    case .double(let value): .constant(Int(value))
    }
  }
}

/// A value for each row, or one for all of them.
enum Side<Value: BitwiseCopyable> {
  case values([Value])
  case constant(Value)

  /// What `combine` makes of the two sides of each row.
  @inline(__always)
  static func combine<Result: BitwiseCopyable>(
    _ a: Side, _ b: Side, count: Int, _ combine: (Value, Value) -> Result
  ) -> [Result] {
    switch (a, b) {
    case (.values(let a), .values(let b)):
      return a.withPointer { a in
        b.withPointer { b in
          [Result](count: count) { range, results in for row in range { results[row] = combine(a[row], b[row]) } }
        }
      }
    case (.values(let a), .constant(let b)):
      return a.withPointer { a in
        [Result](count: count) { range, results in for row in range { results[row] = combine(a[row], b) } }
      }
    case (.constant(let a), .values(let b)):
      return b.withPointer { b in
        [Result](count: count) { range, results in for row in range { results[row] = combine(a, b[row]) } }
      }
    case (.constant(let a), .constant(let b)): return [Result](repeating: combine(a, b), count: count)
    }
  }
}
