import MartletNumerics

/// A language model: scores for the next token at each place of a text, from the tokens up to it.
///
/// A vector for each token and one for each place are added; blocks of attention and dense layers follow, a last
/// normalisation, and a score for each token of the vocabulary.
///
///     var model = GPT(vocabulary: 65, context: 64, width: 64, heads: 4, blocks: 2, seed: 1)
///     model(Tensor([[5, 3, 8]])).shape                     // [1, 3, 65]
///     try trainer.fit(&model, loader) { model, batch, mode in crossEntropy(model(batch.x, mode: mode), batch.y) }
///     model.generate([5], count: 200, temperature: 0.8, topK: 10, seed: 1)
///
/// The `batch.x` of a ``DataLoader`` over `Int` is what it takes. As a ``Layer`` it takes token numbers as whole numbers, too.
///
/// Reference: Radford et al. (2018), Improving language understanding by generative pre-training; (2019), Language models
/// are unsupervised multitask learners.
public struct GPT<Scalar: NetScalar>: WritingModel, Layer {
  public var tokens: Embedding<Scalar>
  public var positions: LearnedPositions<Scalar>
  public var dropout: Dropout<Scalar>
  public var blocks: [TransformerDecoderBlock<Scalar>]
  public var norm: LayerNorm<Scalar>
  /// What scores tokens; `nil` where the tokens' own vectors do.
  public var head: Linear<Scalar>?

  /// - Parameters:
  ///   - vocabulary: how many tokens there are, numbered from 0.
  ///   - context: the most places that are looked at.
  ///   - width: numbers for each place; a multiple of `heads`.
  ///   - heads: of each block's attention.
  ///   - blocks: how many.
  ///   - dropout: how likely a number is set to 0 in training.
  ///   - tiesHead: whether tokens are scored by their own vectors, which halves what a small model learns. (Press and Wolf,
  ///     2017)
  ///   - seed: what the start depends on.
  public init(
    vocabulary: Int, context: Int, width: Int = 128, heads: Int = 4, blocks: Int = 4, dropout: Double = 0,
    tiesHead: Bool = true, seed: UInt64 = Random.nextSeed(), precision: Scalar.Type = Float.self
  ) {
    guard blocks > 0 else { fatalError("GPT(blocks: \(blocks)): it needs one at least.") }
    let start = Initializer.normal(standardDeviation: 0.02)
    var random = PCG64(seed: seed)
    tokens = Embedding(vocabulary, width: width, initializer: start, seed: random.next(), precision: precision)
    positions = LearnedPositions(context, width: width, seed: random.next(), precision: precision)
    self.dropout = Dropout(dropout, precision: precision)
    self.blocks = (0..<blocks).map { _ in
      TransformerDecoderBlock(width, heads: heads, dropout: dropout, seed: random.next(), precision: precision)
    }
    norm = LayerNorm(width, precision: precision)
    head =
      tiesHead
      ? nil
      : Linear(width, vocabulary, bias: false, initializer: start, seed: random.next(), precision: precision)
  }

  /// The most places that are looked at.
  public var context: Int { positions.weight.shape[0] }
  /// How many tokens there are.
  public var vocabulary: Int { tokens.weight.shape[0] }

  public func callAsFunction(_ tokens: Tensor<Int>, mode: Mode = .inference) -> Variable<Scalar> {
    let x = norm(blocks.reduce(embedded(tokens, mode)) { $1($0, mode: mode) }, mode: mode)
    return head?(x, mode: mode) ?? x.linear(self.tokens.weight.variable)
  }

  /// The same for token numbers as whole numbers.
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    self(x.value.wholeNumbers(for: "GPT"), mode: mode)
  }

  /// How much each place looks at each one before it: for each block `[samples, heads, places, places]`.
  public func attentionWeights(_ tokens: Tensor<Int>) -> [Tensor<Scalar>] {
    var x = embedded(tokens, .inference)
    return blocks.map { block in
      let (next, weights) = block.layer.pass(x, true, nil, .inference)
      x = next
      return weights.value
    }
  }

  public func scores(after tokens: Tensor<Int>, _ cache: inout KeyValueCache<Scalar>) -> Variable<Scalar> {
    var x = embedded(tokens, .inference, from: cache.length)
    cache.prepare(blocks: blocks.count)
    for place in blocks.indices { x = blocks[place].layer.continued(x, &cache.blocks[place]) }
    x = norm(x)
    return head?(x) ?? x.linear(self.tokens.weight.variable)
  }

  private func embedded(_ tokens: Tensor<Int>, _ mode: Mode, from first: Int = 0) -> Variable<Scalar> {
    checkTokens(tokens, after: first, "GPT")
    let places = positions.weight.variable.slice(axis: 0, first..<first + tokens.shape[1])
    return dropout(self.tokens(tokens) + places, mode: mode)
  }
}
