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

  /// The parts of the text between the characters for which a closure says yes.
  ///
  ///     "one, two".split { !$0.isLetter }       // ["one", "two"]
  ///
  /// - Parameters:
  ///   - maxSplits: at how many places to split at most, at least 0; what follows the last one is the last part.
  ///   - omittingEmptySubsequences: whether empty parts are left out.
  ///   - isSeparator: whether a character ends a part.
  /// - Complexity: O(n), where n is the length of the text.
  public func split(
    maxSplits: Int = Int.max, omittingEmptySubsequences: Bool = true,
    whereSeparator isSeparator: (Character) throws -> Bool
  ) rethrows -> [Substring] {
    try Substring(self)._martletSplit(maxSplits, omittingEmptySubsequences, isSeparator)
  }

  /// The characters for which a closure says yes.
  ///
  ///     "a1b2".filter { $0.isNumber }       // "12"
  ///
  /// - Complexity: O(n), where n is the length of the text.
  public func filter(_ isIncluded: (Character) throws -> Bool) rethrows -> String {
    var result = ""
    for character in self where try isIncluded(character) { result.append(character) }
    return result
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

  /// The standard library's way, under a name that does not hide it.
  fileprivate func _martletSplit(
    _ maxSplits: Int, _ omittingEmptySubsequences: Bool, _ isSeparator: (Character) throws -> Bool
  ) rethrows -> [Substring] {
    try split(
      maxSplits: maxSplits, omittingEmptySubsequences: omittingEmptySubsequences, whereSeparator: isSeparator)
  }
}
