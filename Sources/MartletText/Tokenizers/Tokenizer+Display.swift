extension Tokenizer: CustomStringConvertible {
  /// How many tokens there are, and what becomes of long and short texts.
  public var description: String {
    let length = truncation.map { ", texts cut at \($0.maximumLength)" } ?? ""
    return "Tokenizer of \(vocabularyCount) tokens\(length)\(padding == nil ? "" : ", padded")"
  }
}
