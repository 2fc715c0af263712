import MartletNumerics

// Activations as layers, for ``Sequential``. Elsewhere the variable's own functions do: `x.relu()`.

/// `max(x, 0)`.
public struct ReLU<Scalar: NetScalar>: Layer {
  public init(precision: Scalar.Type = Float.self) {}
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> { x.relu() }
}

/// `x` above 0, `slope · x` below.
public struct LeakyReLU<Scalar: NetScalar>: Layer {
  /// The slope below 0.
  public var slope: Double
  public init(slope: Double = 0.01, precision: Scalar.Type = Float.self) { self.slope = slope }
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> { x.leakyReLU(slope: slope) }
}

/// `x` above 0, `alpha · (eˣ − 1)` below.
public struct ELU<Scalar: NetScalar>: Layer {
  /// What it approaches, with the other sign, far below 0.
  public var alpha: Double
  public init(alpha: Double = 1, precision: Scalar.Type = Float.self) { self.alpha = alpha }
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> { x.elu(alpha: alpha) }
}

/// The scaled ELU whose layers keep mean 0 and variance 1.
public struct SELU<Scalar: NetScalar>: Layer {
  public init(precision: Scalar.Type = Float.self) {}
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> { x.selu() }
}

/// `x · Φ(x)`, with the normal distribution's Φ.
public struct GELU<Scalar: NetScalar>: Layer {
  /// Whether a hyperbolic tangent stands for Φ, as in GPT-2.
  public var approximate: Bool
  public init(approximate: Bool = false, precision: Scalar.Type = Float.self) { self.approximate = approximate }
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> { x.gelu(approximate: approximate) }
}

/// `x · σ(x)`, also called Swish.
public struct SiLU<Scalar: NetScalar>: Layer {
  public init(precision: Scalar.Type = Float.self) {}
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> { x.silu() }
}

/// `x · tanh(log(1 + eˣ))`.
public struct Mish<Scalar: NetScalar>: Layer {
  public init(precision: Scalar.Type = Float.self) {}
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> { x.mish() }
}

/// `log(1 + eˣ)`.
public struct Softplus<Scalar: NetScalar>: Layer {
  public init(precision: Scalar.Type = Float.self) {}
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> { x.softplus() }
}

/// `1 / (1 + e⁻ˣ)`.
public struct Sigmoid<Scalar: NetScalar>: Layer {
  public init(precision: Scalar.Type = Float.self) {}
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> { x.sigmoid() }
}

/// The hyperbolic tangent.
public struct Tanh<Scalar: NetScalar>: Layer {
  public init(precision: Scalar.Type = Float.self) {}
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> { tanh(x) }
}

/// Numbers between 0 and 1 that sum to 1 along an axis.
public struct Softmax<Scalar: NetScalar>: Layer {
  /// The axis; -1 is the last.
  public var axis: Int
  public init(axis: Int = -1, precision: Scalar.Type = Float.self) { self.axis = axis }
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> { x.softmax(axis: axis) }
}

/// The logarithm of softmax.
public struct LogSoftmax<Scalar: NetScalar>: Layer {
  /// The axis; -1 is the last.
  public var axis: Int
  public init(axis: Int = -1, precision: Scalar.Type = Float.self) { self.axis = axis }
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> { x.logSoftmax(axis: axis) }
}

/// All numbers of each sample on one axis: `[n, …]` becomes `[n, -1]`.
public struct Flatten<Scalar: NetScalar>: Layer {
  public init(precision: Scalar.Type = Float.self) {}
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> { x.flattened() }
}

/// Any function of variables as a layer.
///
///     Lambda { $0.reshaped(-1, 1, 28, 28) }
public struct Lambda<Scalar: NetScalar>: Layer {
  private let function: @Sendable (Variable<Scalar>) -> Variable<Scalar>
  public init(_ function: @escaping @Sendable (Variable<Scalar>) -> Variable<Scalar>) {
    self.function = function
  }
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> { function(x) }
}
