/// Operators have an overload for each kind of operand and none that is generic, so that a cell's type checker is done
/// with them in milliseconds.
extension NumberExpression {
  /// The sum of two columns, row by row.
  public static func + (a: NumberExpression, b: NumberExpression) -> NumberExpression { Arithmetic.add(a, b) }
  /// The sum of each row and a whole number.
  public static func + (a: NumberExpression, b: Int) -> NumberExpression { Arithmetic.add(a, NumberExpression(b)) }
  /// The sum of each row and a number.
  public static func + (a: NumberExpression, b: Double) -> NumberExpression { Arithmetic.add(a, NumberExpression(b)) }
  /// The sum of a whole number and each row.
  public static func + (a: Int, b: NumberExpression) -> NumberExpression { Arithmetic.add(NumberExpression(a), b) }
  /// The sum of a number and each row.
  public static func + (a: Double, b: NumberExpression) -> NumberExpression { Arithmetic.add(NumberExpression(a), b) }
  /// The difference of two columns, row by row.
  public static func - (a: NumberExpression, b: NumberExpression) -> NumberExpression { Arithmetic.subtract(a, b) }
  /// The difference of each row and a whole number.
  public static func - (a: NumberExpression, b: Int) -> NumberExpression { Arithmetic.subtract(a, NumberExpression(b)) }
  /// The difference of each row and a number.
  public static func - (a: NumberExpression, b: Double) -> NumberExpression {
    Arithmetic.subtract(a, NumberExpression(b))
  }
  /// The difference of a whole number and each row.
  public static func - (a: Int, b: NumberExpression) -> NumberExpression { Arithmetic.subtract(NumberExpression(a), b) }
  /// The difference of a number and each row.
  public static func - (a: Double, b: NumberExpression) -> NumberExpression {
    Arithmetic.subtract(NumberExpression(a), b)
  }
  /// The product of two columns, row by row.
  public static func * (a: NumberExpression, b: NumberExpression) -> NumberExpression { Arithmetic.multiply(a, b) }
  /// The product of each row and a whole number.
  public static func * (a: NumberExpression, b: Int) -> NumberExpression { Arithmetic.multiply(a, NumberExpression(b)) }
  /// The product of each row and a number.
  public static func * (a: NumberExpression, b: Double) -> NumberExpression {
    Arithmetic.multiply(a, NumberExpression(b))
  }
  /// The product of a whole number and each row.
  public static func * (a: Int, b: NumberExpression) -> NumberExpression { Arithmetic.multiply(NumberExpression(a), b) }
  /// The product of a number and each row.
  public static func * (a: Double, b: NumberExpression) -> NumberExpression {
    Arithmetic.multiply(NumberExpression(a), b)
  }
  /// The quotient, a `Double` of two columns, row by row.
  public static func / (a: NumberExpression, b: NumberExpression) -> NumberExpression { Arithmetic.divide(a, b) }
  /// The quotient, a `Double` of each row and a whole number.
  public static func / (a: NumberExpression, b: Int) -> NumberExpression { Arithmetic.divide(a, NumberExpression(b)) }
  /// The quotient, a `Double` of each row and a number.
  public static func / (a: NumberExpression, b: Double) -> NumberExpression {
    Arithmetic.divide(a, NumberExpression(b))
  }
  /// The quotient, a `Double` of a whole number and each row.
  public static func / (a: Int, b: NumberExpression) -> NumberExpression { Arithmetic.divide(NumberExpression(a), b) }
  /// The quotient, a `Double` of a number and each row.
  public static func / (a: Double, b: NumberExpression) -> NumberExpression {
    Arithmetic.divide(NumberExpression(a), b)
  }
  /// The remainder of a division, with the sign of the first of two columns, row by row.
  public static func % (a: NumberExpression, b: NumberExpression) -> NumberExpression { Arithmetic.remainder(a, b) }
  /// The remainder of a division, with the sign of the first of each row and a whole number.
  public static func % (a: NumberExpression, b: Int) -> NumberExpression {
    Arithmetic.remainder(a, NumberExpression(b))
  }
  /// The remainder of a division, with the sign of the first of each row and a number.
  public static func % (a: NumberExpression, b: Double) -> NumberExpression {
    Arithmetic.remainder(a, NumberExpression(b))
  }
  /// The remainder of a division, with the sign of the first of a whole number and each row.
  public static func % (a: Int, b: NumberExpression) -> NumberExpression {
    Arithmetic.remainder(NumberExpression(a), b)
  }
  /// The remainder of a division, with the sign of the first of a number and each row.
  public static func % (a: Double, b: NumberExpression) -> NumberExpression {
    Arithmetic.remainder(NumberExpression(a), b)
  }
  /// The same with the other sign.
  public static prefix func - (a: NumberExpression) -> NumberExpression { Arithmetic.subtract(NumberExpression(0), a) }
  /// A power, as a `Double`.
  public func raised(to exponent: Double) -> NumberExpression { Arithmetic.power(self, NumberExpression(exponent)) }
}
