extension BM25Index: CustomStringConvertible {
  /// How many documents and words.
  public var description: String {
    "BM25Index of \(lengths.count) documents with \(lengths.reduce(0, +)) words, \(terms.count) different ones"
  }
}
