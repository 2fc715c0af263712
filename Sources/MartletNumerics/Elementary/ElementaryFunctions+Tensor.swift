import Foundation

// Functions of every element, on all cores. They come from glibc's vector library where that is there, and then differ
// from the function of the same name on a scalar by at most four units in the last place.
//
// All of them step back where a function of a number fits: the compiler then does not weigh both for every call in an
// expression of numbers. `(1..<n).map { abs(x[$0] - x[$0 - 1]) }.max() ?? 0` took 1.5 s to type-check, and takes 0.4 s as
// without Martlet.

/// The eˣ of every element.
@_disfavoredOverload public func exp(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.exp) }
/// The eˣ of every element.
@_disfavoredOverload public func exp(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.exp) }
/// The 2ˣ of every element.
@_disfavoredOverload public func exp2(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.exp2) }
/// The 2ˣ of every element.
@_disfavoredOverload public func exp2(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.exp2) }
/// The eˣ − 1, exact near 0, of every element.
@_disfavoredOverload public func expm1(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.expm1) }
/// The eˣ − 1, exact near 0, of every element.
@_disfavoredOverload public func expm1(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.expm1) }
/// The natural logarithm of every element.
@_disfavoredOverload public func log(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.log) }
/// The natural logarithm of every element.
@_disfavoredOverload public func log(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.log) }
/// The logarithm to base 2 of every element.
@_disfavoredOverload public func log2(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.log2) }
/// The logarithm to base 2 of every element.
@_disfavoredOverload public func log2(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.log2) }
/// The logarithm to base 10 of every element.
@_disfavoredOverload public func log10(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.log10) }
/// The logarithm to base 10 of every element.
@_disfavoredOverload public func log10(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.log10) }
/// The natural logarithm of 1 + x, exact near 0, of every element.
@_disfavoredOverload public func log1p(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.log1p) }
/// The natural logarithm of 1 + x, exact near 0, of every element.
@_disfavoredOverload public func log1p(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.log1p) }
/// The cube root of every element.
@_disfavoredOverload public func cbrt(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.cbrt) }
/// The cube root of every element.
@_disfavoredOverload public func cbrt(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.cbrt) }
/// The square root of every element.
@_disfavoredOverload public func sqrt(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.sqrt) }
/// The square root of every element.
@_disfavoredOverload public func sqrt(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.sqrt) }
/// The sine, in radians, of every element.
@_disfavoredOverload public func sin(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.sin) }
/// The sine, in radians, of every element.
@_disfavoredOverload public func sin(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.sin) }
/// The cosine, in radians, of every element.
@_disfavoredOverload public func cos(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.cos) }
/// The cosine, in radians, of every element.
@_disfavoredOverload public func cos(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.cos) }
/// The tangent, in radians, of every element.
@_disfavoredOverload public func tan(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.tan) }
/// The tangent, in radians, of every element.
@_disfavoredOverload public func tan(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.tan) }
/// The arc sine, in radians, of every element.
@_disfavoredOverload public func asin(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.asin) }
/// The arc sine, in radians, of every element.
@_disfavoredOverload public func asin(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.asin) }
/// The arc cosine, in radians, of every element.
@_disfavoredOverload public func acos(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.acos) }
/// The arc cosine, in radians, of every element.
@_disfavoredOverload public func acos(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.acos) }
/// The arc tangent, in radians, of every element.
@_disfavoredOverload public func atan(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.atan) }
/// The arc tangent, in radians, of every element.
@_disfavoredOverload public func atan(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.atan) }
/// The hyperbolic sine of every element.
@_disfavoredOverload public func sinh(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.sinh) }
/// The hyperbolic sine of every element.
@_disfavoredOverload public func sinh(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.sinh) }
/// The hyperbolic cosine of every element.
@_disfavoredOverload public func cosh(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.cosh) }
/// The hyperbolic cosine of every element.
@_disfavoredOverload public func cosh(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.cosh) }
/// The hyperbolic tangent of every element.
@_disfavoredOverload public func tanh(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.tanh) }
/// The hyperbolic tangent of every element.
@_disfavoredOverload public func tanh(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.tanh) }
/// The inverse hyperbolic sine of every element.
@_disfavoredOverload public func asinh(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.asinh) }
/// The inverse hyperbolic sine of every element.
@_disfavoredOverload public func asinh(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.asinh) }
/// The inverse hyperbolic cosine of every element.
@_disfavoredOverload public func acosh(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.acosh) }
/// The inverse hyperbolic cosine of every element.
@_disfavoredOverload public func acosh(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.acosh) }
/// The inverse hyperbolic tangent of every element.
@_disfavoredOverload public func atanh(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.atanh) }
/// The inverse hyperbolic tangent of every element.
@_disfavoredOverload public func atanh(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.atanh) }
/// The error function of every element.
@_disfavoredOverload public func erf(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.erf) }
/// The error function of every element.
@_disfavoredOverload public func erf(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.erf) }
/// The one minus the error function, exact where that is small, of every element.
@_disfavoredOverload public func erfc(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.erfc) }
/// The one minus the error function, exact where that is small, of every element.
@_disfavoredOverload public func erfc(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.erfc) }
/// The largest whole number that is not above x, of every element.
@_disfavoredOverload public func floor(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.floor) }
/// The largest whole number that is not above x, of every element.
@_disfavoredOverload public func floor(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.floor) }
/// The smallest whole number that is not below x, of every element.
@_disfavoredOverload public func ceil(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.ceil) }
/// The smallest whole number that is not below x, of every element.
@_disfavoredOverload public func ceil(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.ceil) }
/// The whole part of every element.
@_disfavoredOverload public func trunc(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.trunc) }
/// The whole part of every element.
@_disfavoredOverload public func trunc(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.trunc) }

/// Every element to the power `exponent`.
///
///     pow(Tensor<Double>([1, 2, 3]), 2)      // [1.0, 4.0, 9.0]
@_disfavoredOverload public func pow(_ x: Tensor<Double>, _ exponent: Double) -> Tensor<Double> {
  // Squares and roots are exact this way, and as fast as memory.
  if exponent == 2 { return x.applying(.square) }
  if exponent == 0.5 { return x.applying(.sqrt) }
  return .applying(.pow, x, Tensor(scalar: exponent))
}
/// Every element of the first to the power of the second's; the shapes broadcast.
@_disfavoredOverload public func pow(_ x: Tensor<Double>, _ exponent: Tensor<Double>) -> Tensor<Double> {
  .applying(.pow, x, exponent)
}

/// A number to the power of each element: `pow(2, x)`.
/// - Complexity: O(n).
@_disfavoredOverload public func pow(_ x: Double, _ exponent: Tensor<Double>) -> Tensor<Double> {
  .applying(.pow, Tensor(scalar: x), exponent)
}
/// The angle of every point (x, y), in radians from −π to π; the shapes broadcast.
@_disfavoredOverload public func atan2(_ y: Tensor<Double>, _ x: Tensor<Double>) -> Tensor<Double> {
  .applying(.atan2, y, x)
}
/// The distance of every point (x, y) from the origin, without overflow; the shapes broadcast.
@_disfavoredOverload public func hypot(_ x: Tensor<Double>, _ y: Tensor<Double>) -> Tensor<Double> {
  .applying(.hypot, x, y)
}
/// Every element without its sign.
@_disfavoredOverload public func abs(_ x: Tensor<Double>) -> Tensor<Double> { x.applying(.abs) }

/// Every element to the power `exponent`.
///
///     pow(Tensor<Float>([1, 2, 3]), 2)      // [1.0, 4.0, 9.0]
@_disfavoredOverload public func pow(_ x: Tensor<Float>, _ exponent: Float) -> Tensor<Float> {
  // Squares and roots are exact this way, and as fast as memory.
  if exponent == 2 { return x.applying(.square) }
  if exponent == 0.5 { return x.applying(.sqrt) }
  return .applying(.pow, x, Tensor(scalar: exponent))
}
/// Every element of the first to the power of the second's; the shapes broadcast.
@_disfavoredOverload public func pow(_ x: Tensor<Float>, _ exponent: Tensor<Float>) -> Tensor<Float> {
  .applying(.pow, x, exponent)
}

/// A number to the power of each element: `pow(2, x)`.
/// - Complexity: O(n).
@_disfavoredOverload public func pow(_ x: Float, _ exponent: Tensor<Float>) -> Tensor<Float> {
  .applying(.pow, Tensor(scalar: x), exponent)
}
/// The angle of every point (x, y), in radians from −π to π; the shapes broadcast.
@_disfavoredOverload public func atan2(_ y: Tensor<Float>, _ x: Tensor<Float>) -> Tensor<Float> {
  .applying(.atan2, y, x)
}
/// The distance of every point (x, y) from the origin, without overflow; the shapes broadcast.
@_disfavoredOverload public func hypot(_ x: Tensor<Float>, _ y: Tensor<Float>) -> Tensor<Float> {
  .applying(.hypot, x, y)
}
/// Every element without its sign.
@_disfavoredOverload public func abs(_ x: Tensor<Float>) -> Tensor<Float> { x.applying(.abs) }

/// Every element without its sign.
@_disfavoredOverload public func abs<Scalar: TensorNumber & SignedNumeric>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
  x.map { Swift.abs($0) }
}
