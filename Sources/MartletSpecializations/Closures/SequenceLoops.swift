// The loops over sequences of any other kind: by their iterators, into arrays that grow by code that is compiled here.

@inlinable
public func _martletMap<Source: Sequence, T, E>(
  sequence source: Source, _ transform: (Source.Element) throws(E) -> T
) throws(E) -> [T] where E: Error {
  var result: [T] = []
  _martletReserve(source.underestimatedCount, in: &result)
  var elements = source.makeIterator()
  while let element = elements.next() { result.append(try transform(element)) }
  return result
}

/// Of what needs no conformance of an array.
@inlinable
public func _martletMap<Source: _LoopElements, T, E>(
  _ source: Source, _ transform: (Source.Element) throws(E) -> T
) throws(E) -> [T] where E: Error {
  var (elements, result) = (source, [T]())
  while let element = elements.next() { result.append(try transform(element)) }
  return result
}

@inlinable
public func _martletFilter<Source: Sequence>(
  sequence source: Source, _ isIncluded: (Source.Element) throws -> Bool
) rethrows -> [Source.Element] {
  var result: [Source.Element] = []
  var elements = source.makeIterator()
  while let element = elements.next() {
    if try isIncluded(element) { result.append(element) }
  }
  return result
}

@inlinable
public func _martletCompactMap<Source: Sequence, T>(
  sequence source: Source, _ transform: (Source.Element) throws -> T?
) rethrows -> [T] {
  var result: [T] = []
  var elements = source.makeIterator()
  while let element = elements.next() {
    if let made = try transform(element) { result.append(made) }
  }
  return result
}

@inlinable
public func _martletFlatMap<Source: Sequence, Part: Sequence>(
  sequence source: Source, _ transform: (Source.Element) throws -> Part
) rethrows -> [Part.Element] {
  var result: [Part.Element] = []
  var elements = source.makeIterator()
  while let element = elements.next() { _martletAdd(try transform(element), to: &result) }
  return result
}

/// Adds the elements of a sequence at the end.
@_transparent
public func _martletAdd<Part: Sequence>(_ part: Part, to result: inout [Part.Element]) {
  if let array = part as? [Part.Element] {
    _martletAppend(array, to: &result)
  } else {
    var elements = part.makeIterator()
    while let element = elements.next() { result.append(element) }
  }
}

/// Makes room for as many elements in all.
@inline(never)
@_semantics("optimize.no.crossmodule")
@_semantics("optimize.sil.specialize.generic.never")
public func _martletReserve<Element>(_ count: Int, in array: inout [Element]) { array.reserveCapacity(count) }
