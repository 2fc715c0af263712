// Questions about all elements of an array, as plain loops; see `Array+Transforming.swift`.

extension Array {
  /// Combines the elements one after the other, from an initial result on.
  ///
  ///     [1, 2, 3].reduce(0, +)      // 6
  ///
  /// - Complexity: O(n), where n is the number of elements.
  @inlinable
  public func reduce<Result>(
    _ initialResult: Result, _ nextPartialResult: (Result, Element) throws -> Result
  ) rethrows -> Result {
    var result = initialResult
    let count = self.count
    var index = 0
    while index < count {
      result = try nextPartialResult(result, self[index])
      index += 1
    }
    return result
  }

  /// Works the elements into a result, one after the other.
  ///
  ///     [1, 2, 3].reduce(into: 0) { $0 += $1 }      // 6
  ///
  /// - Complexity: O(n), where n is the number of elements.
  @inlinable
  public func reduce<Result>(
    into initialResult: __owned Result, _ updateAccumulatingResult: (inout Result, Element) throws -> Void
  ) rethrows -> Result {
    var result = initialResult
    let count = self.count
    var index = 0
    while index < count {
      try updateAccumulatingResult(&result, self[index])
      index += 1
    }
    return result
  }

  /// The place of the first element for which a closure says yes.
  ///
  /// - Complexity: O(n), where n is the number of elements.
  @inlinable
  public func firstIndex(where predicate: (Element) throws -> Bool) rethrows -> Int? {
    let count = self.count
    var index = 0
    while index < count {
      if try predicate(self[index]) { return index }
      index += 1
    }
    return nil
  }

  /// The first element for which a closure says yes.
  ///
  ///     [1, 2, 3].first { $0 > 1 }      // 2
  ///
  /// - Complexity: O(n), where n is the number of elements.
  @inlinable
  public func first(where predicate: (Element) throws -> Bool) rethrows -> Element? {
    guard let index = try firstIndex(where: predicate) else { return nil }
    return self[index]
  }

  /// Whether a closure says yes for any element.
  ///
  /// - Complexity: O(n), where n is the number of elements.
  @inlinable
  public func contains(where predicate: (Element) throws -> Bool) rethrows -> Bool {
    try firstIndex(where: predicate) != nil
  }

  /// Whether a closure says yes for every element.
  ///
  /// - Complexity: O(n), where n is the number of elements.
  @inlinable
  public func allSatisfy(_ predicate: (Element) throws -> Bool) rethrows -> Bool {
    try firstIndex { try !predicate($0) } == nil
  }

  /// The least element by an order, the first of several; `nil` for an empty array.
  ///
  /// - Complexity: O(n), where n is the number of elements.
  @inlinable
  public func min(by areInIncreasingOrder: (Element, Element) throws -> Bool) rethrows -> Element? {
    let count = self.count
    if count == 0 { return nil }
    defer { _fixLifetime(self) }
    let elements = _buffer.firstElementAddress
    var best = 0
    var index = 1
    while index < count {
      if try areInIncreasingOrder(elements[index], elements[best]) { best = index }
      index += 1
    }
    return elements[best]
  }

  /// The greatest element by an order, the first of several; `nil` for an empty array.
  ///
  /// - Complexity: O(n), where n is the number of elements.
  @inlinable
  public func max(by areInIncreasingOrder: (Element, Element) throws -> Bool) rethrows -> Element? {
    let count = self.count
    if count == 0 { return nil }
    defer { _fixLifetime(self) }
    let elements = _buffer.firstElementAddress
    var best = 0
    var index = 1
    while index < count {
      if try areInIncreasingOrder(elements[best], elements[index]) { best = index }
      index += 1
    }
    return elements[best]
  }
}

extension Array where Element: Comparable {
  /// The least element, the first of several; `nil` for an empty array.
  ///
  /// - Complexity: O(n), where n is the number of elements.
  @inlinable
  public func min() -> Element? {
    let count = self.count
    if count == 0 { return nil }
    var result = self[0]
    var index = 1
    while index < count {
      let element = self[index]
      if element < result { result = element }
      index += 1
    }
    return result
  }

  /// The greatest element, the first of several; `nil` for an empty array.
  ///
  /// - Complexity: O(n), where n is the number of elements.
  @inlinable
  public func max() -> Element? {
    let count = self.count
    if count == 0 { return nil }
    var result = self[0]
    var index = 1
    while index < count {
      let element = self[index]
      if result < element { result = element }
      index += 1
    }
    return result
  }
}
