import MartletNumerics

/// The block of a GPT: causal attention and two dense layers with GELU between them, norms first.
///
///     let block = TransformerDecoderBlock(64, heads: 4, seed: 1)
///     block(x)      // [2, 10, 64], like x; each place depends on those up to it
///
/// Parameters are named as those of ``TransformerEncoderLayer``.
///
/// Reference: Radford et al. (2019), Language models are unsupervised multitask learners.
public struct TransformerDecoderBlock<Scalar: NetScalar>: Layer {
  /// The layers.
  public var layer: TransformerEncoderLayer<Scalar>

  /// - Parameters:
  ///   - width: numbers for each place; a multiple of `heads`.
  ///   - heads: at least 1.
  ///   - hidden: numbers between the dense layers; four times the width without.
  ///   - dropout: how likely a number is set to 0 in training.
  public init(
    _ width: Int, heads: Int, hidden: Int? = nil, dropout: Double = 0, seed: UInt64 = Random.nextSeed(),
    precision: Scalar.Type = Float.self
  ) {
    layer = TransformerEncoderLayer(
      width, heads: heads, hidden: hidden, activation: .gelu, dropout: dropout, normalizesFirst: true, seed: seed,
      precision: precision)
  }

  public mutating func visitParameters(_ visitor: ParameterVisitor<Scalar>) { layer.visitParameters(visitor) }

  /// - Returns: `[samples, places, width]` for `[samples, places, width]`.
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    layer(x, isCausal: true, padding: nil, mode: mode)
  }

  /// How much each place looks at each one before it, by heads: shape `[samples, heads, places, places]`.
  public func attentionWeights(_ x: Tensor<Scalar>) -> Tensor<Scalar> { layer.attentionWeights(x, isCausal: true) }
}
