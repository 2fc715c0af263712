import MartletNumerics

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
