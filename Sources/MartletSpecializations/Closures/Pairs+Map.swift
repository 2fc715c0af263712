// What is made of the elements of arrays with their places, or of two arrays together.

extension EnumeratedSequence {
  /// Returns what a closure makes of each element and its place, in order.
  ///
  /// - Complexity: O(n) calls, where n is the number of elements.
  @_transparent
  public func map<Value, T, E>(
    _ transform: ((offset: Int, element: Value)) throws(E) -> T
  ) throws(E) -> [T] where Base == [Value], E: Error {
    try _martletMap(_NumberedElements(_base), transform)
  }
}

extension Zip2Sequence {
  /// Returns what a closure makes of each pair, in order.
  ///
  /// - Complexity: O(n) calls, where n is the number of pairs.
  @_transparent
  public func map<First, Second, T, E>(
    _ transform: ((First, Second)) throws(E) -> T
  ) throws(E) -> [T] where Sequence1 == [First], Sequence2 == [Second], E: Error {
    try _martletMap(_PairedElements(_sequence1, _sequence2), transform)
  }
}
