@_exported import Foundation

// On Linux `exp(1)` does not compile: a literal may be a Float, a CGFloat, a Float80 or a Double, and the compiler
// has no favourite. These declarations take the place of the other candidates and step back, so that the Double one
// wins:
// `exp(1)` is 2.718281828459045. Floats still find the Float one. A file that also imports Foundation itself sees both
// sets and behaves as plain Foundation does.

/// `acos` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func acos(_ x: Float) -> Float { Glibc.acos(x) }
/// `acos` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func acos(_ x: CGFloat) -> CGFloat { Foundation.acos(x) }
/// `acos` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func acos(_ x: Float80) -> Float80 { Glibc.acos(x) }
/// `acosh` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func acosh(_ x: Float) -> Float { Glibc.acosh(x) }
/// `acosh` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func acosh(_ x: CGFloat) -> CGFloat { Foundation.acosh(x) }
/// `acosh` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func acosh(_ x: Float80) -> Float80 { Glibc.acosh(x) }
/// `asin` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func asin(_ x: Float) -> Float { Glibc.asin(x) }
/// `asin` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func asin(_ x: CGFloat) -> CGFloat { Foundation.asin(x) }
/// `asin` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func asin(_ x: Float80) -> Float80 { Glibc.asin(x) }
/// `asinh` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func asinh(_ x: Float) -> Float { Glibc.asinh(x) }
/// `asinh` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func asinh(_ x: CGFloat) -> CGFloat { Foundation.asinh(x) }
/// `asinh` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func asinh(_ x: Float80) -> Float80 { Glibc.asinh(x) }
/// `atan` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func atan(_ x: Float) -> Float { Glibc.atan(x) }
/// `atan` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func atan(_ x: CGFloat) -> CGFloat { Foundation.atan(x) }
/// `atan` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func atan(_ x: Float80) -> Float80 { Glibc.atan(x) }
/// `atanh` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func atanh(_ x: Float) -> Float { Glibc.atanh(x) }
/// `atanh` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func atanh(_ x: CGFloat) -> CGFloat { Foundation.atanh(x) }
/// `atanh` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func atanh(_ x: Float80) -> Float80 { Glibc.atanh(x) }
/// `cbrt` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func cbrt(_ x: Float) -> Float { Glibc.cbrt(x) }
/// `cbrt` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func cbrt(_ x: CGFloat) -> CGFloat { Foundation.cbrt(x) }
/// `cbrt` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func cbrt(_ x: Float80) -> Float80 { Glibc.cbrt(x) }
/// `cos` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func cos(_ x: Float) -> Float { Glibc.cos(x) }
/// `cos` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func cos(_ x: CGFloat) -> CGFloat { Foundation.cos(x) }
/// `cos` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func cos(_ x: Float80) -> Float80 { Glibc.cos(x) }
/// `cosh` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func cosh(_ x: Float) -> Float { Glibc.cosh(x) }
/// `cosh` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func cosh(_ x: CGFloat) -> CGFloat { Foundation.cosh(x) }
/// `cosh` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func cosh(_ x: Float80) -> Float80 { Glibc.cosh(x) }
/// `erf` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func erf(_ x: Float) -> Float { Glibc.erf(x) }
/// `erf` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func erf(_ x: CGFloat) -> CGFloat { Foundation.erf(x) }
/// `erf` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func erf(_ x: Float80) -> Float80 { Glibc.erf(x) }
/// `erfc` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func erfc(_ x: Float) -> Float { Glibc.erfc(x) }
/// `erfc` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func erfc(_ x: CGFloat) -> CGFloat { Foundation.erfc(x) }
/// `erfc` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func erfc(_ x: Float80) -> Float80 { Glibc.erfc(x) }
/// `exp` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func exp(_ x: Float) -> Float { Glibc.exp(x) }
/// `exp` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func exp(_ x: CGFloat) -> CGFloat { Foundation.exp(x) }
/// `exp` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func exp(_ x: Float80) -> Float80 { Glibc.exp(x) }
/// `exp2` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func exp2(_ x: Float) -> Float { Glibc.exp2(x) }
/// `exp2` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func exp2(_ x: CGFloat) -> CGFloat { Foundation.exp2(x) }
/// `exp2` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func exp2(_ x: Float80) -> Float80 { Glibc.exp2(x) }
/// `expm1` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func expm1(_ x: Float) -> Float { Glibc.expm1(x) }
/// `expm1` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func expm1(_ x: CGFloat) -> CGFloat { Foundation.expm1(x) }
/// `expm1` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func expm1(_ x: Float80) -> Float80 { Glibc.expm1(x) }
/// `log` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func log(_ x: Float) -> Float { Glibc.log(x) }
/// `log` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func log(_ x: CGFloat) -> CGFloat { Foundation.log(x) }
/// `log` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func log(_ x: Float80) -> Float80 { Glibc.log(x) }
/// `log10` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func log10(_ x: Float) -> Float { Glibc.log10(x) }
/// `log10` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func log10(_ x: CGFloat) -> CGFloat { Foundation.log10(x) }
/// `log10` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func log10(_ x: Float80) -> Float80 { Glibc.log10(x) }
/// `log1p` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func log1p(_ x: Float) -> Float { Glibc.log1p(x) }
/// `log1p` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func log1p(_ x: CGFloat) -> CGFloat { Foundation.log1p(x) }
/// `log1p` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func log1p(_ x: Float80) -> Float80 { Glibc.log1p(x) }
/// `log2` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func log2(_ x: Float) -> Float { Glibc.log2(x) }
/// `log2` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func log2(_ x: CGFloat) -> CGFloat { Foundation.log2(x) }
/// `log2` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func log2(_ x: Float80) -> Float80 { Glibc.log2(x) }
/// `logb` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func logb(_ x: Float) -> Float { Glibc.logb(x) }
/// `logb` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func logb(_ x: CGFloat) -> CGFloat { Foundation.logb(x) }
/// `logb` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func logb(_ x: Float80) -> Float80 { Glibc.logb(x) }
/// `nearbyint` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func nearbyint(_ x: Float) -> Float { Glibc.nearbyint(x) }
/// `nearbyint` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func nearbyint(_ x: CGFloat) -> CGFloat { Foundation.nearbyint(x) }
/// `nearbyint` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func nearbyint(_ x: Float80) -> Float80 { Glibc.nearbyint(x) }
/// `rint` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func rint(_ x: Float) -> Float { Glibc.rint(x) }
/// `rint` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func rint(_ x: CGFloat) -> CGFloat { Foundation.rint(x) }
/// `rint` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func rint(_ x: Float80) -> Float80 { Glibc.rint(x) }
/// `sin` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func sin(_ x: Float) -> Float { Glibc.sin(x) }
/// `sin` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func sin(_ x: CGFloat) -> CGFloat { Foundation.sin(x) }
/// `sin` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func sin(_ x: Float80) -> Float80 { Glibc.sin(x) }
/// `sinh` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func sinh(_ x: Float) -> Float { Glibc.sinh(x) }
/// `sinh` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func sinh(_ x: CGFloat) -> CGFloat { Foundation.sinh(x) }
/// `sinh` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func sinh(_ x: Float80) -> Float80 { Glibc.sinh(x) }
/// `tan` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func tan(_ x: Float) -> Float { Glibc.tan(x) }
/// `tan` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func tan(_ x: CGFloat) -> CGFloat { Foundation.tan(x) }
/// `tan` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func tan(_ x: Float80) -> Float80 { Glibc.tan(x) }
/// `tanh` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func tanh(_ x: Float) -> Float { Glibc.tanh(x) }
/// `tanh` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func tanh(_ x: CGFloat) -> CGFloat { Foundation.tanh(x) }
/// `tanh` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func tanh(_ x: Float80) -> Float80 { Glibc.tanh(x) }
/// `tgamma` of a `Float`, as in C.
@_disfavoredOverload @inlinable public func tgamma(_ x: Float) -> Float { Glibc.tgamma(x) }
/// `tgamma` of a `CGFloat`, as in C.
@_disfavoredOverload @inlinable public func tgamma(_ x: CGFloat) -> CGFloat { Foundation.tgamma(x) }
/// `tgamma` of a `Float80`, as in C.
@_disfavoredOverload @inlinable public func tgamma(_ x: Float80) -> Float80 { Glibc.tgamma(x) }
