// Arithmetic and comparison, element by element. Shapes may differ as long as they broadcast: from the last axis on
// they are equal, or one of them is 1 or absent, and then that one is repeated. Anything else stops the cell with both
// shapes.

infix operator .== : ComparisonPrecedence
infix operator .!= : ComparisonPrecedence
infix operator .< : ComparisonPrecedence
infix operator .<= : ComparisonPrecedence
infix operator .> : ComparisonPrecedence
infix operator .>= : ComparisonPrecedence

extension Tensor where Scalar: TensorNumber {
  /// The element-wise sum.
  ///
  ///     Matrix([[1, 2], [3, 4]]) + Matrix([10, 20])      // [[11.0, 22.0], [13.0, 24.0]]
  public static func + (a: Tensor, b: Tensor) -> Tensor { combine(.add, "+", a, b) }
  /// The sum of each element and a number.
  public static func + (a: Tensor, b: Scalar) -> Tensor { combine(.add, "+", a, Tensor(scalar: b)) }
  /// The sum of a number and each element.
  public static func + (a: Scalar, b: Tensor) -> Tensor { combine(.add, "+", Tensor(scalar: a), b) }
  /// Replaces `a` by the element-wise sum.
  public static func += (a: inout Tensor, b: Tensor) { a.combine(.add, "+", with: b) }
  /// Replaces `a` by the sum of each element and a number.
  public static func += (a: inout Tensor, b: Scalar) { a.combine(.add, "+", with: Tensor(scalar: b)) }

  /// The element-wise difference.
  ///
  ///     Matrix([5, 7]) - 1      // [4.0, 6.0]
  public static func - (a: Tensor, b: Tensor) -> Tensor { combine(.subtract, "-", a, b) }
  /// The difference of each element and a number.
  public static func - (a: Tensor, b: Scalar) -> Tensor { combine(.subtract, "-", a, Tensor(scalar: b)) }
  /// The difference of a number and each element.
  public static func - (a: Scalar, b: Tensor) -> Tensor { combine(.subtract, "-", Tensor(scalar: a), b) }
  /// Replaces `a` by the element-wise difference.
  public static func -= (a: inout Tensor, b: Tensor) { a.combine(.subtract, "-", with: b) }
  /// Replaces `a` by the difference of each element and a number.
  public static func -= (a: inout Tensor, b: Scalar) { a.combine(.subtract, "-", with: Tensor(scalar: b)) }

  /// The element-wise product; `•` is the matrix product.
  ///
  ///     Matrix([1, 2]) * Matrix([3, 4])      // [3.0, 8.0]
  public static func * (a: Tensor, b: Tensor) -> Tensor { combine(.multiply, "*", a, b) }
  /// The product of each element and a number.
  public static func * (a: Tensor, b: Scalar) -> Tensor { combine(.multiply, "*", a, Tensor(scalar: b)) }
  /// The product of a number and each element.
  public static func * (a: Scalar, b: Tensor) -> Tensor { combine(.multiply, "*", Tensor(scalar: a), b) }
  /// Replaces `a` by the element-wise product.
  public static func *= (a: inout Tensor, b: Tensor) { a.combine(.multiply, "*", with: b) }
  /// Replaces `a` by the product of each element and a number.
  public static func *= (a: inout Tensor, b: Scalar) { a.combine(.multiply, "*", with: Tensor(scalar: b)) }

  /// The element-wise quotient.
  ///
  ///     1 / Matrix([2, 4])      // [0.50, 0.25]
  public static func / (a: Tensor, b: Tensor) -> Tensor { combine(.divide, "/", a, b) }
  /// The quotient of each element and a number.
  public static func / (a: Tensor, b: Scalar) -> Tensor { combine(.divide, "/", a, Tensor(scalar: b)) }
  /// The quotient of a number and each element.
  public static func / (a: Scalar, b: Tensor) -> Tensor { combine(.divide, "/", Tensor(scalar: a), b) }
  /// Replaces `a` by the element-wise quotient.
  public static func /= (a: inout Tensor, b: Tensor) { a.combine(.divide, "/", with: b) }
  /// Replaces `a` by the quotient of each element and a number.
  public static func /= (a: inout Tensor, b: Scalar) { a.combine(.divide, "/", with: Tensor(scalar: b)) }

  /// Whether elements are equal, element by element.
  public static func .== (a: Tensor, b: Tensor) -> Tensor<Bool> { compare(.equal, ".==", a, b) }
  /// Whether elements are equal, for each element and one number.
  public static func .== (a: Tensor, b: Scalar) -> Tensor<Bool> { compare(.equal, ".==", a, Tensor(scalar: b)) }

  /// Whether elements differ, element by element.
  public static func .!= (a: Tensor, b: Tensor) -> Tensor<Bool> { compare(.unequal, ".!=", a, b) }
  /// Whether elements differ, for each element and one number.
  public static func .!= (a: Tensor, b: Scalar) -> Tensor<Bool> { compare(.unequal, ".!=", a, Tensor(scalar: b)) }

  /// Whether the left element is smaller, element by element.
  public static func .< (a: Tensor, b: Tensor) -> Tensor<Bool> { compare(.less, ".<", a, b) }
  /// Whether the left element is smaller, for each element and one number.
  public static func .< (a: Tensor, b: Scalar) -> Tensor<Bool> { compare(.less, ".<", a, Tensor(scalar: b)) }

  /// Whether the left element is smaller or equal, element by element.
  public static func .<= (a: Tensor, b: Tensor) -> Tensor<Bool> { compare(.lessOrEqual, ".<=", a, b) }
  /// Whether the left element is smaller or equal, for each element and one number.
  public static func .<= (a: Tensor, b: Scalar) -> Tensor<Bool> { compare(.lessOrEqual, ".<=", a, Tensor(scalar: b)) }

  /// Whether the left element is larger, element by element.
  ///
  ///     Tensor([1, 5, 3]) .> 2      // [false,  true,  true]
  public static func .> (a: Tensor, b: Tensor) -> Tensor<Bool> { compare(.less, ".>", b, a) }
  /// Whether the left element is larger, for each element and one number.
  public static func .> (a: Tensor, b: Scalar) -> Tensor<Bool> { compare(.less, ".>", Tensor(scalar: b), a) }

  /// Whether the left element is larger or equal, element by element.
  public static func .>= (a: Tensor, b: Tensor) -> Tensor<Bool> { compare(.lessOrEqual, ".>=", b, a) }
  /// Whether the left element is larger or equal, for each element and one number.
  public static func .>= (a: Tensor, b: Scalar) -> Tensor<Bool> { compare(.lessOrEqual, ".>=", Tensor(scalar: b), a) }

}

extension Tensor where Scalar: TensorNumber & SignedNumeric {
  /// Every element with its sign turned.
  public static prefix func - (a: Tensor) -> Tensor { 0 - a }
}

extension Tensor: Equatable, Hashable {
  /// Whether shapes and elements are all equal; `.==` compares element by element.
  public static func == (a: Tensor, b: Tensor) -> Bool { a.shape == b.shape && a.scalars == b.scalars }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(shape)
    hasher.combine(scalars)
  }
}
