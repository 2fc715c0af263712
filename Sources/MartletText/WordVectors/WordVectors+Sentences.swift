import MartletNumerics

extension WordVectors {
  /// Vectors of texts from those of their words: frequent words count less, and what all texts have in common is taken away.
  ///
  /// Each is `∑ a / (a + p(word)) · vector / words`, where `p` is the word's share of all words of the texts and `a` the
  /// `smoothing`; then the direction in which the texts' vectors are longest together is taken out of each.
  ///
  ///     let found = try vectors.sentenceVectors(["a cat sits", "the dog sleeps"])      // [2, dimensions]
  ///
  /// A strong and quick beginning; ``SentenceEncoder`` knows the order of words, too.
  /// - Parameters:
  ///   - texts: words between white space; those without a vector count for nothing, and a text of such alone gets zeros.
  ///   - smoothing: above 0; smaller ones make frequent words count less.
  ///   - removesCommonDirection: whether the common direction is taken away.
  /// - Complexity: O(words · dimensions + texts · dimensions²).
  ///
  /// Reference: Arora, Liang and Ma (2017), A simple but tough-to-beat baseline for sentence embeddings.
  public func sentenceVectors(
    _ texts: [String], smoothing: Double = 1e-3, removesCommonDirection: Bool = true
  ) -> Tensor<Float> {
    guard smoothing > 0, smoothing.isFinite else {
      fatalError("sentenceVectors needs a smoothing above 0; found \(smoothing).")
    }
    let words = texts.map { FastTextFeatures.split($0).map(String.init) }
    var counts: [String: Int] = [:]
    for word in words.joined() { counts[word, default: 0] += 1 }
    let (width, total) = (vectors.shape[1], Double(words.reduce(0) { $0 + $1.count }))
    var sums = [Double](repeating: 0, count: texts.count * width)
    for (text, words) in words.enumerated() {
      for word in words {
        guard let vector = self[word] else { continue }
        let weight = smoothing / (smoothing + Double(counts[word] ?? 0) / total) / Double(words.count)
        for (k, number) in vector.scalars.enumerated() { sums[text * width + k] += weight * Double(number) }
      }
    }
    var found = Matrix(sums, shape: [texts.count, width])
    if removesCommonDirection, texts.count > 1, let common = Self.longestDirection(found) {
      found = found - (found • common).reshaped(texts.count, 1) * common.reshaped(1, width)
    }
    return found.asFloat
  }

  /// The unit vector `u` with the largest `‖x · u‖`, by powers of `xᵀx`; `nil` where all is 0.
  private static func longestDirection(_ x: Matrix) -> Matrix? {
    let products = x.transposed() • x
    // The column with the most to say cannot stand square to the direction.
    let sizes = (0..<products.shape[0]).map { products[$0, $0] }
    guard let most = sizes.indices.max(by: { sizes[$0] < sizes[$1] }), sizes[most] > 0 else { return nil }
    var direction = products.row(most)
    for _ in 0..<300 {
      let next = products • direction
      let length = (next * next).sum().squareRoot()
      guard length > 0 else { return nil }
      let unit = next / length
      let gap = abs(unit - direction).max()
      direction = unit
      if gap < 1e-14 { break }
    }
    return direction
  }
}
