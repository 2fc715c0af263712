import MartletNumerics

/// The block of a decoder that has something to read: causal attention to the text so far, attention to what an encoder says,
/// then two dense layers, each added to its input.
///
///     let layer = TransformerDecoderLayer(64, heads: 8, seed: 1)
///     layer(y, reading: encoder(x), padding: isPadding)      // [2, 7, 64], like y
///
/// Parameters have PyTorch's names: `self_attn.…`, `multihead_attn.…`, `linear1.…`, `linear2.…`, `norm1.…` to `norm3.…`.
///
/// Reference: Vaswani et al. (2017), Attention is all you need.
public struct TransformerDecoderLayer<Scalar: NetScalar>: Module {
  /// Each place looks at the text so far.
  public var attention: MultiHeadAttention<Scalar>
  /// Each place looks at what is read.
  public var crossAttention: MultiHeadAttention<Scalar>
  /// What is done at each place by itself.
  public var dense: TransformerFeedForward<Scalar>
  public var norm1: LayerNorm<Scalar>
  public var norm2: LayerNorm<Scalar>
  public var norm3: LayerNorm<Scalar>
  /// Whether inputs are normalised before the layers and not after their sum.
  public var normalizesFirst: Bool

  /// - Parameters: those of ``TransformerEncoderLayer``.
  public init(
    _ width: Int, heads: Int, hidden: Int? = nil, activation: TransformerActivation = .relu, dropout: Double = 0.1,
    normalizesFirst: Bool = false, seed: UInt64 = Random.nextSeed(), precision: Scalar.Type = Float.self
  ) {
    var random = PCG64(seed: seed)
    attention = MultiHeadAttention(width, heads: heads, dropout: dropout, seed: random.next(), precision: precision)
    crossAttention = MultiHeadAttention(
      width, heads: heads, dropout: dropout, seed: random.next(), precision: precision)
    dense = TransformerFeedForward(
      width, hidden: hidden, activation: activation, dropout: dropout, seeds: (random.next(), random.next()),
      precision: precision)
    norm1 = LayerNorm(width, precision: precision)
    norm2 = LayerNorm(width, precision: precision)
    norm3 = LayerNorm(width, precision: precision)
    self.normalizesFirst = normalizesFirst
  }

  public mutating func visitParameters(_ visitor: ParameterVisitor<Scalar>) {
    visitor.visit("self_attn", &attention)
    visitor.visit("multihead_attn", &crossAttention)
    dense.visitParameters(visitor)
    visitor.visit("norm1", &norm1)
    visitor.visit("norm2", &norm2)
    visitor.visit("norm3", &norm3)
  }

  /// - Parameters:
  ///   - y: the text so far, shape `[samples, places, width]`; each place sees those up to its own.
  ///   - source: what is read, shape `[samples, read places, width]`.
  ///   - padding: true for places of `source` that only fill it up, shape `[samples, read places]`.
  /// - Returns: the shape of `y`.
  public func callAsFunction(
    _ y: Variable<Scalar>, reading source: Variable<Scalar>, padding: Tensor<Bool>? = nil, mode: Mode = .inference
  ) -> Variable<Scalar> {
    func own(_ y: Variable<Scalar>) -> Variable<Scalar> {
      dense.dropout(attention(y, isCausal: true, mode: mode).output, mode: mode)
    }
    func read(_ y: Variable<Scalar>) -> Variable<Scalar> {
      let found = crossAttention(y, keys: source, isCausal: false, padding: padding, mode: mode).output
      return dense.dropout(found, mode: mode)
    }
    var y = y
    for (norm, part) in [(norm1, own), (norm2, read), (norm3, { dense($0, mode: mode) })] {
      y = normalizesFirst ? y + part(norm(y, mode: mode)) : norm(y + part(y), mode: mode)
    }
    return y
  }
}
