// Splitting text at a character, compiled once for texts.

extension String {
  /// The parts of the text between the characters that equal the separator.
  ///
  ///     "name,age,city".split(separator: ",")       // ["name", "age", "city"]
  ///
  /// - Parameters:
  ///   - separator: what the parts end with; not part of them.
  ///   - maxSplits: at how many places to split at most, at least 0; what follows the last one is the last part.
  ///   - omittingEmptySubsequences: whether empty parts are left out.
  /// - Complexity: O(n), where n is the length of the text.
  public func split(
    separator: Character, maxSplits: Int = Int.max, omittingEmptySubsequences: Bool = true
  ) -> [Substring] {
    split(maxSplits: maxSplits, omittingEmptySubsequences: omittingEmptySubsequences) { $0 == separator }
  }
}

extension Substring {
  /// The parts of the text between the characters that equal the separator.
  ///
  /// - Parameters:
  ///   - separator: what the parts end with; not part of them.
  ///   - maxSplits: at how many places to split at most, at least 0; what follows the last one is the last part.
  ///   - omittingEmptySubsequences: whether empty parts are left out.
  /// - Complexity: O(n), where n is the length of the text.
  public func split(
    separator: Character, maxSplits: Int = Int.max, omittingEmptySubsequences: Bool = true
  ) -> [Substring] {
    split(maxSplits: maxSplits, omittingEmptySubsequences: omittingEmptySubsequences) { $0 == separator }
  }
}
