// Cells call the polls and marks that the rewriter places.
@_exported import CMartletRuntime

/// Cuts a range into stretches, so that a loop over it can be asked to stop between them and still run at full speed
/// inside.
///
/// The rewriter puts it around the ranges of counted loops: `for i in 0..<n` runs as a loop over stretches, each an
/// inner loop that the compiler vectorises.
///
/// - Parameter first: the length of the first stretch; those after it are as long as takes a fraction of a millisecond.
@_transparent
public func _martletStretches(_ range: Range<Int>, _ first: Int) -> _WholeStretches {
  _WholeStretches(from: range.lowerBound, end: range.upperBound, first: first)
}

@_transparent
public func _martletStretches(_ range: ClosedRange<Int>, _ first: Int) -> _ClosedWholeStretches {
  _ClosedWholeStretches(from: range.lowerBound, last: range.upperBound, first: first)
}

/// Ranges of other whole numbers.
@inlinable
public func _martletStretches<Bound: FixedWidthInteger>(_ range: Range<Bound>, _ first: Int) -> _Stretches<Bound>
where Bound.Stride: SignedInteger {
  _Stretches(from: range.lowerBound, end: range.upperBound, first: first)
}

@inlinable
public func _martletStretches<Bound: FixedWidthInteger>(
  _ range: ClosedRange<Bound>, _ first: Int
) -> _ClosedStretches<Bound>
where Bound.Stride: SignedInteger {
  _ClosedStretches(from: range.lowerBound, last: range.upperBound, first: first)
}

/// Any other sequence is one stretch.
@inlinable
@_disfavoredOverload
public func _martletStretches<Base: Sequence>(_ sequence: Base, _ first: Int) -> CollectionOfOne<Base> {
  CollectionOfOne(sequence)
}

// What nearly all ranges are made of has code of its own, which a cell need not compile: 45 ms for the first loop.

@frozen
public struct _WholeStretches: _LoopElements {
  @usableFromInline var position: Int
  @usableFromInline let end: Int
  @usableFromInline var pace: _Paces

  @inlinable
  @inline(__always)
  public init(from position: Int, end: Int, first: Int) {
    (self.position, self.end) = (position, end)
    pace = _Paces(first: first)
  }

  /// The last stretch, which is the only one of most loops, is not measured.
  @inlinable
  @inline(__always)
  public mutating func next() -> Range<Int>? {
    let start = position
    if start >= end { return nil }
    if _fastPath(_martletReaches(start, end, pace.passes)) {
      position = end
      return Range(uncheckedBounds: (start, end))
    }
    let passes = pace.advance()
    position = _martletReaches(start, end, passes) ? end : start &+ passes
    return Range(uncheckedBounds: (start, position))
  }
}

/// Whether some passes lead from one number to another, which may be farther away than the largest number.
@_transparent
@usableFromInline
func _martletReaches(_ start: Int, _ end: Int, _ passes: Int) -> Bool {
  UInt(bitPattern: end &- start) <= UInt(bitPattern: passes)
}

@frozen
public struct _ClosedWholeStretches: _LoopElements {
  @usableFromInline var position: Int
  @usableFromInline let last: Int
  @usableFromInline var isDone = false
  @usableFromInline var pace: _Paces

  @inlinable
  @inline(__always)
  public init(from position: Int, last: Int, first: Int) {
    (self.position, self.last) = (position, last)
    pace = _Paces(first: first)
  }

  @inlinable
  @inline(__always)
  public mutating func next() -> ClosedRange<Int>? {
    if isDone { return nil }
    let start = position
    // The last number is reached by one pass more than from there to the end of a range without it.
    if _martletReaches(start, last, pace.passes &- 1) || _martletReaches(start, last, pace.advance() &- 1) {
      isDone = true
      return ClosedRange(uncheckedBounds: (start, last))
    }
    position = start &+ pace.passes
    return ClosedRange(uncheckedBounds: (start, position &- 1))
  }
}

@frozen
public struct _Stretches<Bound: FixedWidthInteger>: Sequence, IteratorProtocol where Bound.Stride: SignedInteger {
  @usableFromInline var position: Bound
  @usableFromInline let end: Bound
  @usableFromInline var pace: _Paces

  @inlinable
  init(from position: Bound, end: Bound, first: Int) {
    self.position = position
    self.end = end
    pace = _Paces(first: first)
  }

  @inlinable
  public mutating func next() -> Range<Bound>? {
    guard position < end else { return nil }
    let start = position
    let (sum, overflow) = start.addingReportingOverflow(Bound(clamping: pace.advance()))
    position = overflow ? end : Swift.min(sum, end)
    return Range(uncheckedBounds: (start, position))
  }
}

@frozen
public struct _ClosedStretches<Bound: FixedWidthInteger>: Sequence, IteratorProtocol
where Bound.Stride: SignedInteger {
  @usableFromInline var position: Bound
  @usableFromInline let last: Bound
  @usableFromInline var isDone = false
  @usableFromInline var pace: _Paces

  @inlinable
  init(from position: Bound, last: Bound, first: Int) {
    self.position = position
    self.last = last
    pace = _Paces(first: first)
  }

  @inlinable
  public mutating func next() -> ClosedRange<Bound>? {
    if isDone { return nil }
    let start = position
    let (end, overflow) = start.addingReportingOverflow(Bound(clamping: pace.advance() - 1))
    if overflow || end >= last {
      isDone = true
      return ClosedRange(uncheckedBounds: (start, last))
    }
    position = end + 1
    return ClosedRange(uncheckedBounds: (start, end))
  }
}
