extension Array {
  /// The elements of two arrays, one after the other.
  ///
  ///     [1, 2] + [3]        // [1, 2, 3]
  ///
  /// - Complexity: O(n + m), where n and m are the numbers of elements.
  @inlinable
  public static func + (first: [Element], second: [Element]) -> [Element] { _martletJoined(first, second) }

  /// Adds the elements of an array at the end.
  ///
  /// - Complexity: O(m) on average over many calls, where m is the number of elements added.
  @inlinable
  public static func += (first: inout [Element], second: [Element]) { _martletAppend(second, to: &first) }
}

extension Array where Element: Equatable {
  /// Whether two arrays have equal elements at equal places.
  ///
  /// - Complexity: O(n) comparisons, where n is the number of elements.
  @inlinable
  public static func == (first: [Element], second: [Element]) -> Bool {
    let count = first._buffer.immutableCount
    if count != second._buffer.immutableCount { return false }
    if count == 0 || first._buffer.identity == second._buffer.identity { return true }
    var place = 0
    while place < count {
      if first._buffer.getElement(place) != second._buffer.getElement(place) { return false }
      place &+= 1
    }
    return true
  }
}

/// The elements of two arrays in one of their own.
@inline(never)
@_semantics("optimize.no.crossmodule")
@_specialize(where Element == Int)
@_specialize(where Element == Double)
@_specialize(where Element == String)
public func _martletJoined<Element>(_ first: [Element], _ second: [Element]) -> [Element] {
  let (result, start) = [Element]._allocateUninitialized(first.count + second.count)
  start.initialize(from: first._buffer.firstElementAddress, count: first.count)
  (start + first.count).initialize(from: second._buffer.firstElementAddress, count: second.count)
  return result
}
