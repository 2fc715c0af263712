import MartletNumerics

/// The block that transformers repeat: attention, then two dense layers at each place, each added to its input.
///
/// `x = norm1(x + attention(x))`, then `x = norm2(x + linear2(activation(linear1(x))))`. With `normalizesFirst` it is
/// `x + attention(norm1(x))` and `x + linear2(activation(linear1(norm2(x))))`, which learns without a warm-up.
///
///     let layer = TransformerEncoderLayer(64, heads: 8, seed: 1)
///     layer(x, padding: isPadding)                    // [2, 10, 64], like x
///     layer.attentionWeights(x.value).shape           // [2, 8, 10, 10]
///
/// Parameters have PyTorch's names and shapes: `self_attn.…`, `linear1.…`, `linear2.…`, `norm1.…`, `norm2.…`.
///
/// Reference: Vaswani et al. (2017), Attention is all you need; norms first: Xiong et al. (2020).
public struct TransformerEncoderLayer<Scalar: NetScalar>: Layer {
  public var attention: MultiHeadAttention<Scalar>
  /// What is done at each place by itself.
  public var dense: TransformerFeedForward<Scalar>
  public var norm1: LayerNorm<Scalar>
  public var norm2: LayerNorm<Scalar>
  /// Whether inputs are normalised before the layers and not after their sum.
  public var normalizesFirst: Bool

  /// - Parameters:
  ///   - width: numbers for each place; a multiple of `heads`. (PyTorch: `d_model`)
  ///   - heads: at least 1.
  ///   - hidden: numbers between the dense layers; four times the width without. (PyTorch: `dim_feedforward`, 2048)
  ///   - activation: what bends them.
  ///   - dropout: how likely a number is set to 0 in training: among attention's weights, between the dense layers, and in
  ///     what is added.
  ///   - normalizesFirst: whether inputs are normalised before the layers. (PyTorch: `norm_first`)
  public init(
    _ width: Int, heads: Int, hidden: Int? = nil, activation: TransformerActivation = .relu, dropout: Double = 0.1,
    normalizesFirst: Bool = false, seed: UInt64 = Random.nextSeed(), precision: Scalar.Type = Float.self
  ) {
    attention = MultiHeadAttention(width, heads: heads, dropout: dropout, seed: seed, precision: precision)
    dense = TransformerFeedForward(
      width, hidden: hidden, activation: activation, dropout: dropout, seeds: (seed &+ 2, seed &+ 4),
      precision: precision)
    norm1 = LayerNorm(width, precision: precision)
    norm2 = LayerNorm(width, precision: precision)
    self.normalizesFirst = normalizesFirst
  }

  public mutating func visitParameters(_ visitor: ParameterVisitor<Scalar>) {
    visitor.visit("self_attn", &attention)
    dense.visitParameters(visitor)
    visitor.visit("norm1", &norm1)
    visitor.visit("norm2", &norm2)
  }

  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    self(x, isCausal: false, padding: nil, mode: mode)
  }

  /// - Parameters:
  ///   - x: shape `[samples, places, width]`.
  ///   - isCausal: whether a place sees only those up to its own.
  ///   - padding: true for places that fill a sequence up and must not be seen, shape `[samples, places]`.
  /// - Returns: the shape of `x`.
  public func callAsFunction(
    _ x: Variable<Scalar>, isCausal: Bool = false, padding: Tensor<Bool>?, mode: Mode = .inference
  ) -> Variable<Scalar> { pass(x, isCausal, padding, mode).output }

  /// How much each place looks at each other, by heads: shape `[samples, heads, places, places]`.
  public func attentionWeights(
    _ x: Tensor<Scalar>, isCausal: Bool = false, padding: Tensor<Bool>? = nil
  ) -> Tensor<Scalar> { pass(Variable(x), isCausal, padding, .inference).weights.value }

  /// The output with attention's weights.
  func pass(
    _ x: Variable<Scalar>, _ isCausal: Bool, _ padding: Tensor<Bool>?, _ mode: Mode
  ) -> (output: Variable<Scalar>, weights: Variable<Scalar>) {
    let (found, weights) = attention(
      normalizesFirst ? norm1(x, mode: mode) : x, isCausal: isCausal, padding: padding, mode: mode)
    let sum = x + dense.dropout(found, mode: mode)
    if normalizesFirst { return (sum + dense(norm2(sum, mode: mode), mode: mode), weights) }
    let middle = norm1(sum, mode: mode)
    return (norm2(middle + dense(middle, mode: mode), mode: mode), weights)
  }

  /// Places that follow those of a cache, when the layer is used as a decoder's.
  func continued(_ x: Variable<Scalar>, _ cache: inout KeyValueCache<Scalar>.Block) -> Variable<Scalar> {
    let sum = x + attention.continued(normalizesFirst ? norm1(x) : x, &cache)
    if normalizesFirst { return sum + dense(norm2(sum)) }
    let middle = norm1(sum)
    return norm2(middle + dense(middle))
  }
}
