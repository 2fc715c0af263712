// The loops over ranges of `Int`. To the type checker the elements are those of any collection: where these are called, they
// are `Int`, and the cast does nothing.

@inlinable
public func _martletMap<Element, T, E>(
  _ low: Int, _ count: Int, _ transform: (Element) throws(E) -> T
) throws(E) -> [T] where E: Error {
  if count == 0 { return [] }
  let (result, address) = [T]._allocateUninitialized(count)
  var i = 0
  do throws(E) {
    while i < count {
      (address + i).initialize(to: try transform(unsafeBitCast(low &+ i, to: Element.self)))
      i &+= 1
    }
  } catch {
    // What has not been made is not to be destroyed.
    result._buffer.mutableCount = i
    throw error
  }
  return result
}

@inlinable
public func _martletFilter<Element>(
  _ low: Int, _ count: Int, _ isIncluded: (Element) throws -> Bool
) rethrows -> [Element] {
  var result: [Element] = []
  var i = 0
  while i < count {
    let element = unsafeBitCast(low &+ i, to: Element.self)
    if try isIncluded(element) { result.append(element) }
    i &+= 1
  }
  return result
}

@inlinable
public func _martletReduce<Element, Result>(
  _ low: Int, _ count: Int, _ initialResult: Result, _ next: (Result, Element) throws -> Result
) rethrows -> Result {
  var result = initialResult
  var i = 0
  while i < count {
    result = try next(result, unsafeBitCast(low &+ i, to: Element.self))
    i &+= 1
  }
  return result
}

@inlinable
public func _martletFlatMap<Element, Part: Sequence>(
  _ low: Int, _ count: Int, _ transform: (Element) throws -> Part
) rethrows -> [Part.Element] {
  var result: [Part.Element] = []
  var i = 0
  while i < count {
    _martletAdd(try transform(unsafeBitCast(low &+ i, to: Element.self)), to: &result)
    i &+= 1
  }
  return result
}
