extension Array {
  /// The first elements, at most so many.
  ///
  /// - Parameter maxLength: at least 0.
  /// - Complexity: O(1).
  @inlinable
  public func prefix(_ maxLength: Int) -> ArraySlice<Element> {
    precondition(maxLength >= 0, "Can't take a prefix of negative length from a collection")
    return self[0..<Swift.min(maxLength, count)]
  }

  /// The last elements, at most so many.
  ///
  /// - Parameter maxLength: at least 0.
  /// - Complexity: O(1).
  @inlinable
  public func suffix(_ maxLength: Int) -> ArraySlice<Element> {
    precondition(maxLength >= 0, "Can't take a suffix of negative length from a collection")
    let count = self.count
    return self[Swift.max(0, count - maxLength)..<count]
  }
}
