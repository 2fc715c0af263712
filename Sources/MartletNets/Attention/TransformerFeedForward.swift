import MartletNumerics

/// What a transformer does at each place by itself: `linear2(activation(linear1(x)))`, with dropout after both.
///
/// Parameters have PyTorch's names: `linear1.…`, `linear2.…`.
public struct TransformerFeedForward<Scalar: NetScalar>: Layer {
  public var linear1: Linear<Scalar>
  public var linear2: Linear<Scalar>
  public var dropout: Dropout<Scalar>
  public var activation: TransformerActivation

  init(
    _ width: Int, hidden: Int?, activation: TransformerActivation, dropout: Double, seeds: (UInt64, UInt64),
    precision: Scalar.Type
  ) {
    let hidden = hidden ?? 4 * width
    linear1 = Linear(width, hidden, seed: seeds.0, precision: precision)
    linear2 = Linear(hidden, width, seed: seeds.1, precision: precision)
    self.dropout = Dropout(dropout, precision: precision)
    self.activation = activation
  }

  public mutating func visitParameters(_ visitor: ParameterVisitor<Scalar>) {
    visitor.visit("linear1", &linear1)
    visitor.visit("linear2", &linear2)
  }

  /// - Returns: the shape of `x`, whose last axis is `width` numbers long.
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    let bent = dropout(activation.applied(to: linear1(x, mode: mode)), mode: mode)
    return dropout(linear2(bent, mode: mode), mode: mode)
  }
}

/// What bends the numbers between a transformer's dense layers.
public enum TransformerActivation: Sendable, Hashable {
  /// `max(0, x)`, as in the first transformers.
  case relu
  /// `x · Φ(x)`, as in BERT.
  case gelu
  /// The same with a hyperbolic tangent for Φ, as in GPT-2.
  case geluTanh

  func applied<Scalar>(to x: Variable<Scalar>) -> Variable<Scalar> {
    switch self {
    case .relu: x.relu()
    case .gelu: x.gelu()
    case .geluTanh: x.gelu(approximate: true)
    }
  }
}
