// The elements of arrays, for loops. An array that a loop holds does not change, so its count is asked once.

@frozen
public struct _ArrayElements<Element>: _LoopElements {
  @usableFromInline let array: [Element]
  @usableFromInline let count: Int
  @usableFromInline var place = 0

  @inlinable
  @inline(__always)
  init(_ array: [Element]) { (self.array, count) = (array, array._buffer.immutableCount) }

  @inlinable
  @inline(__always)
  public mutating func next() -> Element? {
    let place = self.place
    if place == count { return nil }
    self.place = place &+ 1
    return array._buffer.getElement(place)
  }
}

/// The elements with their places.
@frozen
public struct _NumberedElements<Value>: _LoopElements {
  @usableFromInline let array: [Value]
  @usableFromInline let count: Int
  @usableFromInline var place = 0

  @inlinable
  @inline(__always)
  init(_ array: [Value]) { (self.array, count) = (array, array._buffer.immutableCount) }

  @inlinable
  @inline(__always)
  public mutating func next() -> (offset: Int, element: Value)? {
    let place = self.place
    if place == count { return nil }
    self.place = place &+ 1
    return (place, array._buffer.getElement(place))
  }
}

/// The elements of two arrays, as far as both have some.
@frozen
public struct _PairedElements<First, Second>: _LoopElements {
  @usableFromInline let first: [First]
  @usableFromInline let second: [Second]
  @usableFromInline let count: Int
  @usableFromInline var place = 0

  @inlinable
  @inline(__always)
  init(_ first: [First], _ second: [Second]) {
    (self.first, self.second) = (first, second)
    let (one, other) = (first._buffer.immutableCount, second._buffer.immutableCount)
    count = one < other ? one : other
  }

  @inlinable
  @inline(__always)
  public mutating func next() -> (First, Second)? {
    let place = self.place
    if place == count { return nil }
    self.place = place &+ 1
    return (first._buffer.getElement(place), second._buffer.getElement(place))
  }
}
