import MartletNumerics

/// A language model in the layout of Llama, which Mistral shares: ``LlamaBlock``s after a vector for each token, then a norm
/// and a score for each token.
///
///     var model = Llama(vocabulary: 65, context: 64, width: 64, heads: 4, keyHeads: 2, blocks: 2, seed: 1)
///     try trainer.fit(&model, loader) { model, batch, mode in crossEntropy(model(batch.x, mode: mode), batch.y) }
///     model.generate([5], count: 200, temperature: 0.8, topP: 0.9, seed: 1)
///
///     let ready = try Llama(folder: "TinyStories")      // config.json and safetensors of Hugging Face
///
/// Parameters are named as in Hugging Face's files: `model.embed_tokens.weight`, `model.layers.0.self_attn.q_proj.weight` …
///
/// Reference: Touvron et al. (2023), LLaMA: open and efficient foundation language models.
public struct Llama<Scalar: NetScalar>: WritingModel {
  public var tokens: Embedding<Scalar>
  public var blocks: [LlamaBlock<Scalar>]
  public var norm: RMSNorm<Scalar>
  /// What scores tokens; `nil` where the tokens' own vectors do.
  public var head: Linear<Scalar>?
  /// The most places that are looked at.
  public let context: Int

  /// - Parameters:
  ///   - vocabulary: how many tokens there are, numbered from 0.
  ///   - context: the most places that are looked at.
  ///   - width: numbers for each place.
  ///   - heads: of each block's attention.
  ///   - keyHeads: how many heads of keys and values there are; a divisor of `heads`, and all of them without.
  ///   - size: numbers of each head; `width / heads` without.
  ///   - blocks: how many.
  ///   - hidden: numbers within the dense layers; 8/3 of the width without.
  ///   - bias: whether numbers are added to queries, keys, values and the output of attention.
  ///   - base: that of ``RotaryPositions``.
  ///   - epsilon: that of the norms.
  ///   - tiesHead: whether tokens are scored by their own vectors.
  ///   - seed: what the start depends on.
  public init(
    vocabulary: Int, context: Int, width: Int = 128, heads: Int = 4, keyHeads: Int? = nil, size: Int? = nil,
    blocks: Int = 4, hidden: Int? = nil, bias: Bool = false, base: Double = 10_000, epsilon: Double = 1e-6,
    tiesHead: Bool = false, seed: UInt64 = Random.nextSeed(), precision: Scalar.Type = Float.self
  ) {
    guard blocks > 0, context > 0 else {
      fatalError("Llama(context: \(context), blocks: \(blocks)): both are at least 1.")
    }
    let start = Initializer.normal(standardDeviation: 0.02)
    var random = PCG64(seed: seed)
    tokens = Embedding(vocabulary, width: width, initializer: start, seed: random.next(), precision: precision)
    self.blocks = (0..<blocks).map { _ in
      LlamaBlock(
        width, heads: heads, keyHeads: keyHeads, size: size, hidden: hidden ?? 8 * width / 3, bias: bias, base: base,
        epsilon: epsilon, seed: random.next(), precision: precision)
    }
    norm = RMSNorm(width, epsilon: epsilon, precision: precision)
    head =
      tiesHead
      ? nil
      : Linear(width, vocabulary, bias: false, initializer: start, seed: random.next(), precision: precision)
    self.context = context
  }

  public mutating func visitParameters(_ visitor: ParameterVisitor<Scalar>) {
    visitor.within("model") {
      visitor.visit("embed_tokens", &tokens)
      visitor.within("layers") { for place in blocks.indices { visitor.visit("\(place)", &blocks[place]) } }
      visitor.visit("norm", &norm)
    }
    if var inner = head.take() {
      visitor.visit("lm_head", &inner)
      head = inner
    }
  }

  /// How many tokens there are.
  public var vocabulary: Int { tokens.weight.shape[0] }

  public func callAsFunction(_ tokens: Tensor<Int>, mode: Mode = .inference) -> Variable<Scalar> {
    checkTokens(tokens, after: 0, "Llama")
    return scored(blocks.reduce(self.tokens(tokens)) { $1($0, mode: mode) })
  }

  public func scores(after tokens: Tensor<Int>, _ cache: inout KeyValueCache<Scalar>) -> Variable<Scalar> {
    checkTokens(tokens, after: cache.length, "Llama")
    cache.prepare(blocks: blocks.count)
    var x = self.tokens(tokens)
    for place in blocks.indices { x = blocks[place].continued(x, &cache.blocks[place]) }
    return scored(x)
  }

  private func scored(_ x: Variable<Scalar>) -> Variable<Scalar> {
    head?(norm(x)) ?? norm(x).linear(tokens.weight.variable)
  }
}
