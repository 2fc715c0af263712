// Cells call the polls and marks that the rewriter places.
@_exported import CMartletRuntime

/// Cuts a range into stretches, so that a loop over it can be asked to stop between them and still run at full speed
/// inside.
///
/// The rewriter puts it around the ranges of counted loops: `for i in 0..<n` runs as a loop over stretches of 65,536
/// numbers, each an inner loop that the compiler vectorises.
@inlinable
public func _martletStretches<Bound: FixedWidthInteger>(_ range: Range<Bound>) -> _Stretches<Bound>
where Bound.Stride: SignedInteger {
  _Stretches(from: range.lowerBound, end: range.upperBound)
}

@inlinable
public func _martletStretches<Bound: FixedWidthInteger>(_ range: ClosedRange<Bound>) -> _ClosedStretches<Bound>
where Bound.Stride: SignedInteger {
  _ClosedStretches(from: range.lowerBound, last: range.upperBound)
}

/// Any other sequence is one stretch.
@inlinable
@_disfavoredOverload
public func _martletStretches<Base: Sequence>(_ sequence: Base) -> CollectionOfOne<Base> { CollectionOfOne(sequence) }

@frozen
public struct _Stretches<Bound: FixedWidthInteger>: Sequence, IteratorProtocol where Bound.Stride: SignedInteger {
  @usableFromInline var position: Bound
  @usableFromInline let end: Bound

  @inlinable
  init(from position: Bound, end: Bound) {
    self.position = position
    self.end = end
  }

  @inlinable
  public mutating func next() -> Range<Bound>? {
    guard position < end else { return nil }
    let start = position
    let (sum, overflow) = start.addingReportingOverflow(Bound(clamping: 65_536))
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

  @inlinable
  init(from position: Bound, last: Bound) {
    self.position = position
    self.last = last
  }

  @inlinable
  public mutating func next() -> ClosedRange<Bound>? {
    if isDone { return nil }
    let start = position
    let (end, overflow) = start.addingReportingOverflow(Bound(clamping: 65_535))
    if overflow || end >= last {
      isDone = true
      return ClosedRange(uncheckedBounds: (start, last))
    }
    position = end + 1
    return ClosedRange(uncheckedBounds: (start, end))
  }
}
