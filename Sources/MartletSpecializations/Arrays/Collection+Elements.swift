// Asking for elements. As with the closures (`Collection+Closures.swift`), the standard library's own declarations stand here once
// more and ask first whether they have an array before them, of which nothing but its own elements need be read.

extension Collection {
  /// The first element; `nil` when there is none.
  @_transparent
  public var first: Element? {
    if let array = self as? [Element] { return _martletFirst(array) }
    return self.Swift::first
  }
}

extension BidirectionalCollection {
  /// The last element; `nil` when there is none.
  @_transparent
  public var last: Element? {
    if let array = self as? [Element] { return _martletLast(array) }
    return self.Swift::last
  }
}

extension Array {
  /// Whether the array has no elements.
  @_transparent
  public var isEmpty: Bool { _buffer.immutableCount == 0 }

  /// The places of the elements, in order.
  @_transparent
  public var indices: Range<Int> { Range(uncheckedBounds: (0, _buffer.immutableCount)) }
}

extension Sequence where Element: Equatable {
  /// Whether an element is equal to a value.
  ///
  /// - Complexity: O(n) comparisons, where n is the number of elements.
  @_transparent
  public func contains(_ element: Element) -> Bool {
    if let array = self as? [Element] { return _martletPlace(of: element, in: array) != nil }
    return self.Swift::contains(element)
  }
}

extension Collection where Element: Equatable {
  /// The place of the first element that is equal to a value; `nil` when there is none.
  ///
  /// - Complexity: O(n) comparisons, where n is the number of elements.
  @_transparent
  public func firstIndex(of element: Element) -> Index? {
    if let array = self as? [Element] {
      // The places of an array are of type `Int`, so that the cast does nothing.
      guard let place = _martletPlace(of: element, in: array) else { return nil }
      return unsafeBitCast(place, to: Index.self)
    }
    return self.Swift::firstIndex(of: element)
  }
}

extension Sequence where Element: Comparable {
  /// The smallest element; `nil` when there is none.
  ///
  /// - Complexity: O(n) comparisons, where n is the number of elements.
  @_transparent
  @warn_unqualified_access
  public func min() -> Element? {
    if let array = self as? [Element] { return _martletFirstOrdered(array, before: <) }
    return self.Swift::min()
  }

  /// The largest element; `nil` when there is none.
  ///
  /// - Complexity: O(n) comparisons, where n is the number of elements.
  @_transparent
  @warn_unqualified_access
  public func max() -> Element? {
    if let array = self as? [Element] { return _martletLastOrdered(array, before: <) }
    return self.Swift::max()
  }
}

extension Sequence {
  /// The smallest element by an order, the first of several; `nil` when there is none.
  ///
  /// - Complexity: O(n) comparisons, where n is the number of elements.
  @_transparent
  @warn_unqualified_access
  public func min(by areInIncreasingOrder: (Element, Element) throws -> Bool) rethrows -> Element? {
    if let array = self as? [Element] { return try _martletFirstOrdered(array, before: areInIncreasingOrder) }
    return try self.Swift::min(by: areInIncreasingOrder)
  }

  /// The largest element by an order, the first of several; `nil` when there is none.
  ///
  /// - Complexity: O(n) comparisons, where n is the number of elements.
  @_transparent
  @warn_unqualified_access
  public func max(by areInIncreasingOrder: (Element, Element) throws -> Bool) rethrows -> Element? {
    if let array = self as? [Element] { return try _martletLastOrdered(array, before: areInIncreasingOrder) }
    return try self.Swift::max(by: areInIncreasingOrder)
  }
}
