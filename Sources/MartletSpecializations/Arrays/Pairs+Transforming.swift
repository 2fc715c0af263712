// Arrays walked together, and arrays with their places; see `Array+Transforming.swift`.

extension Zip2Sequence {
  /// Returns what a closure makes of each pair, in order.
  ///
  ///     zip([1, 2], [3, 4]).map { $0 * $1 }     // [3, 8]
  ///
  /// - Complexity: O(n), where n is the number of pairs.
  @inlinable
  public func map<A, B, T, Failure: Error>(
    _ transform: ((A, B)) throws(Failure) -> T
  ) throws(Failure) -> [T] where Sequence1 == [A], Sequence2 == [B] {
    let first = _sequence1
    let second = _sequence2
    return try (0..<Swift.min(first.count, second.count)).map { (place) throws(Failure) in
      try transform((first[place], second[place]))
    }
  }
}

extension EnumeratedSequence {
  /// Returns what a closure makes of each element and its place, in order.
  ///
  ///     ["a", "b"].enumerated().map { "\($0)\($1)" }        // ["0a", "1b"]
  ///
  /// - Complexity: O(n), where n is the number of elements.
  @inlinable
  public func map<Element, T, Failure: Error>(
    _ transform: ((offset: Int, element: Element)) throws(Failure) -> T
  ) throws(Failure) -> [T] where Base == [Element] {
    let elements = _base
    return try (0..<elements.count).map { (place) throws(Failure) in
      try transform((offset: place, element: elements[place]))
    }
  }
}
