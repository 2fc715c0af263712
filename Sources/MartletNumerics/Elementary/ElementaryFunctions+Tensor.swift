import Foundation

// Functions of every element. Each is the function of the same name on the scalar.

/// The eˣ of every element.
public func exp(_ x: Tensor<Double>) -> Tensor<Double> { x.map { Glibc.exp($0) } }
/// The eˣ of every element.
public func exp(_ x: Tensor<Float>) -> Tensor<Float> { x.map { Glibc.exp($0) } }
/// The natural logarithm of every element.
public func log(_ x: Tensor<Double>) -> Tensor<Double> { x.map { Glibc.log($0) } }
/// The natural logarithm of every element.
public func log(_ x: Tensor<Float>) -> Tensor<Float> { x.map { Glibc.log($0) } }
/// The square root of every element.
public func sqrt(_ x: Tensor<Double>) -> Tensor<Double> { x.map { Foundation.sqrt($0) } }
/// The square root of every element.
public func sqrt(_ x: Tensor<Float>) -> Tensor<Float> { x.map { Foundation.sqrt($0) } }
/// The sine, in radians, of every element.
public func sin(_ x: Tensor<Double>) -> Tensor<Double> { x.map { Glibc.sin($0) } }
/// The sine, in radians, of every element.
public func sin(_ x: Tensor<Float>) -> Tensor<Float> { x.map { Glibc.sin($0) } }
/// The cosine, in radians, of every element.
public func cos(_ x: Tensor<Double>) -> Tensor<Double> { x.map { Glibc.cos($0) } }
/// The cosine, in radians, of every element.
public func cos(_ x: Tensor<Float>) -> Tensor<Float> { x.map { Glibc.cos($0) } }
/// The hyperbolic tangent of every element.
public func tanh(_ x: Tensor<Double>) -> Tensor<Double> { x.map { Glibc.tanh($0) } }
/// The hyperbolic tangent of every element.
public func tanh(_ x: Tensor<Float>) -> Tensor<Float> { x.map { Glibc.tanh($0) } }
/// Every element to the power `exponent`.
public func pow(_ x: Tensor<Double>, _ exponent: Double) -> Tensor<Double> { x.map { Glibc.pow($0, exponent) } }
/// Every element to the power `exponent`.
public func pow(_ x: Tensor<Float>, _ exponent: Float) -> Tensor<Float> { x.map { Glibc.pow($0, exponent) } }
/// Every element without its sign.
public func abs<Scalar: TensorNumber & SignedNumeric>(_ x: Tensor<Scalar>) -> Tensor<Scalar> { x.map { Swift.abs($0) } }
