@_exported import Foundation

// On Linux `hypot(3, 4)` does not compile: a literal may be a Float, a CGFloat, a Float80 or a Double, and the compiler
// has no favourite. These declarations take the place of the other candidates and step back, so that the Double one
// wins:
// `hypot(3, 4)` is 5.0. Floats still find the Float one. A file that also imports Foundation itself sees both sets and
// behaves as plain Foundation does.

/// `atan2` of two `Float` values, as in C.
@_disfavoredOverload @inlinable public func atan2(_ x: Float, _ y: Float) -> Float { Glibc.atan2(x, y) }
/// `atan2` of two `CGFloat` values, as in C.
@_disfavoredOverload @inlinable public func atan2(_ x: CGFloat, _ y: CGFloat) -> CGFloat { Foundation.atan2(x, y) }
/// `atan2` of two `Float80` values, as in C.
@_disfavoredOverload @inlinable public func atan2(_ x: Float80, _ y: Float80) -> Float80 { Glibc.atan2(x, y) }
/// `copysign` of two `Float` values, as in C.
@_disfavoredOverload @inlinable public func copysign(_ x: Float, _ y: Float) -> Float { Glibc.copysign(x, y) }
/// `copysign` of two `CGFloat` values, as in C.
@_disfavoredOverload @inlinable public func copysign(_ x: CGFloat, _ y: CGFloat) -> CGFloat {
  Foundation.copysign(x, y)
}
/// `copysign` of two `Float80` values, as in C.
@_disfavoredOverload @inlinable public func copysign(_ x: Float80, _ y: Float80) -> Float80 { Glibc.copysign(x, y) }
/// `fdim` of two `Float` values, as in C.
@_disfavoredOverload @inlinable public func fdim(_ x: Float, _ y: Float) -> Float { Glibc.fdim(x, y) }
/// `fdim` of two `CGFloat` values, as in C.
@_disfavoredOverload @inlinable public func fdim(_ x: CGFloat, _ y: CGFloat) -> CGFloat { Foundation.fdim(x, y) }
/// `fdim` of two `Float80` values, as in C.
@_disfavoredOverload @inlinable public func fdim(_ x: Float80, _ y: Float80) -> Float80 { Glibc.fdim(x, y) }
/// `fmax` of two `Float` values, as in C.
@_disfavoredOverload @inlinable public func fmax(_ x: Float, _ y: Float) -> Float { Glibc.fmax(x, y) }
/// `fmax` of two `CGFloat` values, as in C.
@_disfavoredOverload @inlinable public func fmax(_ x: CGFloat, _ y: CGFloat) -> CGFloat { Foundation.fmax(x, y) }
/// `fmax` of two `Float80` values, as in C.
@_disfavoredOverload @inlinable public func fmax(_ x: Float80, _ y: Float80) -> Float80 { Glibc.fmax(x, y) }
/// `fmin` of two `Float` values, as in C.
@_disfavoredOverload @inlinable public func fmin(_ x: Float, _ y: Float) -> Float { Glibc.fmin(x, y) }
/// `fmin` of two `CGFloat` values, as in C.
@_disfavoredOverload @inlinable public func fmin(_ x: CGFloat, _ y: CGFloat) -> CGFloat { Foundation.fmin(x, y) }
/// `fmin` of two `Float80` values, as in C.
@_disfavoredOverload @inlinable public func fmin(_ x: Float80, _ y: Float80) -> Float80 { Glibc.fmin(x, y) }
/// `hypot` of two `Float` values, as in C.
@_disfavoredOverload @inlinable public func hypot(_ x: Float, _ y: Float) -> Float { Glibc.hypot(x, y) }
/// `hypot` of two `CGFloat` values, as in C.
@_disfavoredOverload @inlinable public func hypot(_ x: CGFloat, _ y: CGFloat) -> CGFloat { Foundation.hypot(x, y) }
/// `hypot` of two `Float80` values, as in C.
@_disfavoredOverload @inlinable public func hypot(_ x: Float80, _ y: Float80) -> Float80 { Glibc.hypot(x, y) }
/// `nextafter` of two `Float` values, as in C.
@_disfavoredOverload @inlinable public func nextafter(_ x: Float, _ y: Float) -> Float { Glibc.nextafter(x, y) }
/// `nextafter` of two `CGFloat` values, as in C.
@_disfavoredOverload @inlinable public func nextafter(_ x: CGFloat, _ y: CGFloat) -> CGFloat {
  Foundation.nextafter(x, y)
}
/// `nextafter` of two `Float80` values, as in C.
@_disfavoredOverload @inlinable public func nextafter(_ x: Float80, _ y: Float80) -> Float80 { Glibc.nextafter(x, y) }

/// `x` to the power `y`.
@_disfavoredOverload @inlinable public func pow(_ x: Float, _ y: Float) -> Float { Glibc.pow(x, y) }
/// `x` to the power `y`.
@_disfavoredOverload @inlinable public func pow(_ x: CGFloat, _ y: CGFloat) -> CGFloat { Foundation.pow(x, y) }
/// `x` to the power `y`.
@_disfavoredOverload @inlinable public func pow(_ x: Float80, _ y: Float80) -> Float80 { Glibc.pow(x, y) }
/// `x` to the power `y`. Without this one, `pow(2, 3)` is a Decimal, because its exponent is an Int.
@_disfavoredOverload @inlinable public func pow(_ x: Decimal, _ y: Int) -> Decimal { Foundation.pow(x, y) }
