// Arrays of what other collections hold, copied by code that is compiled here.

extension Array {
  /// The elements of a part of an array.
  ///
  /// - Complexity: O(n), where n is the number of elements.
  @inlinable
  public init(_ slice: ArraySlice<Element>) { self = _martletElements(of: slice) }

  /// The elements of an array from the last to the first.
  ///
  /// - Complexity: O(n), where n is the number of elements.
  @inlinable
  public init(_ reversed: ReversedCollection<[Element]>) { self = _martletReversed(reversed._base) }

  /// The elements in random order.
  ///
  /// - Complexity: O(n), where n is the number of elements.
  @inlinable
  public func shuffled() -> [Element] {
    let places = _martletPlaces(count)
    var result: [Element] = []
    result.reserveCapacity(count)
    var index = 0
    while index < places.count {
      result.append(self[places[index]])
      index += 1
    }
    return result
  }
}

/// The elements of a part of an array.
@inline(never)
@_semantics("optimize.no.crossmodule")
@_specialize(where Element == Int)
@_specialize(where Element == Double)
@_specialize(where Element == String)
public func _martletElements<Element>(of slice: ArraySlice<Element>) -> [Element] {
  slice.withUnsafeBufferPointer { elements in
    let (result, start) = [Element]._allocateUninitialized(elements.count)
    if let first = elements.baseAddress { start.initialize(from: first, count: elements.count) }
    return result
  }
}

/// The elements from the last to the first.
@inline(never)
@_semantics("optimize.no.crossmodule")
@_specialize(where Element == Int)
@_specialize(where Element == Double)
@_specialize(where Element == String)
public func _martletReversed<Element>(_ elements: [Element]) -> [Element] {
  let count = elements.count
  return (0..<count).map { elements[count - 1 - $0] }
}

/// The numbers from 0 to below a count, in random order.
@inline(never)
@_semantics("optimize.no.crossmodule")
public func _martletPlaces(_ count: Int) -> [Int] {
  var places = Array(0..<count)
  places.shuffle()
  return places
}
