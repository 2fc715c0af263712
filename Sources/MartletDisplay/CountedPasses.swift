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

/// The same up to the count of a constant collection, which reading its elements leaves as it is.
@inlinable
public func _martletPasses<Elements: _KeepsItsCount>(
  _ start: Int, _ end: Int, _ most: Int, _ elements: Elements
) -> _CountedPasses<Int> {
  _martletPasses(start, end, most)
}

/// Up to the count of anything else, one pass at a time: an object may be shorter once an element has been read.
@inlinable
@_disfavoredOverload
public func _martletPasses<Bound: Comparable, Elements>(
  _ start: Bound, _ end: Bound, _ most: Int, _ elements: Elements
) -> _CountedPasses<Int> {
  start < end ? _CountedPasses(0, 1, isLast: false) : _CountedPasses(0, 0, isLast: true)
}

/// Says at the start of a pass what the `while` before its rewriting had asked: the counter is the pass's number.
///
/// - Parameter isNatural: whether the first pass of all has no negative number.
@inlinable
@inline(__always)
public func _martletCount<Bound: FixedWidthInteger>(_ counter: inout Bound, _ pass: Bound, _ isNatural: Bool) {
  counter = pass
  if isNatural { martlet_assume(pass >= 0) }
}

/// The same where the passes are counted by an array's elements, so that indexing it needs no check.
@inlinable
@inline(__always)
public func _martletCount<Element>(_ counter: inout Int, _ pass: Int, _ isNatural: Bool, _ elements: [Element]) {
  _martletCount(&counter, pass, isNatural)
  martlet_assume(pass < elements.count)
}

/// Of other collections it is not known what their `count` means.
@inlinable
@inline(__always)
public func _martletCount<Elements: _KeepsItsCount>(
  _ counter: inout Int, _ pass: Int, _ isNatural: Bool, _ elements: Elements
) {
  _martletCount(&counter, pass, isNatural)
}

/// A counter whose passes are not numbered goes its own way.
@inlinable
@_disfavoredOverload
public func _martletCount<Counter>(_ counter: inout Counter, _ pass: Int, _ isNatural: Bool) {}

@inlinable
@_disfavoredOverload
public func _martletCount<Counter, Elements>(
  _ counter: inout Counter, _ pass: Int, _ isNatural: Bool, _ elements: Elements
) {}

/// A collection that is a value: as a constant it has as many elements as ever, whatever is read from it.
public protocol _KeepsItsCount {}

extension Array: _KeepsItsCount {}
extension ArraySlice: _KeepsItsCount {}
extension ContiguousArray: _KeepsItsCount {}
extension Dictionary: _KeepsItsCount {}
extension Range: _KeepsItsCount {}
extension Set: _KeepsItsCount {}
extension String: _KeepsItsCount {}
extension UnsafeBufferPointer: _KeepsItsCount {}
extension UnsafeMutableBufferPointer: _KeepsItsCount {}

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
