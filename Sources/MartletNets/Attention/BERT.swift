import MartletNumerics

/// A transformer encoder of texts that can be trained further: each token is described with a look at all others of its text.
///
/// A vector for each token, one for its place and one for its part of a pair are added and normalised; the layers of a
/// ``TransformerEncoder`` follow. Put a head on it and train both, or freeze the encoder first:
///
///     struct Reader: Module {
///       var body: BERT<Float>
///       var head = Linear(384, 4, seed: 1)
///       func callAsFunction(_ texts: PaddedTokens, mode: Mode) -> Variable<Float> {
///         head(body.means(texts, mode: mode))
///       }
///     }
///     var reader = Reader(body: try BERT(folder: "all-MiniLM-L6-v2"))      // with MartletText
///     reader.freeze("body.words.")
///     try trainer.fit(&reader, loader) { model, batch, mode in crossEntropy(model(batch.texts, mode: mode), batch.y) }
///
/// `BertEncoder` of MartletText reads the same folders and computes faster, but learns nothing.
///
/// Reference: Devlin, Chang, Lee and Toutanova (2019), BERT: pre-training of deep bidirectional transformers for language
/// understanding.
public struct BERT<Scalar: NetScalar>: Module {
  /// A vector for each token.
  public var words: Embedding<Scalar>
  /// A vector for each place.
  public var positions: LearnedPositions<Scalar>
  /// A vector for each part of a pair of texts; `nil` where parts are not told apart.
  public var types: Embedding<Scalar>?
  /// What follows their sum.
  public var norm: LayerNorm<Scalar>
  /// What is applied to it in training.
  public var dropout: Dropout<Scalar>
  /// The layers.
  public var encoder: TransformerEncoder<Scalar>

  /// - Parameters:
  ///   - vocabulary: how many tokens there are, numbered from 0.
  ///   - context: the most places of a text.
  ///   - width: numbers for each place; a multiple of `heads`.
  ///   - layers: how many, at least 1.
  ///   - heads: of each layer's attention.
  ///   - hidden: numbers between a layer's dense layers; four times the width without.
  ///   - types: how many parts a pair of texts may have; 0 for none that are told apart.
  ///   - dropout: how likely a number is set to 0 in training.
  ///   - seed: what the start depends on.
  public init(
    vocabulary: Int, context: Int, width: Int, layers: Int, heads: Int, hidden: Int? = nil, types: Int = 2,
    dropout: Double = 0.1, seed: UInt64 = Random.nextSeed(), precision: Scalar.Type = Float.self
  ) {
    let start = Initializer.normal(standardDeviation: 0.02)
    var random = PCG64(seed: seed)
    words = Embedding(vocabulary, width: width, initializer: start, seed: random.next(), precision: precision)
    positions = LearnedPositions(context, width: width, seed: random.next(), precision: precision)
    self.types =
      types > 0 ? Embedding(types, width: width, initializer: start, seed: random.next(), precision: precision) : nil
    norm = LayerNorm(width, precision: precision)
    self.dropout = Dropout(dropout, precision: precision)
    encoder = TransformerEncoder(
      width, layers: layers, heads: heads, hidden: hidden, activation: .gelu, dropout: dropout, seed: random.next(),
      precision: precision)
  }

  /// The last layer's description of each place.
  ///
  /// - Parameters:
  ///   - tokens: the tokens' numbers, shape `[texts, places]`. Stops the cell at a number that is no token's, or too many places.
  ///   - types: which part of a pair each token belongs to, of the same shape; 0 for all without.
  ///   - padding: true for places that fill a text up and must not be seen, of the same shape.
  /// - Returns: shape `[texts, places, width]`.
  public func callAsFunction(
    _ tokens: Tensor<Int>, types: Tensor<Int>? = nil, padding: Tensor<Bool>? = nil, mode: Mode = .inference
  ) -> Variable<Scalar> {
    guard tokens.rank == 2, types.map({ $0.shape == tokens.shape }) ?? true else {
      fatalError(
        "BERT needs tokens [texts, places] and types of the same shape; found \(tokens.shape) and \(types?.shape ?? tokens.shape)."
      )
    }
    var sum = positions(words(tokens), mode: mode)
    if let table = self.types { sum = sum + table(types ?? .zeros(shape: tokens.shape)) }
    return encoder(dropout(norm(sum, mode: mode), mode: mode), padding: padding, mode: mode)
  }

  /// The mean of each text's descriptions, without what fills it up: shape `[texts, width]`.
  public func means(_ texts: PaddedTokens, mode: Mode = .inference) -> Variable<Scalar> {
    let states = self(texts.tokens, padding: texts.isPadding, mode: mode)
    let places = texts.tokens.shape[1]
    let shares = texts.lengths.flatMap { length in (0..<places).map { $0 < length ? 1 / Scalar(length) : 0 } }
    return (states * Variable(Tensor(shares, shape: texts.tokens.shape + [1]))).sum(axis: 1)
  }

  /// The description of each text's first token, where models that tell classes apart look: shape `[texts, width]`.
  public func firsts(_ texts: PaddedTokens, mode: Mode = .inference) -> Variable<Scalar> {
    self(texts.tokens, padding: texts.isPadding, mode: mode).part(0, axis: 1)
  }
}
