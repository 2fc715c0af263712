import MartletNumerics

/// Encoder layers one after the other: every place of a sequence is described with a look at all others.
///
///     var encoder = TransformerEncoder(64, layers: 4, heads: 8, seed: 1)
///     encoder(x, padding: isPadding)               // [2, 10, 64], like x
///     encoder.attentionWeights(x.value).count      // 4: a picture for each layer
///
/// Where layers normalise first, a last ``LayerNorm`` follows them. Parameters have PyTorch's names: `layers.0.self_attn.…`,
/// `norm.…`. Tell the places apart with ``SinusoidalPositions`` or ``LearnedPositions`` before it.
///
/// Reference: Vaswani et al. (2017), Attention is all you need.
public struct TransformerEncoder<Scalar: NetScalar>: Layer {
  /// The layers, first to last.
  public var layers: [TransformerEncoderLayer<Scalar>]
  /// What follows them, where they normalise first.
  public var norm: LayerNorm<Scalar>?

  /// - Parameters:
  ///   - width: numbers for each place; a multiple of `heads`. (PyTorch: `d_model`)
  ///   - layers: how many, at least 1.
  ///   - heads: of each layer's attention.
  ///   - hidden: numbers between the dense layers; four times the width without.
  ///   - activation: what bends them.
  ///   - dropout: how likely a number is set to 0 in training.
  ///   - normalizesFirst: whether inputs are normalised before the layers. (PyTorch: `norm_first`)
  ///   - seed: what the start depends on; each layer has a start of its own.
  public init(
    _ width: Int, layers: Int, heads: Int, hidden: Int? = nil, activation: TransformerActivation = .relu,
    dropout: Double = 0.1, normalizesFirst: Bool = false, seed: UInt64 = Random.nextSeed(),
    precision: Scalar.Type = Float.self
  ) {
    guard layers > 0 else { fatalError("TransformerEncoder(layers: \(layers)): it needs one at least.") }
    var random = PCG64(seed: seed)
    self.layers = (0..<layers).map { _ in
      TransformerEncoderLayer(
        width, heads: heads, hidden: hidden, activation: activation, dropout: dropout,
        normalizesFirst: normalizesFirst, seed: random.next(), precision: precision)
    }
    norm = normalizesFirst ? LayerNorm(width, precision: precision) : nil
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
  ) -> Variable<Scalar> {
    let found = layers.reduce(x) { $1($0, isCausal: isCausal, padding: padding, mode: mode) }
    return norm?(found, mode: mode) ?? found
  }

  /// How much each place looks at each other in each layer, by heads: `[samples, heads, places, places]` each.
  public func attentionWeights(
    _ x: Tensor<Scalar>, isCausal: Bool = false, padding: Tensor<Bool>? = nil
  ) -> [Tensor<Scalar>] {
    var x = Variable(x)
    return layers.map { layer in
      let (next, weights) = layer.pass(x, isCausal, padding, .inference)
      x = next
      return weights.value
    }
  }
}
