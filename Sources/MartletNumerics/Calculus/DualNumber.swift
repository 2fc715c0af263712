import Glibc

/// A number that carries its slope along: what is computed from it has the exact slope, by the rules of differentiation.
///
///     let y = DualNumber.derivative(at: 2) { x in x * x * x + exp(x) }      // 12 + e², to the last digit
///
/// This is forward differentiation, cheap for one variable; see ``gradient(at:of:)`` for many.
public struct DualNumber: Hashable, Sendable {
  /// The number.
  public var value: Double
  /// How fast it changes with the variable.
  public var slope: Double

  /// - Parameter slope: 0, for constants, by default; 1 for the variable itself.
  public init(_ value: Double, slope: Double = 0) {
    self.value = value
    self.slope = slope
  }

  /// The exact slope of a function of one variable.
  public static func derivative(at x: Double, of function: (DualNumber) -> DualNumber) -> Double {
    function(DualNumber(x, slope: 1)).slope
  }

  /// The exact slopes of a function of several variables, one run for each.
  public static func gradient(at point: [Double], of function: ([DualNumber]) -> DualNumber) -> [Double] {
    point.indices.map { i in function(point.enumerated().map { DualNumber($1, slope: $0 == i ? 1 : 0) }).slope }
  }
}

// No literals and few operators: each would make the compiler slower with every other sum in a cell.
extension DualNumber {
  public static prefix func - (a: DualNumber) -> DualNumber { DualNumber(-a.value, slope: -a.slope) }
  public static func + (a: DualNumber, b: DualNumber) -> DualNumber {
    DualNumber(a.value + b.value, slope: a.slope + b.slope)
  }
  public static func - (a: DualNumber, b: DualNumber) -> DualNumber {
    DualNumber(a.value - b.value, slope: a.slope - b.slope)
  }
  public static func * (a: DualNumber, b: DualNumber) -> DualNumber {
    DualNumber(a.value * b.value, slope: a.slope * b.value + a.value * b.slope)
  }
  public static func / (a: DualNumber, b: DualNumber) -> DualNumber {
    DualNumber(a.value / b.value, slope: (a.slope * b.value - a.value * b.slope) / (b.value * b.value))
  }
  public static func + (a: DualNumber, b: Double) -> DualNumber { a + DualNumber(b) }
  public static func - (a: DualNumber, b: Double) -> DualNumber { a - DualNumber(b) }
  public static func * (a: Double, b: DualNumber) -> DualNumber { DualNumber(a) * b }
  public static func / (a: DualNumber, b: Double) -> DualNumber { a / DualNumber(b) }

  /// Applies a function whose slope at the value is known.
  public func applying(_ value: Double, slope: Double) -> DualNumber {
    DualNumber(value, slope: slope * self.slope)
  }
}

/// The exponential, with its slope.
@_disfavoredOverload public func exp(_ x: DualNumber) -> DualNumber {
  x.applying(Glibc.exp(x.value), slope: Glibc.exp(x.value))
}
/// The natural logarithm, with its slope.
@_disfavoredOverload public func log(_ x: DualNumber) -> DualNumber {
  x.applying(Glibc.log(x.value), slope: 1 / x.value)
}
/// The square root, with its slope.
@_disfavoredOverload public func sqrt(_ x: DualNumber) -> DualNumber {
  x.applying(x.value.squareRoot(), slope: 0.5 / x.value.squareRoot())
}
/// The sine, with its slope.
@_disfavoredOverload public func sin(_ x: DualNumber) -> DualNumber {
  x.applying(Glibc.sin(x.value), slope: Glibc.cos(x.value))
}
/// The cosine, with its slope.
@_disfavoredOverload public func cos(_ x: DualNumber) -> DualNumber {
  x.applying(Glibc.cos(x.value), slope: -Glibc.sin(x.value))
}
/// The hyperbolic tangent, with its slope.
@_disfavoredOverload public func tanh(_ x: DualNumber) -> DualNumber {
  let y = Glibc.tanh(x.value)
  return x.applying(y, slope: 1 - y * y)
}
/// A power with a fixed exponent, with its slope.
@_disfavoredOverload public func pow(_ x: DualNumber, _ exponent: Double) -> DualNumber {
  x.applying(Glibc.pow(x.value, exponent), slope: exponent * Glibc.pow(x.value, exponent - 1))
}
