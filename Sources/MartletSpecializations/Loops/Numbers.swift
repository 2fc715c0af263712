// The numbers of ranges, for loops. That a number is within its range is asked at each, as the standard library does: the
// optimiser sees that it is, and from there on that nothing overflows, by which loops are unrolled and vectorised.

/// The numbers from one up to another, which is not among them.
@frozen
public struct _Numbers<Bound: FixedWidthInteger>: _LoopElements {
  @usableFromInline var place: Bound
  @usableFromInline let start: Bound
  @usableFromInline let end: Bound

  /// - Parameter end: not below `start`.
  @inlinable
  @inline(__always)
  public init(from start: Bound, to end: Bound) { (place, self.start, self.end) = (start, start, end) }

  @inlinable
  @inline(__always)
  public mutating func next() -> Bound? {
    let place = self.place
    if place == end { return nil }
    precondition(start <= place && place < end)
    self.place = place + 1
    return place
  }
}

/// The same for what nearly all ranges are made of, which a cell need not compile anew.
@frozen
public struct _WholeNumbers: _LoopElements {
  @usableFromInline var place: Int
  @usableFromInline let start: Int
  @usableFromInline let end: Int

  /// - Parameter end: not below `start`.
  @inlinable
  @inline(__always)
  public init(from start: Int, to end: Int) { (place, self.start, self.end) = (start, start, end) }

  @inlinable
  @inline(__always)
  public mutating func next() -> Int? {
    let place = self.place
    if place == end { return nil }
    precondition(start <= place && place < end)
    self.place = place + 1
    return place
  }
}

/// The numbers from one through another, which may be the largest that there is.
@frozen
public struct _NumbersThrough<Bound: FixedWidthInteger>: _LoopElements {
  @usableFromInline var place: Bound
  @usableFromInline let start: Bound
  @usableFromInline let last: Bound
  @usableFromInline var isDone = false

  /// - Parameter last: not below `start`.
  @inlinable
  @inline(__always)
  public init(from start: Bound, through last: Bound) { (place, self.start, self.last) = (start, start, last) }

  @inlinable
  @inline(__always)
  public mutating func next() -> Bound? {
    if isDone { return nil }
    let place = self.place
    precondition(start <= place && place <= last)
    if place == last { isDone = true } else { self.place = place + 1 }
    return place
  }
}

/// The same for what nearly all ranges are made of.
@frozen
public struct _WholeNumbersThrough: _LoopElements {
  @usableFromInline var place: Int
  @usableFromInline let start: Int
  @usableFromInline let last: Int
  @usableFromInline var isDone = false

  /// - Parameter last: not below `start`.
  @inlinable
  @inline(__always)
  public init(from start: Int, through last: Int) { (place, self.start, self.last) = (start, start, last) }

  @inlinable
  @inline(__always)
  public mutating func next() -> Int? {
    if isDone { return nil }
    let place = self.place
    precondition(start <= place && place <= last)
    if place == last { isDone = true } else { self.place = place + 1 }
    return place
  }
}
