// Cells call the polls and marks that the rewriter places.
@_exported import CMartletRuntime

/// Cuts a range into stretches, so that a loop over it can be asked to stop between them and still run at full speed
/// inside.
///
/// The rewriter puts it around the ranges of counted loops: `for i in 0..<n` runs as a loop over stretches, each an
/// inner loop that the compiler vectorises.
///
/// - Parameter first: the length of the first stretch; those after it are as long as takes a fraction of a millisecond.
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
