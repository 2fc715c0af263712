// Sorting of sequences other than arrays: their elements are copied into an array, which is sorted without compiling
// the sort for its type. See `ErasedSorting.swift`.

extension Sequence {
  /// Returns the elements as an array that is sorted by an order; equal elements keep theirs.
  ///
  ///     ["b": 2, "a": 1].sorted { $0.key < $1.key }     // [(key: "a", value: 1), (key: "b", value: 2)]
  ///
  /// - Parameter areInIncreasingOrder: whether its first argument comes before its second; a strict weak order.
  /// - Complexity: O(n log n) comparisons, where n is the number of elements.
  @inlinable
  public func sorted(by areInIncreasingOrder: (Element, Element) throws -> Bool) rethrows -> [Element] {
    var elements = Array(self)
    try elements.sort(by: areInIncreasingOrder)
    return elements
  }
}

extension Sequence where Element: Comparable {
  /// Returns the elements as an array in ascending order.
  ///
  ///     Set([3, 1, 2]).sorted()      // [1, 2, 3]
  ///
  /// - Complexity: O(n log n) comparisons, where n is the number of elements.
  @inlinable
  public func sorted() -> [Element] {
    var elements = Array(self)
    elements.sort()
    return elements
  }
}
