import CMartletRuntime
import MartletNumerics

/// A model that scores the next token at each place of a text, and so can write: ``GPT`` and ``Llama``.
public protocol WritingModel<Scalar>: Module {
  /// How many tokens there are, numbered from 0.
  var vocabulary: Int { get }
  /// The most places that are looked at.
  var context: Int { get }

  /// - Parameter tokens: shape `[samples, places]`, with `context` places at most.
  /// - Returns: scores for the token after each place, `[samples, places, vocabulary]`.
  func callAsFunction(_ tokens: Tensor<Int>, mode: Mode) -> Variable<Scalar>

  /// The scores after more tokens of a text whose first tokens are in the cache, which gets the new ones too.
  ///
  ///     var cache = KeyValueCache<Float>()
  ///     model.scores(after: Tensor([[5, 3]]), &cache)      // [1, 2, vocabulary]
  ///     model.scores(after: Tensor([[8]]), &cache)         // [1, 1, vocabulary]: what model(Tensor([[5, 3, 8]])) gives last
  /// - Parameter tokens: shape `[samples, places]`; with those of the cache there are `context` places at most.
  /// - Complexity: the work of the new places alone, but for attention's look at the old ones.
  func scores(after tokens: Tensor<Int>, _ cache: inout KeyValueCache<Scalar>) -> Variable<Scalar>
}

extension WritingModel {
  /// Goes on with a text, token by token.
  ///
  /// Each token is drawn as a ``TokenSampler`` of these settings draws it. Where the text is longer than the context, its last
  /// `context` tokens count.
  /// - Parameters:
  ///   - prompt: the text so far, one token at least.
  ///   - count: how many tokens are added.
  ///   - temperature: below 1 likely tokens become likelier, above 1 less so; 0 always takes the likeliest.
  ///   - topK: how many tokens are drawn from; `nil` for all.
  ///   - topP: the fewest tokens with this probability together are drawn from; `nil` for all.
  ///   - minP: tokens with less than this part of the largest probability are left out; `nil` for none.
  ///   - repetitionPenalty: above 1 makes tokens of the text less likely to come again.
  ///   - end: the token after which nothing is added; `nil` for none.
  ///   - usesCache: whether keys and values of earlier tokens are kept, as long as the text fits into the context. The text is
  ///     the same without, but for draws that rounding decides.
  ///   - seed: what the draws depend on.
  /// - Returns: the prompt and what follows.
  /// - Complexity: with the cache, a pass over one place for each token within the context; else, and beyond, a pass over the
  ///   context.
  public func generate(
    _ prompt: [Int], count: Int, temperature: Double = 1, topK: Int? = nil, topP: Double? = nil, minP: Double? = nil,
    repetitionPenalty: Double = 1, end: Int? = nil, usesCache: Bool = true, seed: UInt64 = Random.nextSeed()
  ) -> [Int] {
    let sampler = TokenSampler(
      temperature: temperature, topK: topK, topP: topP, minP: minP, repetitionPenalty: repetitionPenalty)
    return generate(prompt, count: count, sampler: sampler, end: end, usesCache: usesCache, seed: seed)
  }

  /// The same with the settings as a value.
  public func generate(
    _ prompt: [Int], count: Int, sampler: TokenSampler, end: Int? = nil, usesCache: Bool = true,
    seed: UInt64 = Random.nextSeed()
  ) -> [Int] {
    guard !prompt.isEmpty, count >= 0 else {
      fatalError(
        "generate needs a prompt of one token at least and a count from 0; found \(prompt.count) tokens and \(count).")
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
        : self(Tensor([Array(text.suffix(context))]), mode: .inference).value
      let next = sampler.draw(scores.scalars.suffix(vocabulary).map { Double($0) }, after: text, &random)
      text.append(next)
      if next == end { break }
    }
    return text
  }

  /// Stops the cell where the tokens have no place in the model, or are none of its.
  func checkTokens(_ tokens: Tensor<Int>, after kept: Int, _ name: String) {
    guard tokens.rank == 2, tokens.count > 0, kept + tokens.shape[1] <= context else {
      fatalError(
        "\(name) needs tokens [samples, places] with 1 to \(context) places\(kept > 0 ? ", \(kept) in the cache among them" : ""); found shape \(tokens.shape)."
      )
    }
    if let wrong = tokens.scalars.first(where: { !(0..<vocabulary).contains($0) }) {
      fatalError("\(name): token \(wrong) is not one of the \(vocabulary) tokens, which are counted from 0.")
    }
  }
}
