// Made without a call that would name the conformances of the sequences, as the standard library's initializers do: each of
// the types holds nothing but the sequences, one after the other.

extension Sequence {
  /// The elements with their places: 0, 1, 2, and so on.
  ///
  ///     for (place, letter) in ["a", "b"].enumerated() { print(place, letter) }
  ///
  /// - Complexity: O(1).
  @_transparent
  public func enumerated() -> EnumeratedSequence<Self> { unsafeBitCast(self, to: EnumeratedSequence<Self>.self) }
}

/// The elements of two sequences in pairs, as many as the shorter one has.
///
///     zip([1, 2], ["a", "b", "c"]).map { "\($0)\($1)" }       // ["1a", "2b"]
///
/// - Complexity: O(1).
@_transparent
public func zip<Sequence1: Sequence, Sequence2: Sequence>(
  _ sequence1: Sequence1, _ sequence2: Sequence2
) -> Zip2Sequence<Sequence1, Sequence2> {
  unsafeBitCast((sequence1, sequence2), to: Zip2Sequence<Sequence1, Sequence2>.self)
}
