// Loops over arrays that look for one element. They read in place, as those of `ArrayLoops.swift` do.

@inlinable
public func _martletFirst<Element>(_ array: [Element]) -> Element? {
  array._buffer.immutableCount == 0 ? nil : array._buffer.getElement(0)
}

@inlinable
public func _martletLast<Element>(_ array: [Element]) -> Element? {
  let count = array._buffer.immutableCount
  return count == 0 ? nil : array._buffer.getElement(count &- 1)
}

@inlinable
public func _martletPlace<Element: Equatable>(of element: Element, in array: [Element]) -> Int? {
  defer { _fixLifetime(array) }
  let (count, elements) = (array._buffer.immutableCount, array._buffer.firstElementAddress)
  var place = 0
  while place < count {
    if elements[place] == element { return place }
    place &+= 1
  }
  return nil
}

/// The element that comes before all others.
@inlinable
public func _martletFirstOrdered<Element>(
  _ array: [Element], before areInIncreasingOrder: (Element, Element) throws -> Bool
) rethrows -> Element? {
  defer { _fixLifetime(array) }
  let (count, elements) = (array._buffer.immutableCount, array._buffer.firstElementAddress)
  if count == 0 { return nil }
  var result = elements[0]
  var place = 1
  while place < count {
    let element = elements[place]
    if try areInIncreasingOrder(element, result) { result = element }
    place &+= 1
  }
  return result
}

/// The element before which all others come.
@inlinable
public func _martletLastOrdered<Element>(
  _ array: [Element], before areInIncreasingOrder: (Element, Element) throws -> Bool
) rethrows -> Element? {
  defer { _fixLifetime(array) }
  let (count, elements) = (array._buffer.immutableCount, array._buffer.firstElementAddress)
  if count == 0 { return nil }
  var result = elements[0]
  var place = 1
  while place < count {
    let element = elements[place]
    if try areInIncreasingOrder(result, element) { result = element }
    place &+= 1
  }
  return result
}
