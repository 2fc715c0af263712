// Reading numbers from text again, compiled once for the commonest types: in a cell it costs 0.2 s to compile.

extension Int {
  /// The number that a decimal text stands for: an optional sign and digits; `nil` for anything else.
  ///
  ///     Int("42")       // 42
  ///     Int("42 ")      // nil
  public init?(_ text: String) {
    guard let number = Int(text, radix: 10) else { return nil }
    self = number
  }

  /// The number that a decimal text stands for: an optional sign and digits; `nil` for anything else.
  public init?(_ text: Substring) {
    guard let number = Int(text, radix: 10) else { return nil }
    self = number
  }
}
