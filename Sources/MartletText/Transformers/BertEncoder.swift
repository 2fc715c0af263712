import MartletNumerics

/// A transformer encoder in the layout of BERT, RoBERTa or DistilBERT, for asking, not for training: `BERT(folder:)` is for that.
///
///     let encoder = try BertEncoder(folder: "all-MiniLM-L6-v2")
///     let states = try encoder.encode([[101, 7592, 102]])
///     states[0].shape      // [3, 384]
///
/// Texts of one call need not be equally long: no padding is computed. The folder holds `config.json` and
/// `model.safetensors` (or the `model.safetensors.index.json` of several files), as Hugging Face keeps models; numbers of 16 bits become single precision.
///
/// Reference: Devlin, Chang, Lee and Toutanova (2019), BERT: pre-training of deep bidirectional transformers for language
/// understanding; Liu et al. (2019), RoBERTa; Sanh et al. (2019), DistilBERT.
public struct BertEncoder: Sendable {
  /// The model's sizes.
  public let configuration: BertConfiguration
  private let weights: BertWeights

  /// Reads a model's folder.
  /// - Throws: ``TransformerError`` when a file is missing or damaged, or the layout is another.
  public init(folder: String) throws(TransformerError) {
    let folder = try BertFolder(folder)
    configuration = folder.configuration
    weights = try BertWeights(folder)
  }

  /// How many tokens go through the layers together: enough for products to be fast, few enough for the cache.
  private static let groupLength = 512

  /// The last layer's description of each token of each text, shape `[tokens, width]` each.
  ///
  /// - Parameters:
  ///   - texts: the tokens' numbers, from 1 to ``BertConfiguration/maximumLength`` of them each.
  ///   - types: which text of a pair each token belongs to; 0 for all by default.
  /// - Throws: ``TransformerError`` when a text is empty or too long, or a number is no token's.
  /// - Complexity: O(tokens · width · (width + inner width + longest text)) a layer.
  public func encode(_ texts: [[Int]], types: [[Int]]? = nil) throws(TransformerError) -> [Tensor<Float>] {
    try check(texts, types)
    let groups = Self.groups(texts.map(\.count))
    // Each group is one thread's work; one alone is shared by all threads.
    let threads = groups.count == 1 ? Parallel.threadLimit : 1
    let found = Parallel.mapRanges(groups.count, length: 1) { range in
      let group = groups[range.lowerBound]
      return WorkTeam.with(threads: threads) { team in
        BertPass(configuration, weights, group.map { texts[$0].count }, team)
          .run(group.map { texts[$0] }, group.map { types?[$0] })
      }
    }
    var states = [Tensor<Float>](repeating: Tensor(scalar: 0), count: texts.count)
    for (group, results) in zip(groups, found) { for (text, result) in zip(group, results) { states[text] = result } }
    return states
  }

  private func check(_ texts: [[Int]], _ types: [[Int]]?) throws(TransformerError) {
    if let types, types.map(\.count) != texts.map(\.count) {
      throw TransformerError(
        "encode needs a type for each token: texts have \(texts.map(\.count)), types \(types.map(\.count)).")
    }
    if let wrong = types?.joined().first(where: { !(0..<configuration.types ~= $0) }) {
      throw TransformerError("Types are from 0 to \(configuration.types - 1); found \(wrong).")
    }
    for (place, text) in texts.enumerated() {
      guard 1...configuration.maximumLength ~= text.count else {
        throw TransformerError(
          "Text \(place) has \(text.count) tokens; from 1 to \(configuration.maximumLength) can be encoded. Truncate it, or cut it into chunks."
        )
      }
      if let wrong = text.first(where: { !(0..<configuration.vocabularyCount ~= $0) }) {
        throw TransformerError(
          "Text \(place) has the token \(wrong); there are \(configuration.vocabularyCount). Is the tokeniser this model's?"
        )
      }
    }
  }

  /// Texts of similar length together, at most about ``groupLength`` tokens in each group and about as many in all: an even
  /// number of groups, so that two cores end at the same time.
  private static func groups(_ lengths: [Int]) -> [[Int]] {
    let order = lengths.indices.sorted { (-lengths[$0], $0) < (-lengths[$1], $1) }
    let sum = lengths.reduce(0, +)
    let number = sum <= groupLength / 4 ? 1 : (sum + 2 * groupLength - 1) / (2 * groupLength) * 2
    let share = (sum + number - 1) / number
    var (groups, total): ([[Int]], Int) = ([], share)
    for text in order {
      if total >= share {
        groups.append([])
        total = 0
      }
      groups[groups.count - 1].append(text)
      total += lengths[text]
    }
    return groups
  }
}
