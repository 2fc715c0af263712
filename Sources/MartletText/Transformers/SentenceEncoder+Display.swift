extension SentenceEncoder: CustomStringConvertible {
  /// What it makes of how long texts.
  public var description: String {
    "SentenceEncoder: vectors of \(encoder.configuration.width) numbers from texts of up to \(tokenizer.truncation?.maximumLength ?? encoder.configuration.maximumLength) tokens, \(pooling == .mean ? "the mean of" : "the first of") \(encoder.configuration.layers) layers' states"
  }
}

extension BertEncoder: CustomStringConvertible {
  /// The layout and its sizes.
  public var description: String {
    let sizes = configuration
    return
      "BertEncoder of layout \(sizes.layout.rawValue): \(sizes.layers) layers of width \(sizes.width) with \(sizes.heads) heads, \(sizes.vocabularyCount) tokens, texts of up to \(sizes.maximumLength)"
  }
}
