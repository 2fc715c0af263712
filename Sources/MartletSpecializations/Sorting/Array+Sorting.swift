// The standard library's sorting methods again, for arrays: what they do and promise is the same, and a cell that calls
// them is compiled in a tenth of the time. See `ErasedSorting.swift`.

extension Array {
  /// Returns the elements, sorted by an order; equal elements keep theirs.
  ///
  ///     ["Lima", "Oslo", "Quito"].sorted { $0.count > $1.count }    // ["Quito", "Lima", "Oslo"]
  ///
  /// - Parameter areInIncreasingOrder: whether its first argument comes before its second; a strict weak order.
  /// - Complexity: O(n log n) comparisons, where n is the number of elements.
  @inlinable
  public func sorted(by areInIncreasingOrder: (Element, Element) throws -> Bool) rethrows -> [Element] {
    try _martletSorted(self) { first, second in
      try areInIncreasingOrder(
        first.assumingMemoryBound(to: Element.self).pointee, second.assumingMemoryBound(to: Element.self).pointee)
    }
  }

  /// Sorts the array in place by an order; equal elements keep theirs.
  ///
  /// - Parameter areInIncreasingOrder: whether its first argument comes before its second; a strict weak order.
  /// - Complexity: O(n log n) comparisons, where n is the number of elements.
  @inlinable
  public mutating func sort(by areInIncreasingOrder: (Element, Element) throws -> Bool) rethrows {
    try _martletSort(&self) { first, second in
      try areInIncreasingOrder(
        first.assumingMemoryBound(to: Element.self).pointee, second.assumingMemoryBound(to: Element.self).pointee)
    }
  }
}

extension Array where Element: Comparable {
  /// Returns the elements in ascending order.
  ///
  ///     [3, 1, 2].sorted()      // [1, 2, 3]
  ///
  /// - Complexity: O(n log n) comparisons, where n is the number of elements.
  @inlinable
  public func sorted() -> [Element] { sorted(by: <) }

  /// Sorts the array in ascending order.
  ///
  /// - Complexity: O(n log n) comparisons, where n is the number of elements.
  @inlinable
  public mutating func sort() { sort(by: <) }
}
