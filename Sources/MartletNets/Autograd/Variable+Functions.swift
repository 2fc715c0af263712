import MartletNumerics

/// The eˣ of every element.
@_disfavoredOverload public func exp<Scalar>(_ x: Variable<Scalar>) -> Variable<Scalar> { x.applying(.exp) }
/// The eˣ − 1, exact near 0, of every element.
@_disfavoredOverload public func expm1<Scalar>(_ x: Variable<Scalar>) -> Variable<Scalar> { x.applying(.expm1) }
/// The natural logarithm of every element.
@_disfavoredOverload public func log<Scalar>(_ x: Variable<Scalar>) -> Variable<Scalar> { x.applying(.log) }
/// The natural logarithm of 1 + x, exact near 0, of every element.
@_disfavoredOverload public func log1p<Scalar>(_ x: Variable<Scalar>) -> Variable<Scalar> { x.applying(.log1p) }
/// The square root of every element.
@_disfavoredOverload public func sqrt<Scalar>(_ x: Variable<Scalar>) -> Variable<Scalar> { x.applying(.sqrt) }
/// Every element without its sign; the slope at 0 is taken as 0.
@_disfavoredOverload public func abs<Scalar>(_ x: Variable<Scalar>) -> Variable<Scalar> { x.applying(.abs) }
/// The sine, in radians, of every element.
@_disfavoredOverload public func sin<Scalar>(_ x: Variable<Scalar>) -> Variable<Scalar> { x.applying(.sin) }
/// The cosine, in radians, of every element.
@_disfavoredOverload public func cos<Scalar>(_ x: Variable<Scalar>) -> Variable<Scalar> { x.applying(.cos) }
/// The hyperbolic tangent of every element.
@_disfavoredOverload public func tanh<Scalar>(_ x: Variable<Scalar>) -> Variable<Scalar> { x.applying(.tanh) }
/// The error function of every element.
@_disfavoredOverload public func erf<Scalar>(_ x: Variable<Scalar>) -> Variable<Scalar> { x.applying(.erf) }
/// Every element to the power `exponent`.
@_disfavoredOverload public func pow<Scalar>(_ x: Variable<Scalar>, _ exponent: Double) -> Variable<Scalar> {
  exponent == 2 ? x.applying(.square) : x.applying(.power(exponent))
}

extension Variable {
  /// The square of every element.
  public func squared() -> Variable { applying(.square) }
  /// 1 divided by every element.
  public func reciprocal() -> Variable { applying(.reciprocal) }

  /// `max(x, 0)`.
  public func relu() -> Variable { applying(.relu) }
  /// `x` above 0, `slope · x` below. (Maas et al., 2013)
  public func leakyReLU(slope: Double = 0.01) -> Variable { applying(.leakyReLU(slope)) }
  /// `x` above 0, `alpha · (eˣ − 1)` below. (Clevert et al., 2015)
  public func elu(alpha: Double = 1) -> Variable { applying(.elu(alpha: alpha, scale: 1)) }
  /// The scaled ELU whose layers keep mean 0 and variance 1. (Klambauer et al., 2017)
  public func selu() -> Variable {
    applying(.elu(alpha: 1.6732632423543772848, scale: 1.0507009873554804934))
  }
  /// `x · Φ(x)`, with the normal distribution's Φ. (Hendrycks and Gimpel, 2016)
  ///
  /// - Parameter approximate: computes `½x(1 + tanh(√(2/π)(x + 0.044715x³)))`, as GPT-2 does.
  public func gelu(approximate: Bool = false) -> Variable { applying(approximate ? .geluTanh : .gelu) }
  /// `x · σ(x)`, also called Swish. (Ramachandran et al., 2017)
  public func silu() -> Variable { applying(.silu) }
  /// `x · tanh(log(1 + eˣ))`. (Misra, 2019)
  public func mish() -> Variable { applying(.mish) }
  /// `log(1 + eˣ)`.
  public func softplus() -> Variable { applying(.softplus) }
  /// `1 / (1 + e⁻ˣ)`.
  public func sigmoid() -> Variable { applying(.sigmoid) }

  /// Every element, moved to the nearer end of a range where it lies outside; no gradient flows there.
  public func clipped(to range: ClosedRange<Scalar>) -> Variable {
    let x = value
    return .computed(x.clipped(to: range), from: [self]) {
      [Tensor.where((x .>= range.lowerBound) & (x .<= range.upperBound), $0, 0)]
    }
  }

  /// The elements of `a` where `mask` is true and of `b` where it is false; the shapes broadcast.
  public static func `where`(_ mask: Tensor<Bool>, _ a: Variable, _ b: Variable) -> Variable {
    let (aShape, bShape) = (a.shape, b.shape)
    return computed(Tensor.where(mask, a.value, b.value), from: [a, b]) { gradient in
      [Tensor.where(mask, gradient, 0).summed(to: aShape), Tensor.where(mask, 0, gradient).summed(to: bShape)]
    }
  }

  /// This variable with one number wherever `mask` is true, through which no gradient flows. (PyTorch: `masked_fill`)
  public func filled(_ number: Scalar, where mask: Tensor<Bool>) -> Variable {
    .where(mask, Variable(Tensor(scalar: number)), self)
  }
}
