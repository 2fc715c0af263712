import MartletNumerics

/// Lists of tokens of different lengths in one tensor: the shorter ones are filled up at their ends.
///
///     let batch = PaddedTokens([[5, 3], [7, 1, 4]])
///     batch.tokens         // [[5, 3, 0], [7, 1, 4]]
///     batch.isPadding      // [[false, false, true], [false, false, false]]
///     encoder(embedding(batch.tokens), padding: batch.isPadding)
///
/// (PyTorch: `pad_sequence` with `batch_first=True`)
public struct PaddedTokens: Sendable, Hashable {
  /// The tokens, shape `[texts, longest]`.
  public let tokens: Tensor<Int>
  /// True where there is no token, shape `[texts, longest]`: what attention takes as `padding`.
  public let isPadding: Tensor<Bool>
  /// How many tokens each text has: what recurrent nets take as `lengths`.
  public let lengths: [Int]

  /// - Parameters:
  ///   - texts: the tokens of each text; a list may be empty.
  ///   - filling: the number that stands where there is no token.
  ///   - length: how many places there are; those of the longest text without. Longer texts lose their ends.
  public init(_ texts: [[Int]], filling: Int = 0, length: Int? = nil) {
    let places = length ?? texts.map(\.count).max() ?? 0
    guard places >= 0 else { fatalError("PaddedTokens(length: \(places)): a length is at least 0.") }
    lengths = texts.map { min($0.count, places) }
    var (tokens, isPadding): ([Int], [Bool]) = ([], [])
    tokens.reserveCapacity(texts.count * places)
    for (text, length) in zip(texts, lengths) {
      tokens += text.prefix(places) + [Int](repeating: filling, count: places - length)
      isPadding += [Bool](repeating: false, count: length) + [Bool](repeating: true, count: places - length)
    }
    self.tokens = Tensor(tokens, shape: [texts.count, places])
    self.isPadding = Tensor(isPadding, shape: [texts.count, places])
  }
}
