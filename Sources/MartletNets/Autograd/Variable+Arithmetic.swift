import MartletNumerics

// Arithmetic of corresponding elements; shapes broadcast as those of tensors do, and gradients are summed back.
extension Variable {
  /// The sums of corresponding elements; the shapes broadcast.
  public static func + (a: Variable, b: Variable) -> Variable {
    let (aShape, bShape) = (a.shape, b.shape)
    return computed(a.value + b.value, from: [a, b]) { [$0.summed(to: aShape), $0.summed(to: bShape)] }
  }

  /// The differences of corresponding elements; the shapes broadcast.
  public static func - (a: Variable, b: Variable) -> Variable {
    let (aShape, bShape, bTracked) = (a.shape, b.shape, b.isTracked)
    return computed(a.value - b.value, from: [a, b]) {
      [$0.summed(to: aShape), bTracked ? -($0.summed(to: bShape)) : nil]
    }
  }

  /// The products of corresponding elements; the shapes broadcast.
  public static func * (a: Variable, b: Variable) -> Variable {
    let (x, y, aTracked, bTracked) = (a.value, b.value, a.isTracked, b.isTracked)
    return computed(x * y, from: [a, b]) {
      [aTracked ? ($0 * y).summed(to: x.shape) : nil, bTracked ? ($0 * x).summed(to: y.shape) : nil]
    }
  }

  /// The quotients of corresponding elements; the shapes broadcast.
  public static func / (a: Variable, b: Variable) -> Variable {
    let (y, aShape, aTracked, bTracked) = (b.value, a.shape, a.isTracked, b.isTracked)
    let quotient = a.value / y
    return computed(quotient, from: [a, b]) {
      let part = $0 / y
      return [aTracked ? part.summed(to: aShape) : nil, bTracked ? -((part * quotient).summed(to: y.shape)) : nil]
    }
  }

  /// Every element plus a number.
  public static func + (a: Variable, b: Scalar) -> Variable { computed(a.value + b, from: [a]) { [$0] } }
  /// A number plus every element.
  public static func + (a: Scalar, b: Variable) -> Variable { b + a }
  /// Every element minus a number.
  public static func - (a: Variable, b: Scalar) -> Variable { computed(a.value - b, from: [a]) { [$0] } }
  /// A number minus every element.
  public static func - (a: Scalar, b: Variable) -> Variable { computed(a - b.value, from: [b]) { [-$0] } }
  /// Every element times a number.
  public static func * (a: Variable, b: Scalar) -> Variable { computed(a.value * b, from: [a]) { [$0 * b] } }
  /// A number times every element.
  public static func * (a: Scalar, b: Variable) -> Variable { b * a }
  /// Every element divided by a number.
  public static func / (a: Variable, b: Scalar) -> Variable { computed(a.value / b, from: [a]) { [$0 / b] } }
  /// A number divided by every element.
  public static func / (a: Scalar, b: Variable) -> Variable { Variable(Tensor(scalar: a)) / b }
  /// Every element with the other sign.
  public static prefix func - (a: Variable) -> Variable { computed(-a.value, from: [a]) { [-$0] } }

  /// Adds to this variable.
  public static func += (a: inout Variable, b: Variable) { a = a + b }
  /// Subtracts from this variable.
  public static func -= (a: inout Variable, b: Variable) { a = a - b }
  /// Multiplies this variable.
  public static func *= (a: inout Variable, b: Variable) { a = a * b }
}

/// The larger of corresponding elements; the shapes broadcast. Where both are equal, each gets half of the gradient.
public func maximum<Scalar>(_ a: Variable<Scalar>, _ b: Variable<Scalar>) -> Variable<Scalar> {
  extreme(a, b, Tensor.maximum(a.value, b.value))
}

/// The smaller of corresponding elements; the shapes broadcast. Where both are equal, each gets half of the gradient.
public func minimum<Scalar>(_ a: Variable<Scalar>, _ b: Variable<Scalar>) -> Variable<Scalar> {
  extreme(a, b, Tensor.minimum(a.value, b.value))
}

private func extreme<Scalar>(
  _ a: Variable<Scalar>, _ b: Variable<Scalar>, _ value: Tensor<Scalar>
) -> Variable<Scalar> {
  let (x, y) = (a.value, b.value)
  return .computed(value, from: [a, b]) { gradient in
    let (half, whole): (Scalar, Scalar) = (0.5, 1)
    let share = Tensor.where(x .== y, half, Tensor.where(x .== value, whole, 0))
    return [(gradient * share).summed(to: x.shape), (gradient * (1 - share)).summed(to: y.shape)]
  }
}
