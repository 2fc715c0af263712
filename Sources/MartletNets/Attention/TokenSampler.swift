import Foundation
import MartletNumerics

/// How the next token is drawn from a language model's scores.
///
/// In this order: the scores of tokens that the text has already are divided by `repetitionPenalty` (multiplied, where they
/// are negative); all are divided by the temperature; the `topK` highest stay; of these the fewest that have the probability
/// `topP` together; of these the ones with at least `minP` times the largest probability.
///
///     let sampler = TokenSampler(temperature: 0.8, topK: 40, topP: 0.95)
///     sampler.probabilities([2, 1, 0, -1], after: [3])      // [0.78, 0.22, 0.0, 0.0]: two have 0.95 together
///
/// Reference: Fan, Lewis and Dauphin (2018) for `topK`; Holtzman et al. (2020) for `topP`; Nguyen et al. (2024) for `minP`;
/// Keskar et al. (2019) for the penalty.
public struct TokenSampler: Sendable, Hashable, Codable {
  /// Below 1 likely tokens become likelier, above 1 less so; 0 always takes the likeliest.
  public let temperature: Double
  /// How many tokens are drawn from; `nil` for all.
  public let topK: Int?
  /// The fewest tokens with this probability together are drawn from; `nil` for all.
  public let topP: Double?
  /// Tokens with less than this part of the largest probability are left out; `nil` for none.
  public let minP: Double?
  /// Above 1 makes tokens of the text less likely to come again; 1 changes nothing.
  public let repetitionPenalty: Double

  /// - Parameters:
  ///   - temperature: from 0.
  ///   - topK: from 1.
  ///   - topP: above 0, up to 1.
  ///   - minP: from 0 to 1.
  ///   - repetitionPenalty: above 0.
  public init(
    temperature: Double = 1, topK: Int? = nil, topP: Double? = nil, minP: Double? = nil, repetitionPenalty: Double = 1
  ) {
    guard temperature >= 0, temperature.isFinite, topK ?? 1 > 0, (topP ?? 1) > 0, (topP ?? 1) <= 1,
      0...1 ~= (minP ?? 0), repetitionPenalty > 0, repetitionPenalty.isFinite
    else {
      fatalError(
        "TokenSampler needs a temperature from 0, topK from 1, topP above 0 and up to 1, minP from 0 to 1 and a repetitionPenalty above 0; found \(temperature), \(Self.text(topK)), \(Self.text(topP)), \(Self.text(minP)) and \(repetitionPenalty)."
      )
    }
    (self.temperature, self.topK, self.topP, self.minP) = (temperature, topK, topP, minP)
    self.repetitionPenalty = repetitionPenalty
  }

  private static func text(_ value: (some Any)?) -> String { value.map { "\($0)" } ?? "nil" }

  /// How likely each token is to be drawn.
  ///
  /// - Parameters:
  ///   - scores: one for each token of the vocabulary.
  ///   - text: the tokens so far, which a repetition penalty is for.
  /// - Complexity: O(vocabulary · log vocabulary).
  public func probabilities(_ scores: [Double], after text: [Int] = []) -> [Double] {
    var found = [Double](repeating: 0, count: scores.count)
    let candidates = candidates(scores, text)
    let sum = candidates.reduce(0) { $0 + $1.weight }
    for (token, weight) in candidates { found[token] = weight / sum }
    return found
  }

  /// Draws a token.
  func draw(_ scores: [Double], after text: [Int], _ random: inout PCG64) -> Int {
    let candidates = candidates(scores, text)
    guard temperature > 0 else { return candidates[0].token }
    var rest = random.uniform(from: 0, to: candidates.reduce(0) { $0 + $1.weight })
    for (token, weight) in candidates {
      rest -= weight
      if rest < 0 { return token }
    }
    return candidates[candidates.count - 1].token
  }

  /// The tokens that may be drawn, likeliest first, with weights of which the first is 1.
  private func candidates(_ scores: [Double], _ text: [Int]) -> [(token: Int, weight: Double)] {
    var scores = scores
    if repetitionPenalty != 1 {
      for token in Set(text) where scores.indices.contains(token) {
        scores[token] = scores[token] < 0 ? scores[token] * repetitionPenalty : scores[token] / repetitionPenalty
      }
    }
    // Equal scores: the lower number first, so that the order is one.
    let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
    guard temperature > 0 else { return [(order[0], 1)] }
    let most = scores[order[0]]
    var kept = order.prefix(topK ?? order.count).map { (token: $0, weight: exp((scores[$0] - most) / temperature)) }
    if let topP {
      let goal = topP * kept.reduce(0) { $0 + $1.weight }
      var sum = 0.0
      let needed = kept.firstIndex {
        sum += $0.weight
        return sum >= goal
      }
      if let needed { kept.removeSubrange((needed + 1)...) }
    }
    if let minP { kept.removeAll { $0.weight < minP } }
    return kept
  }
}

extension TokenSampler {
  enum CodingKeys: String, CodingKey { case temperature, topK, topP, minP, repetitionPenalty }

  /// Reads what was encoded; throws `DecodingError` where a setting is out of its range.
  public init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let temperature = try file.decode(Double.self, forKey: .temperature)
    let topK = try file.decodeIfPresent(Int.self, forKey: .topK)
    let topP = try file.decodeIfPresent(Double.self, forKey: .topP)
    let minP = try file.decodeIfPresent(Double.self, forKey: .minP)
    let penalty = try file.decode(Double.self, forKey: .repetitionPenalty)
    guard temperature >= 0, temperature.isFinite, topK ?? 1 > 0, topP ?? 1 > 0, topP ?? 1 <= 1, 0...1 ~= minP ?? 0,
      penalty > 0, penalty.isFinite
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .temperature, in: file, debugDescription: "Expected settings in the ranges that TokenSampler names.")
    }
    self.init(temperature: temperature, topK: topK, topP: topP, minP: minP, repetitionPenalty: penalty)
  }
}
