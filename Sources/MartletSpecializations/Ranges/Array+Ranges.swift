extension Array where Element == Int {
  /// The numbers of a range.
  ///
  ///     Array(0..<3)        // [0, 1, 2]
  ///
  /// - Complexity: O(n), where n is the number of numbers.
  public init(_ range: Range<Int>) { self = range.map { $0 } }

  /// The numbers of a range.
  ///
  ///     Array(1...3)        // [1, 2, 3]
  ///
  /// - Complexity: O(n), where n is the number of numbers.
  public init(_ range: ClosedRange<Int>) { self = range.map { $0 } }
}
