// `map`, `filter`, `reduce` and their like, by loops that take the compiler a fraction of the standard library's time.
//
// A cell's call of a generic method has the compiler read all that the conformances of the type mention, which is most of what a
// cell with a closure costs. For arrays and ranges of whole numbers no conformance is needed. So the methods stand here once more
// with the very signatures of the standard library's, which they thereby replace: no candidate is added for the type checker.
// They are transparent, so the question for the type is answered where they are called, before any generic code is read; what is
// neither array nor range goes to the standard library.

extension Collection {
  /// Returns what a closure makes of each element, in order.
  ///
  ///     [1, 2].map { $0 * 2 }     // [2, 4]
  ///
  /// - Complexity: O(n) calls, where n is the number of elements.
  @_transparent
  public func map<T, E>(_ transform: (Element) throws(E) -> T) throws(E) -> [T] where E: Error {
    if let array = self as? [Element] { return try _martletMap(array, transform) }
    if let range = self as? Range<Int> {
      return try _martletMap(range.lowerBound, range.upperBound - range.lowerBound, transform)
    }
    if let range = self as? ClosedRange<Int> {
      return try _martletMap(range.lowerBound, range.upperBound - range.lowerBound + 1, transform)
    }
    return try _martletMap(sequence: self, transform)
  }
}

extension _ArrayProtocol {
  /// Returns the elements for which a closure says so, in order.
  ///
  /// - Complexity: O(n) calls, where n is the number of elements.
  @_transparent
  public __consuming func filter(_ isIncluded: (Element) throws -> Bool) rethrows -> [Element] {
    if let array = self as? [Element] { return try _martletFilter(array, isIncluded) }
    return try self.Swift::filter(isIncluded)
  }
}

extension Sequence {
  /// Returns what a closure makes of each element, in order.
  ///
  /// - Complexity: O(n) calls, where n is the number of elements.
  @_transparent
  public func map<T, E>(_ transform: (Element) throws(E) -> T) throws(E) -> [T] where E: Error {
    try _martletMap(sequence: self, transform)
  }

  /// Returns the elements for which a closure says so, in order.
  ///
  /// - Complexity: O(n) calls, where n is the number of elements.
  @_transparent
  public __consuming func filter(_ isIncluded: (Element) throws -> Bool) rethrows -> [Element] {
    if let range = self as? Range<Int> {
      return try _martletFilter(range.lowerBound, range.upperBound - range.lowerBound, isIncluded)
    }
    if let range = self as? ClosedRange<Int> {
      return try _martletFilter(range.lowerBound, range.upperBound - range.lowerBound + 1, isIncluded)
    }
    return try _martletFilter(sequence: self, isIncluded)
  }

  /// Returns what a closure makes of the elements where that is not `nil`, in order.
  ///
  ///     ["1", "x"].compactMap { Int($0) }     // [1]
  ///
  /// - Complexity: O(n) calls, where n is the number of elements.
  @_transparent
  public func compactMap<ElementOfResult>(
    _ transform: (Element) throws -> ElementOfResult?
  ) rethrows -> [ElementOfResult] {
    if let array = self as? [Element] { return try _martletCompactMap(array, transform) }
    return try _martletCompactMap(sequence: self, transform)
  }

  /// Returns the elements of what a closure makes of each element, in order.
  ///
  ///     [1, 2].flatMap { [$0, 10 * $0] }     // [1, 10, 2, 20]
  ///
  /// - Complexity: O(n + m), where n is the number of elements and m that of the result.
  @_transparent
  public func flatMap<SegmentOfResult: Sequence>(
    _ transform: (Element) throws -> SegmentOfResult
  ) rethrows -> [SegmentOfResult.Element] {
    if let array = self as? [Element] { return try _martletFlatMap(array, transform) }
    if let range = self as? Range<Int> {
      return try _martletFlatMap(range.lowerBound, range.upperBound - range.lowerBound, transform)
    }
    if let range = self as? ClosedRange<Int> {
      return try _martletFlatMap(range.lowerBound, range.upperBound - range.lowerBound + 1, transform)
    }
    return try _martletFlatMap(sequence: self, transform)
  }

  /// Combines the elements from left to right.
  ///
  ///     [1, 2, 3].reduce(0, +)     // 6
  ///
  /// - Complexity: O(n) calls, where n is the number of elements.
  @_transparent
  public func reduce<Result>(
    _ initialResult: Result, _ nextPartialResult: (_ partialResult: Result, Element) throws -> Result
  ) rethrows -> Result {
    if let array = self as? [Element] { return try _martletReduce(array, initialResult, nextPartialResult) }
    if let range = self as? Range<Int> {
      return try _martletReduce(range.lowerBound, range.upperBound - range.lowerBound, initialResult, nextPartialResult)
    }
    if let range = self as? ClosedRange<Int> {
      return try _martletReduce(
        range.lowerBound, range.upperBound - range.lowerBound + 1, initialResult, nextPartialResult)
    }
    return try self.Swift::reduce(initialResult, nextPartialResult)
  }

  /// Combines the elements from left to right into a value that a closure changes.
  ///
  /// - Complexity: O(n) calls, where n is the number of elements.
  @_transparent
  public func reduce<Result>(
    into initialResult: __owned Result,
    _ updateAccumulatingResult: (_ partialResult: inout Result, Element) throws -> Void
  ) rethrows -> Result {
    if let array = self as? [Element] {
      return try _martletReduce(array, into: initialResult, updateAccumulatingResult)
    }
    return try self.Swift::reduce(into: initialResult, updateAccumulatingResult)
  }

  /// Calls a closure with each element, in order.
  @_transparent
  public func forEach(_ body: (Element) throws -> Void) rethrows {
    if let array = self as? [Element] { return try _martletForEach(array, body) }
    try self.Swift::forEach(body)
  }

  /// The first element for which a closure says so; `nil` when there is none.
  @_transparent
  public func first(where predicate: (Element) throws -> Bool) rethrows -> Element? {
    if let array = self as? [Element] { return try _martletFirst(array, predicate) }
    return try self.Swift::first(where: predicate)
  }

  /// Whether a closure says so for one element at least.
  @_transparent
  public func contains(where predicate: (Element) throws -> Bool) rethrows -> Bool {
    if let array = self as? [Element] { return try _martletContains(array, predicate) }
    return try self.Swift::contains(where: predicate)
  }

  /// Whether a closure says so for all elements; `true` when there is none.
  @_transparent
  public func allSatisfy(_ predicate: (Element) throws -> Bool) rethrows -> Bool {
    if let array = self as? [Element] { return try !_martletContains(array) { try !predicate($0) } }
    return try self.Swift::allSatisfy(predicate)
  }
}
