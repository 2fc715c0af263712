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
  public var linear1: Linear<Scalar>
  public var linear2: Linear<Scalar>
  public var norm1: LayerNorm<Scalar>
  public var norm2: LayerNorm<Scalar>
  public var norm3: LayerNorm<Scalar>
  public var dropout: Dropout<Scalar>
  public var activation: TransformerActivation
  /// Whether inputs are normalised before the layers and not after their sum.
  public var normalizesFirst: Bool

  /// - Parameters: those of ``TransformerEncoderLayer``.
  public init(
    _ width: Int, heads: Int, hidden: Int? = nil, activation: TransformerActivation = .relu, dropout: Double = 0.1,
    normalizesFirst: Bool = false, seed: UInt64 = Random.nextSeed(), precision: Scalar.Type = Float.self
  ) {
    let hidden = hidden ?? 4 * width
    var random = PCG64(seed: seed)
    attention = MultiHeadAttention(width, heads: heads, dropout: dropout, seed: random.next(), precision: precision)
    crossAttention = MultiHeadAttention(
      width, heads: heads, dropout: dropout, seed: random.next(), precision: precision)
    linear1 = Linear(width, hidden, seed: random.next(), precision: precision)
    linear2 = Linear(hidden, width, seed: random.next(), precision: precision)
    norm1 = LayerNorm(width, precision: precision)
    norm2 = LayerNorm(width, precision: precision)
    norm3 = LayerNorm(width, precision: precision)
    self.dropout = Dropout(dropout, precision: precision)
    (self.activation, self.normalizesFirst) = (activation, normalizesFirst)
  }

  public mutating func visitParameters(_ visitor: ParameterVisitor<Scalar>) {
    visitor.visit("self_attn", &attention)
    visitor.visit("multihead_attn", &crossAttention)
    visitor.visit("linear1", &linear1)
    visitor.visit("linear2", &linear2)
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
      dropout(attention(y, isCausal: true, mode: mode).output, mode: mode)
    }
    func read(_ y: Variable<Scalar>) -> Variable<Scalar> {
      let found = crossAttention(y, keys: source, isCausal: false, padding: padding, mode: mode).output
      return dropout(found, mode: mode)
    }
    func dense(_ y: Variable<Scalar>) -> Variable<Scalar> {
      let bent = dropout(activation.applied(to: linear1(y, mode: mode)), mode: mode)
      return dropout(linear2(bent, mode: mode), mode: mode)
    }
    var y = y
    for (norm, part) in [(norm1, own), (norm2, read), (norm3, dense)] {
      y = normalizesFirst ? y + part(norm(y, mode: mode)) : norm(y + part(y), mode: mode)
    }
    return y
  }
}

/// Decoder layers one after the other, which write with a look at what an encoder has read.
///
///     let encoder = TransformerEncoder(64, layers: 2, heads: 4, seed: 1)
///     let decoder = TransformerDecoder(64, layers: 2, heads: 4, seed: 2)
///     decoder(y, reading: encoder(x)).shape      // [2, 7, 64], like y
///
/// Parameters have PyTorch's names: `layers.0.self_attn.…`, `norm.…`.
public struct TransformerDecoder<Scalar: NetScalar>: Module {
  /// The layers, first to last.
  public var layers: [TransformerDecoderLayer<Scalar>]
  /// What follows them, where they normalise first.
  public var norm: LayerNorm<Scalar>?

  /// - Parameters: those of ``TransformerEncoder``.
  public init(
    _ width: Int, layers: Int, heads: Int, hidden: Int? = nil, activation: TransformerActivation = .relu,
    dropout: Double = 0.1, normalizesFirst: Bool = false, seed: UInt64 = Random.nextSeed(),
    precision: Scalar.Type = Float.self
  ) {
    guard layers > 0 else { fatalError("TransformerDecoder(layers: \(layers)): it needs one at least.") }
    var random = PCG64(seed: seed)
    self.layers = (0..<layers).map { _ in
      TransformerDecoderLayer(
        width, heads: heads, hidden: hidden, activation: activation, dropout: dropout,
        normalizesFirst: normalizesFirst, seed: random.next(), precision: precision)
    }
    norm = normalizesFirst ? LayerNorm(width, precision: precision) : nil
  }

  /// - Parameters: those of ``TransformerDecoderLayer``.
  public func callAsFunction(
    _ y: Variable<Scalar>, reading source: Variable<Scalar>, padding: Tensor<Bool>? = nil, mode: Mode = .inference
  ) -> Variable<Scalar> {
    let found = layers.reduce(y) { $1($0, reading: source, padding: padding, mode: mode) }
    return norm?(found, mode: mode) ?? found
  }
}
