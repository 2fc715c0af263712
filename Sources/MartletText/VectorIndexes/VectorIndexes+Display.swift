extension FlatIndex: CustomStringConvertible {
  /// How many vectors of which length are compared, and how.
  public var description: String { "FlatIndex of \(count) vectors of \(width) numbers, by \(metric)" }
}

extension HNSWIndex: CustomStringConvertible {
  /// How many vectors of which length are compared, and how.
  public var description: String {
    "HNSWIndex of \(count) vectors of \(width) numbers, by \(metric), up to \(parameters.neighbors) neighbors each"
  }
}

extension WordVectors: CustomStringConvertible {
  /// How many words and numbers.
  public var description: String { "WordVectors of \(words.count) words, \(vectors.shape[1]) numbers each" }
}
