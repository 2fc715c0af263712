import Glibc

/// A function near a point, as the first coefficients of its power series: what is computed from it has exact ones, too.
///
/// ``Taylor`` hands such a jet to a function to find the function's series. Both sides of an operation have the same
/// order.
public struct Jet: Hashable, Sendable {
  /// The coefficients of `1, h, h², …`, where h is the distance from the point.
  public let coefficients: [Double]

  init(_ coefficients: [Double]) { self.coefficients = coefficients }

  /// The highest power that is kept.
  public var order: Int { coefficients.count - 1 }

  /// A constant of the same order.
  func constant(_ value: Double) -> Jet { Jet([value] + [Double](repeating: 0, count: order)) }

  /// Works out coefficients one after the other, each from those before it.
  func solving(_ first: Double, _ next: (_ place: Int, _ found: [Double]) -> Double) -> Jet {
    var found = [first]
    found.reserveCapacity(coefficients.count)
    for place in 1..<max(coefficients.count, 1) where order > 0 { found.append(next(place, found)) }
    return Jet(found)
  }

  /// `Σ k aₖ bₙ₋ₖ`, for k from 1 to n: what the derivative of a composed function is made of.
  static func weighted(_ a: [Double], _ b: [Double], _ n: Int) -> Double {
    (1...n).reduce(0) { n - $1 < b.count ? $0 + Double($1) * a[$1] * b[n - $1] : $0 }
  }
}

// No literals and few operators: each would make the compiler slower with every other sum in a cell.
extension Jet {
  public static prefix func - (a: Jet) -> Jet { Jet(a.coefficients.map { -$0 }) }
  public static func + (a: Jet, b: Jet) -> Jet { Jet(zip(a.coefficients, b.coefficients).map { $0 + $1 }) }
  public static func - (a: Jet, b: Jet) -> Jet { Jet(zip(a.coefficients, b.coefficients).map { $0 - $1 }) }
  public static func * (a: Jet, b: Jet) -> Jet {
    Jet(a.coefficients.indices.map { n in (0...n).reduce(0) { $0 + a.coefficients[$1] * b.coefficients[n - $1] } })
  }
  public static func / (a: Jet, b: Jet) -> Jet {
    a.solving(a.coefficients[0] / b.coefficients[0]) { n, found in
      (a.coefficients[n] - (0..<n).reduce(0) { $0 + found[$1] * b.coefficients[n - $1] }) / b.coefficients[0]
    }
  }
  public static func + (a: Jet, b: Double) -> Jet { a + a.constant(b) }
  public static func - (a: Jet, b: Double) -> Jet { a - a.constant(b) }
  public static func * (a: Double, b: Jet) -> Jet { Jet(b.coefficients.map { a * $0 }) }
  public static func / (a: Jet, b: Double) -> Jet { Jet(a.coefficients.map { $0 / b }) }
  public static func / (a: Double, b: Jet) -> Jet { b.constant(a) / b }
}

/// The exponential's series.
@_disfavoredOverload public func exp(_ x: Jet) -> Jet {
  x.solving(Glibc.exp(x.coefficients[0])) { n, found in Jet.weighted(x.coefficients, found, n) / Double(n) }
}
/// The natural logarithm's series.
@_disfavoredOverload public func log(_ x: Jet) -> Jet {
  let a = x.coefficients
  return x.solving(Glibc.log(a[0])) { n, found in
    let before = (1..<max(n, 1)).reduce(0) { $0 + Double($1) * found[$1] * a[n - $1] }
    return (a[n] - before / Double(n)) / a[0]
  }
}
/// A power's series, with a fixed exponent; that of a base of zero needs a whole exponent, 0 or more.
@_disfavoredOverload public func pow(_ x: Jet, _ exponent: Double) -> Jet {
  let a = x.coefficients
  if a[0] == 0, exponent >= 0, exponent == exponent.rounded(), exponent < 1_000 {
    return (0..<Int(exponent)).reduce(x.constant(1)) { product, _ in product * x }
  }
  return x.solving(Glibc.pow(a[0], exponent)) { n, found in
    (1...n).reduce(0) { $0 + ((exponent + 1) * Double($1) / Double(n) - 1) * a[$1] * found[n - $1] } / a[0]
  }
}
/// The square root's series.
@_disfavoredOverload public func sqrt(_ x: Jet) -> Jet { pow(x, 0.5) }
/// The sine's series.
@_disfavoredOverload public func sin(_ x: Jet) -> Jet { sineAndCosine(x).sine }
/// The cosine's series.
@_disfavoredOverload public func cos(_ x: Jet) -> Jet { sineAndCosine(x).cosine }
/// The tangent's series.
@_disfavoredOverload public func tan(_ x: Jet) -> Jet {
  let (sine, cosine) = sineAndCosine(x)
  return sine / cosine
}
/// The hyperbolic tangent's series.
@_disfavoredOverload public func tanh(_ x: Jet) -> Jet {
  let twice = exp(2 * x)
  return (twice - 1) / (twice + 1)
}
/// The arctangent's series.
@_disfavoredOverload public func atan(_ x: Jet) -> Jet {
  let slope = 1 / (x * x + 1)
  return x.solving(Glibc.atan(x.coefficients[0])) { n, _ in
    Jet.weighted(x.coefficients, slope.coefficients, n) / Double(n)
  }
}

private func sineAndCosine(_ x: Jet) -> (sine: Jet, cosine: Jet) {
  var sine = [Glibc.sin(x.coefficients[0])]
  var cosine = [Glibc.cos(x.coefficients[0])]
  for n in 1..<max(x.coefficients.count, 1) where x.order > 0 {
    let next = Jet.weighted(x.coefficients, cosine, n) / Double(n)
    cosine.append(-Jet.weighted(x.coefficients, sine, n) / Double(n))
    sine.append(next)
  }
  return (Jet(sine), Jet(cosine))
}
