// As for half-open ranges. A range that ends with the greatest number cannot be written as one, and no array holds that
// many elements unless it is short: the last number is counted apart.

extension ClosedRange where Bound == Int {
  /// Returns what a closure makes of each number, in order.
  ///
  ///     (1...3).map { $0 * $0 }     // [1, 4, 9]
  ///
  /// - Complexity: O(n), where n is the number of numbers.
  @inlinable
  public func map<T, Failure: Error>(_ transform: (Int) throws(Failure) -> T) throws(Failure) -> [T] {
    let lowerBound = self.lowerBound
    return try (0..<upperBound - lowerBound + 1).map { (place) throws(Failure) in try transform(lowerBound &+ place) }
  }

  /// Returns the numbers for which a closure says yes, in order.
  ///
  /// - Complexity: O(n), where n is the number of numbers.
  @inlinable
  public func filter(_ isIncluded: (Int) throws -> Bool) rethrows -> [Int] {
    var result: [Int] = []
    try forEach { number in
      if try isIncluded(number) { result.append(number) }
    }
    return result
  }

  /// Returns what a closure makes of each number, without the `nil` among it.
  ///
  /// - Complexity: O(n), where n is the number of numbers.
  @inlinable
  public func compactMap<T>(_ transform: (Int) throws -> T?) rethrows -> [T] {
    var result: [T] = []
    try forEach { number in
      if let element = try transform(number) { result.append(element) }
    }
    return result
  }

  /// Returns the elements of the arrays that a closure makes of each number.
  ///
  /// - Complexity: O(n + m), where n is the number of numbers and m that of the result's elements.
  @inlinable
  public func flatMap<T>(_ transform: (Int) throws -> [T]) rethrows -> [T] {
    var result: [T] = []
    try forEach { number in _martletAppend(try transform(number), to: &result) }
    return result
  }

  /// Combines the numbers one after the other, from an initial result on.
  ///
  ///     (1...3).reduce(0, +)        // 6
  ///
  /// - Complexity: O(n), where n is the number of numbers.
  @inlinable
  public func reduce<Result>(
    _ initialResult: Result, _ nextPartialResult: (Result, Int) throws -> Result
  ) rethrows -> Result {
    var result = initialResult
    try forEach { number in result = try nextPartialResult(result, number) }
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
    try body(upperBound)
  }
}
