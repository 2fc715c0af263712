// The standard library has these for any floating-point type; a call of one for `Double` would bring all that the type's
// conformance mentions into the cell, 30 ms of compiling.

extension Double {
  /// The square root; not a number below zero.
  @_transparent
  public func squareRoot() -> Double {
    var result = self
    result.formSquareRoot()
    return result
  }

  /// The nearest whole number; of two as near, the one away from zero.
  @_transparent
  public func rounded() -> Double { rounded(.toNearestOrAwayFromZero) }

  /// A whole number near to this one, by a rule.
  @_transparent
  public func rounded(_ rule: FloatingPointRoundingRule) -> Double {
    var result = self
    result.round(rule)
    return result
  }

  /// What is left over when this number is divided by another and the quotient is rounded towards zero.
  @_transparent
  public func truncatingRemainder(dividingBy other: Double) -> Double {
    var result = self
    result.formTruncatingRemainder(dividingBy: other)
    return result
  }
}

extension Float {
  /// The square root; not a number below zero.
  @_transparent
  public func squareRoot() -> Float {
    var result = self
    result.formSquareRoot()
    return result
  }

  /// The nearest whole number; of two as near, the one away from zero.
  @_transparent
  public func rounded() -> Float { rounded(.toNearestOrAwayFromZero) }

  /// A whole number near to this one, by a rule.
  @_transparent
  public func rounded(_ rule: FloatingPointRoundingRule) -> Float {
    var result = self
    result.round(rule)
    return result
  }

  /// What is left over when this number is divided by another and the quotient is rounded towards zero.
  @_transparent
  public func truncatingRemainder(dividingBy other: Float) -> Float {
    var result = self
    result.formTruncatingRemainder(dividingBy: other)
    return result
  }
}

extension Int {
  /// Whether another number goes into this one; of zero, zero alone is a multiple.
  @_transparent
  public func isMultiple(of other: Int) -> Bool {
    // By magnitudes, since the least number cannot be divided by −1.
    other == 0 ? self == 0 : magnitude % other.magnitude == 0
  }
}
