/// How an axis turns numbers into distances.
public struct ScaleKind: Sendable, Hashable {
  enum Name: Sendable, Hashable {
    case linear, log
    case power(Double)
    case symmetricLog(Double)
  }
  let name: Name

  /// Equal distances for equal differences.
  public static let linear = ScaleKind(name: .linear)
  /// Equal distances for equal ratios; values that are not positive are left out and counted in a note.
  public static let log = ScaleKind(name: .log)
  /// Distances as square roots: small values get more room, zero has a place. Below zero it goes on in mirror image.
  public static let sqrt = ScaleKind.power(0.5)

  /// Distances as powers: `sign(x) · |x|^exponent`.
  ///
  /// - Parameter exponent: more than 0 and at most 10; less than 1 gives small values more room, more than 1 large ones.
  public static func power(_ exponent: Double) -> ScaleKind {
    guard exponent > 0, exponent <= 10 else {
      fatalError("A power scale needs an exponent above 0 and at most 10: this is \(exponent).")
    }
    return ScaleKind(name: .power(exponent))
  }

  /// Logarithmic for large values of either sign, linear around zero: `sign(x) · log₁₀(1 + |x| / constant)`.
  ///
  /// - Parameter constant: where the scale turns from linear to logarithmic; more than 0, default 1.
  ///
  /// Reference: Webber (2013), A bi-symmetric log transformation for wide-range data.
  public static func symmetricLog(constant: Double = 1) -> ScaleKind {
    guard constant > 0, constant.isFinite else {
      fatalError("A symmetric log scale needs a constant above 0: this is \(constant).")
    }
    return ScaleKind(name: .symmetricLog(constant))
  }
}
