// Whole numbers in a row: what the standard library does by way of any collection's indices is a loop over a counter.

extension Range where Bound == Int {
  /// Returns what a closure makes of each number, in order.
  ///
  ///     (0..<3).map { $0 * $0 }     // [0, 1, 4]
  ///
  /// - Complexity: O(n), where n is the number of numbers.
  @inlinable
  public func map<T, Failure: Error>(_ transform: (Int) throws(Failure) -> T) throws(Failure) -> [T] {
    let count = upperBound - lowerBound
    var (result, start) = [T]._allocateUninitialized(count)
    var index = 0
    do throws(Failure) {
      while index < count {
        (start + index).initialize(to: try transform(lowerBound &+ index))
        index += 1
      }
    } catch {
      start.deinitialize(count: index)
      result._deallocateUninitialized()
      throw error
    }
    result._endMutation()
    return result
  }

  /// Returns the numbers for which a closure says yes, in order.
  ///
  /// - Complexity: O(n), where n is the number of numbers.
  @inlinable
  public func filter(_ isIncluded: (Int) throws -> Bool) rethrows -> [Int] {
    var result: [Int] = []
    var number = lowerBound
    while number < upperBound {
      if try isIncluded(number) { result.append(number) }
      number &+= 1
    }
    return result
  }

  /// Returns what a closure makes of each number, without the `nil` among it.
  ///
  /// - Complexity: O(n), where n is the number of numbers.
  @inlinable
  public func compactMap<T>(_ transform: (Int) throws -> T?) rethrows -> [T] {
    var result: [T] = []
    var number = lowerBound
    while number < upperBound {
      if let element = try transform(number) { result.append(element) }
      number &+= 1
    }
    return result
  }

  /// Returns the elements of the arrays that a closure makes of each number.
  ///
  /// - Complexity: O(n + m), where n is the number of numbers and m that of the result's elements.
  @inlinable
  public func flatMap<T>(_ transform: (Int) throws -> [T]) rethrows -> [T] {
    var result: [T] = []
    var number = lowerBound
    while number < upperBound {
      _martletAppend(try transform(number), to: &result)
      number &+= 1
    }
    return result
  }

  /// Combines the numbers one after the other, from an initial result on.
  ///
  ///     (1..<4).reduce(0, +)        // 6
  ///
  /// - Complexity: O(n), where n is the number of numbers.
  @inlinable
  public func reduce<Result>(
    _ initialResult: Result, _ nextPartialResult: (Result, Int) throws -> Result
  ) rethrows -> Result {
    var result = initialResult
    var number = lowerBound
    while number < upperBound {
      result = try nextPartialResult(result, number)
      number &+= 1
    }
    return result
  }

  /// Calls a closure with each number, in order.
  ///
  /// - Complexity: O(n), where n is the number of numbers.
  @inlinable
  public func forEach(_ body: (Int) throws -> Void) rethrows {
    var number = lowerBound
    while number < upperBound {
      try body(number)
      number &+= 1
    }
  }
}
