/// The first terms of a function's power series about a point, found exactly by the rules of differentiation.
///
///     let series = Taylor(of: { exp($0) }, at: 0, order: 4)
///     series.coefficients      // [1.0, 1.0, 0.5, 0.16666666666666666, 0.041666666666666664]
///     series(1)                // 2.708333333333333; e is 2.718…
/// The function is written with ``Jet``s, which have `+ − * /`, `exp`, `log`, `sqrt`, `pow`, `sin`, `cos`, `tan`, `tanh` and
/// `atan`; ``derivative(at:order:of:)`` takes any function, by differences.
public struct Taylor: Hashable, Sendable, Codable {
  /// The point about which the function is known.
  public let centre: Double
  /// `f⁽ᵏ⁾(centre) / k!` for k from 0 to the order.
  public let coefficients: [Double]

  /// - Parameters:
  ///   - order: the highest power, 0 or more; stops the cell otherwise.
  ///   - function: is called once.
  /// - Complexity: O(order²) for each operation of the function.
  public init(of function: (Jet) -> Jet, at centre: Double, order: Int) {
    guard order >= 0 else { fatalError("A series has terms of order 0 and up; found \(order).") }
    self.centre = centre
    var variable = [Double](repeating: 0, count: order + 1)
    variable[0] = centre
    if order > 0 { variable[1] = 1 }
    coefficients = function(Jet(variable)).coefficients
  }

  /// The polynomial's value.
  public func callAsFunction(_ x: Double) -> Double { coefficients.reversed().reduce(0) { $0 * (x - centre) + $1 } }

  /// The values of the polynomials of order 0, 1, 2, … : how the series approaches the function.
  public func partialSums(at x: Double) -> [Double] {
    var (sum, power) = (0.0, 1.0)
    return coefficients.map { coefficient in
      sum += coefficient * power
      power *= x - centre
      return sum
    }
  }

  /// The derivatives at the centre, from the function itself on.
  public var derivatives: [Double] {
    var factorial = 1.0
    return coefficients.enumerated().map { order, coefficient in
      if order > 0 { factorial *= Double(order) }
      return coefficient * factorial
    }
  }
}

/// What the ratio of neighbouring terms of a series tends to: the series converges below 1, has no sum above, and may do either
/// at 1.
///
///     ratioTest { n in pow(0.5, Double(n)) * Double(n) }      // 0.5
/// - Parameter term: the size of the term with that number; is called with 64, 65, 128 and 129.
/// - Returns: the limit to about three digits; NaN where terms are zero or not finite.
public func ratioTest(_ term: (Int) -> Double) -> Double {
  let (near, far) = (abs(term(65) / term(64)), abs(term(129) / term(128)))
  // The ratios of usual series approach their limit as 1/n does.
  return max(2 * far - near, 0)
}
