import CMartletRuntime
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
/// As a ``Layer`` it takes token numbers as whole numbers, so that a ``DataLoader`` can hold them.
///
/// Reference: Radford et al. (2018), Improving language understanding by generative pre-training; (2019), Language models
/// are unsupervised multitask learners.
public struct GPT<Scalar: NetScalar>: Layer {
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

  /// - Parameter tokens: shape `[samples, places]`, with `context` places at most.
  /// - Returns: scores for the token after each place, `[samples, places, vocabulary]`.
  public func callAsFunction(_ tokens: Tensor<Int>, mode: Mode = .inference) -> Variable<Scalar> {
    let x = norm(blocks.reduce(embedded(tokens, mode)) { $1($0, mode: mode) }, mode: mode)
    return head?(x, mode: mode) ?? x.linear(self.tokens.weight.variable)
  }

  /// The same for token numbers as whole numbers.
  public func callAsFunction(_ x: Variable<Scalar>, mode: Mode) -> Variable<Scalar> {
    self(Tensor(x.value.scalars.map(whole), shape: x.shape), mode: mode)
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

  /// The scores after more tokens of a text whose first tokens are in the cache, which gets the new ones too.
  ///
  ///     var cache = KeyValueCache<Float>()
  ///     model.scores(after: Tensor([[5, 3]]), &cache)      // [1, 2, vocabulary]
  ///     model.scores(after: Tensor([[8]]), &cache)         // [1, 1, vocabulary]: what model(Tensor([[5, 3, 8]])) gives last
  /// - Parameter tokens: shape `[samples, places]`; with those of the cache there are `context` places at most.
  /// - Complexity: the work of the new places alone, but for attention's look at the old ones.
  public func scores(after tokens: Tensor<Int>, _ cache: inout KeyValueCache<Scalar>) -> Variable<Scalar> {
    var x = embedded(tokens, .inference, from: cache.length)
    cache.prepare(blocks: blocks.count)
    for place in blocks.indices { x = blocks[place].layer.continued(x, &cache.blocks[place]) }
    x = norm(x)
    return head?(x) ?? x.linear(self.tokens.weight.variable)
  }

  private func embedded(_ tokens: Tensor<Int>, _ mode: Mode, from first: Int = 0) -> Variable<Scalar> {
    guard tokens.rank == 2, tokens.count > 0, first + tokens.shape[1] <= context else {
      fatalError(
        "GPT needs tokens [samples, places] with 1 to \(context) places\(first > 0 ? ", \(first) in the cache among them" : ""); found shape \(tokens.shape)."
      )
    }
    if let wrong = tokens.scalars.first(where: { !(0..<vocabulary).contains($0) }) {
      fatalError("GPT: token \(wrong) is not one of the \(vocabulary) tokens, which are counted from 0.")
    }
    let places = positions.weight.variable.slice(axis: 0, first..<first + tokens.shape[1])
    return dropout(self.tokens(tokens) + places, mode: mode)
  }

  private func whole(_ number: Scalar) -> Int {
    guard let whole = Int(exactly: Double(number)) else { fatalError("GPT: \(number) is not the number of a token.") }
    return whole
  }
}

extension GPT {
  /// Goes on with a text, token by token.
  ///
  /// Each token is drawn with probability `softmax(scores / temperature)` among the `topK` with the highest scores. Where the
  /// text is longer than the context, its last `context` tokens count.
  /// - Parameters:
  ///   - prompt: the text so far, one token at least.
  ///   - count: how many tokens are added.
  ///   - temperature: below 1 likely tokens become likelier, above 1 less so; 0 always takes the likeliest.
  ///   - topK: how many tokens are drawn from; `nil` for all.
  ///   - usesCache: whether keys and values of earlier tokens are kept, as long as the text fits into the context. The text is
  ///     the same without, but for draws that rounding decides.
  ///   - seed: what the draws depend on.
  /// - Returns: the prompt and what follows.
  /// - Complexity: with the cache, a pass over one place for each token within the context; else, and beyond, a pass over the
  ///   context.
  public func generate(
    _ prompt: [Int], count: Int, temperature: Double = 1, topK: Int? = nil, usesCache: Bool = true,
    seed: UInt64 = Random.nextSeed()
  ) -> [Int] {
    guard !prompt.isEmpty, count >= 0, temperature >= 0, topK ?? 1 > 0 else {
      fatalError(
        "generate needs a prompt of one token at least, count and temperature from 0, and topK from 1; found \(prompt.count) tokens, \(count), \(temperature) and \(topK.map { "\($0)" } ?? "nil")."
      )
    }
    var random = PCG64(seed: seed)
    var text = prompt
    var cache = KeyValueCache<Scalar>()
    for _ in 0..<count {
      martlet_poll()
      // Beyond the context each place moves with every token, and what was kept is worth nothing.
      let scores =
        usesCache && text.count <= context
        ? self.scores(after: Tensor([Array(text[cache.length...])]), &cache).value
        : self(Tensor([Array(text.suffix(context))])).value
      let last = scores.scalars.suffix(vocabulary).map { Double($0) }
      text.append(Self.draw(last, temperature, topK, &random))
    }
    return text
  }

  private static func draw(_ scores: [Double], _ temperature: Double, _ topK: Int?, _ random: inout PCG64) -> Int {
    // Equal scores: the lower number first, so that the order is one.
    let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
    guard temperature > 0 else { return order[0] }
    let candidates = order.prefix(topK ?? scores.count)
    let weights = candidates.map { exp((scores[$0] - scores[order[0]]) / temperature) }
    var rest = random.uniform(from: 0, to: weights.reduce(0, +))
    for (candidate, weight) in zip(candidates, weights) {
      rest -= weight
      if rest < 0 { return candidate }
    }
    return candidates[candidates.count - 1]
  }
}
