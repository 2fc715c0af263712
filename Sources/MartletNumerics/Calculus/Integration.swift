import CMartletRuntime
import Glibc

/// What an integral came to.
public struct Integral: Sendable, Hashable {
  /// The area under the function.
  public let value: Double
  /// How far off it may be, estimated from how the parts' two rules differ.
  public let error: Double
  /// How often the function was called.
  public let evaluations: Int
  /// Whether the error became as small as asked for.
  public let hasConverged: Bool
}

/// How to integrate.
public enum IntegrationMethod: Hashable, Sendable {
  /// Parts are halved where the error is largest (Gauss and Kronrod's rules of 10 and 21 points). Takes infinite ends.
  case adaptive
  /// Parabolas over so many equal parts; an even number.
  case simpson(Int)
  /// Straight lines over so many equal parts.
  case trapezoid(Int)
  /// Gauss and Legendre's rule with so many points: exact for polynomials up to degree 2n − 1.
  case gauss(Int)
}

/// The area under a function over a range, which may be infinite.
///
///     integrate(over: -Double.infinity...Double.infinity) { exp(-$0 * $0) }.value      // 1.772453850905516, √π
///     integrate(over: 0...2) { $0 * $0 }.value                                         // 2.6666666666666665
/// - Parameters:
///   - range: from where to where.
///   - method: adaptive by default.
///   - tolerance: the error to reach, relative to the result or absolute, whichever is larger; for `.adaptive`.
///   - function: is not called at infinite ends.
/// - Complexity: 21 calls of `function` a part, of which there are at most 500, for `.adaptive`.
///
/// Reference: Piessens et al. (1983), QUADPACK; the transformation of infinite ranges is theirs.
public func integrate(
  over range: ClosedRange<Double>, method: IntegrationMethod = .adaptive, tolerance: Double = 1.5e-8,
  _ function: (Double) -> Double
) -> Integral {
  let (a, b) = (range.lowerBound, range.upperBound)
  switch method {
  case .adaptive:
    return AdaptiveIntegration.run(range, tolerance, function)
  case .simpson(let parts):
    guard parts > 0, parts.isMultiple(of: 2) else {
      fatalError("Simpson's rule needs an even number of parts; found \(parts).")
    }
    let h = (b - a) / Double(parts)
    let sum = (0...parts).reduce(0.0) { sum, i in
      sum + (i == 0 || i == parts ? 1 : i.isMultiple(of: 2) ? 2 : 4) * function(a + Double(i) * h)
    }
    return Integral(value: sum * h / 3, error: .nan, evaluations: parts + 1, hasConverged: true)
  case .trapezoid(let parts):
    guard parts > 0 else { fatalError("The trapezoid rule needs at least one part; found \(parts).") }
    let h = (b - a) / Double(parts)
    let inner = (1..<parts).reduce(0.0) { $0 + function(a + Double($1) * h) }
    return Integral(
      value: h * (inner + (function(a) + function(b)) / 2), error: .nan, evaluations: parts + 1, hasConverged: true)
  case .gauss(let points):
    let rule = GaussLegendre(points: points)
    let (middle, half) = ((a + b) / 2, (b - a) / 2)
    let sum = zip(rule.points, rule.weights).reduce(0.0) { $0 + $1.1 * function(middle + half * $1.0) }
    return Integral(value: sum * half, error: .nan, evaluations: points, hasConverged: true)
  }
}

/// The volume under a function of two variables, whose second range may depend on the first variable.
///
///     integrate(over: 0...1, and: { x in 0...x }) { x, y in x * y }.value      // 0.125
public func integrate(
  over outer: ClosedRange<Double>, and inner: (Double) -> ClosedRange<Double>, tolerance: Double = 1.5e-8,
  _ function: (Double, Double) -> Double
) -> Integral {
  var evaluations = 0
  let result = integrate(over: outer, tolerance: tolerance) { x in
    let part = integrate(over: inner(x), tolerance: tolerance / 10) { y in function(x, y) }
    evaluations += part.evaluations
    return part.value
  }
  return Integral(value: result.value, error: result.error, evaluations: evaluations, hasConverged: result.hasConverged)
}

/// The areas under measured values, from the first up to each: straight lines between neighbours. (SciPy:
/// `cumulative_trapezoid(initial=0)`)
///
///     cumulativeIntegral([1, 3, 5], spacing: 1)      // [0.0, 2.0, 6.0]
public func cumulativeIntegral(_ values: [Double], spacing: Double) -> [Double] {
  var sum = 0.0
  return values.indices.map { i in
    if i > 0 { sum += (values[i] + values[i - 1]) / 2 * spacing }
    return sum
  }
}

/// The length of the curve `(x, f(x))`.
///
///     arcLength(over: 0...1) { 2 * $0 }      // 2.23606797749979, √5
public func arcLength(over range: ClosedRange<Double>, of function: (Double) -> Double) -> Double {
  integrate(over: range) { x in hypot(1, derivative(at: x, of: function)) }.value
}

/// The mean height of a function over a range.
public func meanValue(over range: ClosedRange<Double>, of function: (Double) -> Double) -> Double {
  integrate(over: range, function).value / (range.upperBound - range.lowerBound)
}

/// The volume of what a curve encloses when it is turned about the horizontal axis: `π ∫ f(x)² dx`.
///
///     volumeOfRevolution(over: 0...1) { $0 }      // 1.0471975511965979, π/3: a cone
public func volumeOfRevolution(over range: ClosedRange<Double>, of function: (Double) -> Double) -> Double {
  Double.pi * integrate(over: range) { x in function(x) * function(x) }.value
}

/// The points and weights of Gauss and Legendre's rule on −1…1, by Newton's steps to the polynomial's roots.
package struct GaussLegendre {
  package let points, weights: [Double]

  package init(points count: Int) {
    guard count > 0 else { fatalError("Gauss's rule needs at least one point; found \(count).") }
    let found = (0..<count).map { i in
      var x = cos(Double.pi * (Double(i) + 0.75) / (Double(count) + 0.5))
      var slope = 1.0
      for _ in 0..<100 {
        var (last, value) = (1.0, x)
        for k in 1..<max(count, 1) where count > 1 {
          (last, value) = (value, ((2 * Double(k) + 1) * x * value - Double(k) * last) / Double(k + 1))
        }
        slope = count == 1 ? 1 : Double(count) * (x * value - last) / (x * x - 1)
        let step = value / slope
        x -= step
        if abs(step) < 1e-16 { break }
      }
      return (x, 2 / ((1 - x * x) * slope * slope))
    }
    points = found.map(\.0)
    weights = found.map(\.1)
  }
}
