extension Dictionary {
  /// Returns the keys with their values as an array that is sorted by an order.
  ///
  ///     ["b": 2, "a": 1].sorted { $0.key < $1.key }     // [(key: "a", value: 1), (key: "b", value: 2)]
  ///
  /// - Parameter areInIncreasingOrder: whether its first argument comes before its second; a strict weak order.
  /// - Complexity: O(n log n) comparisons, where n is the number of keys.
  @inlinable
  public func sorted(by areInIncreasingOrder: (Element, Element) throws -> Bool) rethrows -> [Element] {
    var elements = _martletElements(of: self)
    try elements.sort(by: areInIncreasingOrder)
    return elements
  }
}

/// The keys with their values, copied by code that is compiled here: quick for the commonest types, and for others
/// still quick beside the sorting.
@inline(never)
@_semantics("optimize.no.crossmodule")
@_specialize(where Key == String, Value == Int)
@_specialize(where Key == String, Value == Double)
@_specialize(where Key == String, Value == String)
@_specialize(where Key == String, Value == [Int])
@_specialize(where Key == String, Value == [Double])
@_specialize(where Key == String, Value == [String])
@_specialize(where Key == Int, Value == Int)
@_specialize(where Key == Int, Value == Double)
@_specialize(where Key == Int, Value == String)
@_specialize(where Key == Character, Value == Int)
public func _martletElements<Key, Value>(of dictionary: [Key: Value]) -> [(key: Key, value: Value)] {
  Array(dictionary)
}
