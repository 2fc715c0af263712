/// Arithmetic on columns, worked out for all rows at once when a frame is asked.
///
///     try df.adding("family", col("siblings") + col("parents") + 1)
///
/// Where a value is missing, so is the result.
public struct NumberExpression: Sendable {
  private indirect enum Node: Sendable {
    case column(String)
    case constant(Double)
    case combined(NumberExpression, NumberExpression, @Sendable (Double, Double) -> Double)
  }
  private let node: Node

  fileprivate init(column: String) { node = .column(column) }
  private init(_ constant: Double) { node = .constant(constant) }
  private init(_ a: NumberExpression, _ b: NumberExpression, _ combine: @escaping @Sendable (Double, Double) -> Double)
  {
    node = .combined(a, b, combine)
  }

  func evaluate(_ frame: DataFrame) throws(FrameError) -> [Double?] {
    switch node {
    case .column(let name): return try frame.column(name).numbers()
    case .constant(let value): return [Double?](repeating: value, count: frame.rowCount)
    case .combined(let a, let b, let combine):
      return zip(try a.evaluate(frame), try b.evaluate(frame)).map { a, b in
        if let a, let b { return combine(a, b) }
        return nil
      }
    }
  }

  fileprivate func compared(
    _ other: NumberExpression, _ holds: @escaping @Sendable (Double, Double) -> Bool
  ) -> Condition {
    Condition { frame throws(FrameError) in
      zip(try evaluate(frame), try other.evaluate(frame)).map { a, b in
        if let a, let b { return holds(a, b) }
        return nil
      }
    }
  }
}

/// A column of numbers (`Double`, `Int`, or `Bool` as 0 and 1), to calculate and compare with.
///
///     try df.filter(col("age") >= 18)
public func col(_ name: String) -> NumberExpression { NumberExpression(column: name) }

extension NumberExpression {
  /// The sum of two columns, row by row.
  public static func + (a: NumberExpression, b: NumberExpression) -> NumberExpression {
    NumberExpression(a, b, { $0 + $1 })
  }
  /// The sum of each row and a number.
  public static func + (a: NumberExpression, b: Double) -> NumberExpression { a + NumberExpression(b) }
  /// The sum of a number and each row.
  public static func + (a: Double, b: NumberExpression) -> NumberExpression { NumberExpression(a) + b }
  /// The difference of two columns, row by row.
  public static func - (a: NumberExpression, b: NumberExpression) -> NumberExpression {
    NumberExpression(a, b, { $0 - $1 })
  }
  /// The difference of each row and a number.
  public static func - (a: NumberExpression, b: Double) -> NumberExpression { a - NumberExpression(b) }
  /// The difference of a number and each row.
  public static func - (a: Double, b: NumberExpression) -> NumberExpression { NumberExpression(a) - b }
  /// The product of two columns, row by row.
  public static func * (a: NumberExpression, b: NumberExpression) -> NumberExpression {
    NumberExpression(a, b, { $0 * $1 })
  }
  /// The product of each row and a number.
  public static func * (a: NumberExpression, b: Double) -> NumberExpression { a * NumberExpression(b) }
  /// The product of a number and each row.
  public static func * (a: Double, b: NumberExpression) -> NumberExpression { NumberExpression(a) * b }
  /// The quotient of two columns, row by row.
  public static func / (a: NumberExpression, b: NumberExpression) -> NumberExpression {
    NumberExpression(a, b, { $0 / $1 })
  }
  /// The quotient of each row and a number.
  public static func / (a: NumberExpression, b: Double) -> NumberExpression { a / NumberExpression(b) }
  /// The quotient of a number and each row.
  public static func / (a: Double, b: NumberExpression) -> NumberExpression { NumberExpression(a) / b }
  /// Where one column is equal to another.
  public static func == (a: NumberExpression, b: NumberExpression) -> Condition { a.compared(b) { $0 == $1 } }
  /// Where a column is equal to a number.
  public static func == (a: NumberExpression, b: Double) -> Condition { a.compared(NumberExpression(b)) { $0 == $1 } }
  /// Where one column differs from another.
  public static func != (a: NumberExpression, b: NumberExpression) -> Condition { a.compared(b) { $0 != $1 } }
  /// Where a column differs from a number.
  public static func != (a: NumberExpression, b: Double) -> Condition { a.compared(NumberExpression(b)) { $0 != $1 } }
  /// Where one column is below another.
  public static func < (a: NumberExpression, b: NumberExpression) -> Condition { a.compared(b) { $0 < $1 } }
  /// Where a column is below a number.
  public static func < (a: NumberExpression, b: Double) -> Condition { a.compared(NumberExpression(b)) { $0 < $1 } }
  /// Where one column is at most another.
  public static func <= (a: NumberExpression, b: NumberExpression) -> Condition { a.compared(b) { $0 <= $1 } }
  /// Where a column is at most a number.
  public static func <= (a: NumberExpression, b: Double) -> Condition { a.compared(NumberExpression(b)) { $0 <= $1 } }
  /// Where one column is above another.
  public static func > (a: NumberExpression, b: NumberExpression) -> Condition { a.compared(b) { $0 > $1 } }
  /// Where a column is above a number.
  public static func > (a: NumberExpression, b: Double) -> Condition { a.compared(NumberExpression(b)) { $0 > $1 } }
  /// Where one column is at least another.
  public static func >= (a: NumberExpression, b: NumberExpression) -> Condition { a.compared(b) { $0 >= $1 } }
  /// Where a column is at least a number.
  public static func >= (a: NumberExpression, b: Double) -> Condition { a.compared(NumberExpression(b)) { $0 >= $1 } }
}
