/// The passes of a `while i < end` that adds 1 to `i` in each: at most `most` of them, for a stretch of the loop.
///
/// The rewriter lets the stretch run as a loop over the passes, of which the compiler knows how many there are.
@inlinable
public func _martletPasses<Bound: FixedWidthInteger>(_ start: Bound, _ end: Bound, _ most: Int) -> _CountedPasses<Bound>
where Bound.Stride: SignedInteger {
  guard start < end else { return _CountedPasses(start, start, isLast: true) }
  let (sum, overflow) = start.addingReportingOverflow(Bound(clamping: most))
  return overflow || sum >= end
    ? _CountedPasses(start, end, isLast: true) : _CountedPasses(start, sum, isLast: false)
}

/// For what is not an integer, one pass at a time.
@inlinable
@_disfavoredOverload
public func _martletPasses<Bound: Comparable>(_ start: Bound, _ end: Bound, _ most: Int) -> _CountedPasses<Int> {
  start < end ? _CountedPasses(0, 1, isLast: false) : _CountedPasses(0, 0, isLast: true)
}

@frozen
public struct _CountedPasses<Bound: FixedWidthInteger> where Bound.Stride: SignedInteger {
  public let passes: Range<Bound>
  /// Whether the loop is at its end after them.
  public let isLast: Bool

  @inlinable
  init(_ start: Bound, _ end: Bound, isLast: Bool) {
    passes = Range(uncheckedBounds: (start, end))
    self.isLast = isLast
  }
}
